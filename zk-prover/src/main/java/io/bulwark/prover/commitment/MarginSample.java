package io.bulwark.prover.commitment;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import java.math.BigInteger;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which accounts of an epoch a house proves the margins of, where it does not prove all: drawn by randomness that nobody knew before the epoch
 * was signed. One false leaf among N is found by a sample of k with chance k/N only.
 *
 * @param beacon the randomness: a public beacon's value later than the last signature, or a verifier's nonce
 * @param source what the beacon is and where to look it up
 * @param size how many are drawn, k
 */
public record MarginSample(Digest beacon, String source, int size) {
    /** Refuses an empty sample. */
    public MarginSample {
        if (size < 1) {
            throw new IllegalArgumentException("sample must hold at least 1 account; have " + size);
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("sample's source must say where its beacon can be looked up");
        }
    }

    /**
     * The places drawn among so many accounts by number: SHA-256 ["bulwark-margin-sample", house, epoch, epoch digest, beacon, source, i] mod
     * accounts for i = 0, 1, … until k different ones are drawn, or all.
     */
    public SortedSet<Integer> places(FieldElement house, long epoch, FieldElement epochDigest, int accounts) {
        SortedSet<Integer> drawn = new TreeSet<>();
        BigInteger all = BigInteger.valueOf(accounts);
        for (long i = 0; drawn.size() < Math.min(size, accounts); i++) {
            Digest hash = CanonicalValue.array(
                            CanonicalValue.text("bulwark-margin-sample"),
                            CanonicalValue.bytes(house.bytes()),
                            CanonicalValue.integer(epoch),
                            CanonicalValue.bytes(epochDigest.bytes()),
                            CanonicalValue.bytes(beacon),
                            CanonicalValue.text(source),
                            CanonicalValue.integer(i))
                    .sha256();
            drawn.add(new BigInteger(1, hash.bytes()).mod(all).intValueExact());
        }
        return drawn;
    }
}
