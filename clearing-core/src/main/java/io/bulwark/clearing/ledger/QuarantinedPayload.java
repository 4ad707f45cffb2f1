package io.bulwark.clearing.ledger;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;

/**
 * A payload that was refused.
 *
 * @param sequence its place in the quarantine, dense from 1
 * @param origin for people: {@code venue/address} of a snapshot, or whence it came
 * @param document its bytes, by digest
 * @param refusal why
 * @param receivedMillis when we received it, UTC epoch milliseconds; provenance, decides nothing
 */
public record QuarantinedPayload(long sequence, String origin, Digest document, Refusal refusal, long receivedMillis) {}
