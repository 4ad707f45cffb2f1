package io.bulwark.clearing.attestation;

import static io.bulwark.clearing.epoch.CanonicalValue.array;
import static io.bulwark.clearing.epoch.CanonicalValue.bytes;
import static io.bulwark.clearing.epoch.CanonicalValue.integer;
import static io.bulwark.clearing.epoch.CanonicalValue.text;

import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;

/**
 * What a quorum member signs of an epoch.
 *
 * @param house the house
 * @param number the epoch's number
 * @param digest the epoch digest
 */
public record EpochStatement(Digest house, long number, Digest digest) implements QuorumStatement {
    /** The statement on a sealed epoch. */
    public static EpochStatement of(SealedEpoch sealed) {
        return new EpochStatement(sealed.epoch().house(), sealed.epoch().number(), sealed.digest());
    }

    /** ["bulwark-attestation", 1, house, number, digest]; its bytes are signed. */
    @Override
    public CanonicalValue canonical() {
        return array(text("bulwark-attestation"), integer(1), bytes(house), integer(number), bytes(digest));
    }
}
