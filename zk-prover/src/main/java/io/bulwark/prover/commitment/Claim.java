package io.bulwark.prover.commitment;

import io.bulwark.prover.binding.FieldElement;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/**
 * What a proof of one account says, as the one integer kind + 2^8·candidate + 2^15·standing + 2^16·m + 2^80·name. A verifier compares the
 * whole integer with the one it expects.
 *
 * <p>An unnamed claim with m = 0 says nothing about size: "some account of mine has enough".
 *
 * @param kind what is said
 * @param candidate of which candidate lots
 * @param m excess or margin in u = 10⁻⁴ USD, 0 ≤ m &lt; 2^63
 * @param account number of the account that is named, 0 ≤ number &lt; 2^32; empty for "some account of mine"
 * @param standing whether the nullifier is the same in every epoch, so that its verifier counts the account once for good, and can follow it
 *     through time; else it counts once an epoch
 */
public record Claim(Kind kind, Candidate candidate, long m, OptionalLong account, boolean standing) {
    private static final int CANDIDATE_SHIFT = 8;
    private static final int STANDING_SHIFT = 15;
    private static final int M_SHIFT = 16;
    private static final int NAME_SHIFT = 80;
    private static final long NUMBER_MAX = (1L << 32) - 1;

    /** What is said of equity E, initial margin IM and maintenance margin MM. */
    public enum Kind {
        /** E − IM ≥ m. */
        EXCESS_OVER_INITIAL(1),
        /** E − MM ≥ m. */
        EXCESS_OVER_MAINTENANCE(2),
        /** IM = m, whatever the level. */
        INITIAL_MARGIN(3),
        /** E &lt; MM with activity in every candidate; proved by the house of a named account. */
        BELOW_MAINTENANCE(4),
        /** E − IM − Buffer ≥ m. */
        EXCESS_OVER_BUFFER(5),
        /** The sealed leaf of the margin tree holds the formula's IM, MM, E and Buffer; proved by the house of a named account, for everybody. */
        MARGIN_IS_SEALED(6);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /** The number inside the claim. */
        public int number() {
            return number;
        }

        /** Whether it is the house's to prove, which has no owner's secret. */
        public boolean byHouseAlone() {
            return this == BELOW_MAINTENANCE || this == MARGIN_IS_SEALED;
        }
    }

    /** Which lots count. */
    public enum Candidate {
        /** The account as booked. */
        GIVEN(0),
        /** Every paid-up long taken out. */
        ALL_PAID(1),
        /** The paid list returned to the positions. */
        RETURNED(2);

        private final int number;

        Candidate(int number) {
            this.number = number;
        }

        /** The number inside the claim. */
        public int number() {
            return number;
        }
    }

    /** Refuses what no circuit could satisfy. */
    public Claim {
        require(m >= 0, "m must be in [0, 2^63); have " + m);
        require(
                account.isEmpty() || (account.getAsLong() >= 0 && account.getAsLong() <= NUMBER_MAX),
                "account must be in [0, 2^32)");
        boolean asBooked = kind == Kind.INITIAL_MARGIN || kind.byHouseAlone();
        require(
                !asBooked || candidate == Candidate.GIVEN,
                "candidate must be GIVEN for " + kind + "; have " + candidate);
        require(
                !kind.byHouseAlone() || (m == 0 && account.isPresent() && !standing),
                "m must be 0, its account named and its nullifier 0 for " + kind);
    }

    /** A claim whose account counts once an epoch. */
    public Claim(Kind kind, Candidate candidate, long m, OptionalLong account) {
        this(kind, candidate, m, account, false);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("claim's " + rule);
        }
    }

    /** E − IM ≥ m of some account of the prover, as booked. */
    public static Claim excessOverInitial(long m) {
        return new Claim(Kind.EXCESS_OVER_INITIAL, Candidate.GIVEN, m, OptionalLong.empty());
    }

    /** IM = m of some account of the prover. */
    public static Claim initialMargin(long m) {
        return new Claim(Kind.INITIAL_MARGIN, Candidate.GIVEN, m, OptionalLong.empty());
    }

    /** That an account's sealed margin is the formula's. */
    public static Claim marginIsSealed(long number) {
        return new Claim(Kind.MARGIN_IS_SEALED, Candidate.GIVEN, 0, OptionalLong.of(number));
    }

    /** The same claim, of the account that it names. */
    public Claim naming(long number) {
        return new Claim(kind, candidate, m, OptionalLong.of(number), standing);
    }

    /** The same claim, with a nullifier that is the same in every epoch. */
    public Claim thatStands() {
        return new Claim(kind, candidate, m, account, true);
    }

    /** The public input. */
    public FieldElement value() {
        BigInteger name = BigInteger.valueOf(account.isPresent() ? account.getAsLong() + 1 : 0);
        return FieldElement.of(name.shiftLeft(NAME_SHIFT)
                .add(BigInteger.valueOf(m).shiftLeft(M_SHIFT))
                .add(BigInteger.valueOf(standing ? 1 : 0).shiftLeft(STANDING_SHIFT))
                .add(BigInteger.valueOf(candidate.number).shiftLeft(CANDIDATE_SHIFT))
                .add(BigInteger.valueOf(kind.number)));
    }

    /**
     * Reads the public input.
     *
     * @throws IllegalArgumentException if it is not the integer of a claim
     */
    public static Claim of(FieldElement value) {
        BigInteger integer = value.value();
        Kind kind = numbered(Kind.values(), k -> k.number, field(integer, 0, CANDIDATE_SHIFT), "kind");
        Candidate candidate = numbered(
                Candidate.values(), c -> c.number, field(integer, CANDIDATE_SHIFT, STANDING_SHIFT), "candidate");
        BigInteger m = field(integer, M_SHIFT, NAME_SHIFT);
        require(m.bitLength() < Long.SIZE, "m must be in [0, 2^63)");
        BigInteger name = integer.shiftRight(NAME_SHIFT);
        require(name.compareTo(BigInteger.valueOf(NUMBER_MAX + 1)) <= 0, "name must be at most 2^32");
        OptionalLong account = name.signum() == 0 ? OptionalLong.empty() : OptionalLong.of(name.longValueExact() - 1);
        return new Claim(kind, candidate, m.longValueExact(), account, integer.testBit(STANDING_SHIFT));
    }

    private static BigInteger field(BigInteger integer, int from, int to) {
        return integer.shiftRight(from).and(BigInteger.ONE.shiftLeft(to - from).subtract(BigInteger.ONE));
    }

    private static <E> E numbered(E[] values, ToIntFunction<E> number, BigInteger wanted, String field) {
        return Arrays.stream(values)
                .filter(value -> BigInteger.valueOf(number.applyAsInt(value)).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("claim's " + field + " must be known; have " + wanted));
    }
}
