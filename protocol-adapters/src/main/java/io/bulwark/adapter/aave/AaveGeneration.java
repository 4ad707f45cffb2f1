package io.bulwark.adapter.aave;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The generations of the pool whose rounding and storage were read for what they are; a revision that is not here is refused.
 *
 * <p>What is alike: reserve word 0 is the configuration, 1 is rate ‖ supply index, 2 is rate ‖ debt index (128 bits each, index low), 3 holds the last update in bits 128 to 167, 4 to 6 are the supply, stable
 * debt and variable debt tokens; slot 0 of the pool is the revision that it was last initialised at.
 */
enum AaveGeneration {
    /** V3.0: rounds half up; a balance word is index ‖ scaled balance of 128 bits; what can be paid out is what the supply token holds. */
    V3_0(1, 128) {
        @Override
        BigInteger supply(BigInteger scaled, BigInteger income) {
            return AaveInterest.rayMul(scaled, income);
        }

        @Override
        BigInteger debt(BigInteger scaled, BigInteger index) {
            return AaveInterest.rayMul(scaled, index);
        }

        @Override
        BigInteger debtValue(BigInteger debt, BigInteger price, BigInteger unit) {
            return debt.multiply(price).divide(unit);
        }

        @Override
        BigInteger compounded(BigInteger index, BigInteger rate, long seconds) {
            return AaveInterest.compounded(index, rate, seconds);
        }
    },

    /**
     * V3.6: rounds against the account; a balance word is index ‖ delegation mode (8 bits) ‖ scaled balance of 120 bits; the low half of reserve word 3 is the
     * deficit, bad debt that nobody owes any more, and the high half of word 8 is what the pool counts as available.
     */
    V3_6(10, 120) {
        @Override
        BigInteger supply(BigInteger scaled, BigInteger income) {
            return Rounding.fdiv(scaled.multiply(income), AaveInterest.RAY);
        }

        @Override
        BigInteger debt(BigInteger scaled, BigInteger index) {
            return Rounding.cdiv(scaled.multiply(index), AaveInterest.RAY);
        }

        @Override
        BigInteger debtValue(BigInteger debt, BigInteger price, BigInteger unit) {
            return Rounding.cdiv(debt.multiply(price), unit);
        }

        @Override
        BigInteger compounded(BigInteger index, BigInteger rate, long seconds) {
            return AaveInterest.exponential(index, rate, seconds);
        }
    };

    private static final List<Integer> WORDS = List.of(0, 1, 2, 3, 4, 5, 6);
    private static final List<Integer> WORDS_WITH_AVAILABLE = List.of(0, 1, 2, 3, 4, 5, 6, 8);

    private final BigInteger revision;
    private final int balanceBits;

    AaveGeneration(int revision, int balanceBits) {
        this.revision = BigInteger.valueOf(revision);
        this.balanceBits = balanceBits;
    }

    /**
     * The generation of a pool.
     *
     * @throws PayloadRefused if its layout is not known
     */
    static AaveGeneration of(BigInteger revision) {
        return Arrays.stream(values())
                .filter(generation -> generation.revision.equals(revision))
                .findFirst()
                .orElseThrow(() -> new PayloadRefused(
                        AaveVenue.KIND,
                        "POOL_REVISION",
                        revision.toString(),
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(generation -> generation.revision.toString())
                                        .collect(Collectors.joining(", "))
                                + ": the layout of another is unknown"));
    }

    /** The revision by which the pool names it. */
    BigInteger revision() {
        return revision;
    }

    /** Whether the pool counts what is available and what is lost itself; before, a loss stays with the account that owes it. */
    boolean countsDeficit() {
        return this != V3_0;
    }

    /** Words of a reserve that are proved (the strategy, 7, is not needed). */
    List<Integer> reserveWords() {
        return countsDeficit() ? WORDS_WITH_AVAILABLE : WORDS;
    }

    /**
     * The scaled balance in a balance word.
     *
     * @throws PayloadRefused if it is beyond 2^120, which only another layout's word reads as
     */
    BigInteger balance(BigInteger word) {
        BigInteger balance = word.mod(BigInteger.TWO.pow(balanceBits));
        if (balance.bitLength() > V3_6.balanceBits) {
            throw new PayloadRefused(
                    AaveVenue.KIND, "balance word", balance.toString(), "must be below 2^120 in the layout of " + this);
        }
        return balance;
    }

    /** A supply in token units, as the pool rounds it. */
    abstract BigInteger supply(BigInteger scaled, BigInteger income);

    /** A variable debt in token units, as the pool rounds it. */
    abstract BigInteger debt(BigInteger scaled, BigInteger index);

    /** A debt in the oracle's unit, as the pool rounds it. */
    abstract BigInteger debtValue(BigInteger debt, BigInteger price, BigInteger unit);

    /** The debt index after so many seconds at a yearly rate. */
    abstract BigInteger compounded(BigInteger index, BigInteger rate, long seconds);
}
