package io.bulwark.clearing.register;

import io.bulwark.clearing.document.Digest;

/**
 * A proof of the fund as the ledger keeps it: its file form and the verifying key are the documents of their digests.
 *
 * @param digest SHA-256 of the file form
 * @param epoch number of the epoch that it speaks of
 * @param verifyingKey SHA-256 of the verifying key
 */
public record FundProofRecord(Digest digest, long epoch, Digest verifyingKey) {}
