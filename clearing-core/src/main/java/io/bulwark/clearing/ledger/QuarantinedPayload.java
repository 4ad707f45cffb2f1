package io.bulwark.clearing.ledger;

import io.bulwark.clearing.epoch.Digest;

/**
 * A payload that was refused.
 *
 * @param sequence its place in the quarantine, dense from 1
 * @param document its bytes, by digest
 * @param refusal why
 */
public record QuarantinedPayload(long sequence, Digest document, Refusal refusal) {}
