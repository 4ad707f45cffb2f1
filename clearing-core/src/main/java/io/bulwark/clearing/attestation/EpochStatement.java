package io.bulwark.clearing.attestation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;

/**
 * What a quorum member signs of an epoch.
 *
 * @param house the house
 * @param number the epoch's number
 * @param digest the epoch digest
 * @param timeMillis the epoch's time, UTC epoch milliseconds: by it anybody can tell an old epoch that is shown as the newest
 */
public record EpochStatement(Digest house, long number, Digest digest, long timeMillis) implements QuorumStatement {
    /** The statement on a sealed epoch. */
    public static EpochStatement of(SealedEpoch sealed, long timeMillis) {
        return new EpochStatement(sealed.epoch().house(), sealed.epoch().number(), sealed.digest(), timeMillis);
    }

    /** ["bulwark-attestation", 2, house, number, digest, time]; its bytes are signed. */
    @Override
    public CanonicalValue canonical() {
        return array(
                text("bulwark-attestation"),
                integer(2),
                bytes(house),
                integer(number),
                bytes(digest),
                integer(timeMillis));
    }

    /** Another digest or time for the same number. */
    @Override
    public boolean contradicts(QuorumStatement other) {
        return other instanceof EpochStatement that
                && house.equals(that.house)
                && number == that.number
                && !equals(that);
    }
}
