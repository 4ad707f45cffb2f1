package io.bulwark.clearing.attestation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;

/**
 * What a quorum vouches for when it seals requests: that the evaluated root is that of the epoch's table at the point that digest and request
 * root give. There may be as many of one epoch as are asked for.
 *
 * @param house the house
 * @param epoch the epoch's number
 * @param digest the epoch digest
 * @param requestRoot root of the tree of loss commitments
 * @param evaluatedRoot root of the table at the point
 */
public record RequestSealStatement(Digest house, long epoch, Digest digest, Digest requestRoot, Digest evaluatedRoot)
        implements QuorumStatement {
    /** ["bulwark-request-seal", 1, house, epoch, digest, request root, evaluated root]. */
    @Override
    public CanonicalValue canonical() {
        return array(
                text("bulwark-request-seal"),
                integer(1),
                bytes(house),
                integer(epoch),
                bytes(digest),
                bytes(requestRoot),
                bytes(evaluatedRoot));
    }

    /** Never: there may be many seals of one epoch. */
    @Override
    public boolean contradicts(QuorumStatement other) {
        return false;
    }
}
