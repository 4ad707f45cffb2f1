package io.bulwark.adapter;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;

/**
 * The doorbell: an account may have changed.
 *
 * @param account whose
 * @param horizon the horizon at which to look
 */
public record VenueChange(VenueAccount account, Horizon horizon) {}
