package io.bulwark.clearing.register;

import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.SealedEpoch;

/**
 * An epoch as the ledger keeps it.
 *
 * @param sealed the epoch and its digest
 * @param inputs its sealed inputs; with the documents that they name, all that a replay needs
 */
public record EpochRecord(SealedEpoch sealed, EpochInputs inputs) {}
