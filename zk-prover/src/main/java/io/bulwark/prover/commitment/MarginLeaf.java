package io.bulwark.prover.commitment;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.util.stream.Stream;

/**
 * What an epoch seals of an account's margin: one leaf of the margin tree, at the account's number. All amounts in u = 10⁻⁴ USD; an account
 * without a margin has 0 in each of them.
 *
 * @param number the account's number
 * @param member permanent number of the member behind it
 * @param initialMargin IM ≥ 0 of the account as booked
 * @param maintenanceMargin MM ≥ 0
 * @param equity E, signed
 * @param buffer contagion buffer ≥ 0, rounded up; 0 where the house publishes none
 * @param salt {@link #salt}
 */
public record MarginLeaf(
        long number,
        long member,
        long initialMargin,
        long maintenanceMargin,
        long equity,
        long buffer,
        FieldElement salt) {
    /** Refuses what no account has. */
    public MarginLeaf {
        if (Stream.of(number, member, initialMargin, maintenanceMargin, buffer).anyMatch(part -> part < 0)) {
            throw new IllegalArgumentException(
                    "margin of account " + number + " must have no negative number but its equity");
        }
    }

    /** The leaf of an account that has no margin in an epoch. */
    public static MarginLeaf without(long number, long member, FieldElement salt) {
        return new MarginLeaf(number, member, 0, 0, 0, 0, salt);
    }

    /**
     * The salt of an account's margin leaf: first 31 bytes of SHA-256 ["bulwark-margin-salt", house, epoch, salt of the account's leaf]. Its owner
     * computes it; whoever is shown it learns nothing of the account's leaf.
     */
    public static FieldElement salt(FieldElement house, long epoch, FieldElement leafSalt) {
        return Truncation.of(CanonicalValue.array(
                        CanonicalValue.text("bulwark-margin-salt"),
                        CanonicalValue.bytes(house.bytes()),
                        CanonicalValue.integer(epoch),
                        CanonicalValue.bytes(leafSalt.bytes()))
                .sha256());
    }

    /** H_8(28; number, member, IM, MM, E, Buffer, salt). */
    public FieldElement hash(ProverLibrary library) {
        return HashDomain.MARGIN.hash(
                library,
                FieldElement.of(number),
                FieldElement.of(member),
                FieldElement.of(initialMargin),
                FieldElement.of(maintenanceMargin),
                FieldElement.of(equity),
                FieldElement.of(buffer),
                salt);
    }

    /** [member, IM, MM, E, Buffer]: what an owner's bundle and the library take; number and salt follow from the account's leaf. */
    public CanonicalValue encoded() {
        return CanonicalValue.array(
                CanonicalValue.integer(member),
                CanonicalValue.integer(initialMargin),
                CanonicalValue.integer(maintenanceMargin),
                CanonicalValue.integer(equity),
                CanonicalValue.integer(buffer));
    }

    /**
     * Reads the fields that {@link #encoded} writes, and closes them.
     *
     * @param number the account's
     * @param salt of the leaf
     */
    public static MarginLeaf of(long number, FieldElement salt, CanonicalFields fields) {
        MarginLeaf leaf = new MarginLeaf(
                number,
                fields.integer("member", 0, Integer.MAX_VALUE),
                fields.integer("initialMargin", 0, Long.MAX_VALUE),
                fields.integer("maintenanceMargin", 0, Long.MAX_VALUE),
                fields.integer("equity"),
                fields.integer("buffer", 0, Long.MAX_VALUE),
                salt);
        fields.end();
        return leaf;
    }

    /** The number alone: margin and equity are nobody else's business. */
    @Override
    public String toString() {
        return "MarginLeaf[number=" + number + "]";
    }
}
