package io.bulwark.netting.formula;

import java.math.BigInteger;

/**
 * An exact sum of products, divided once at the end. The only place of this room that rounds, and it says which way.
 *
 * <p>A sum that leaves its width, or a quotient that leaves 64 bits, is an {@link ArithmeticException}: never a wrong integer.
 */
public sealed interface WeightedSum {
    /** Adds weight·value. */
    WeightedSum add(long weight, long value);

    /** The sum divided by a positive divisor, rounded up: toward +∞ also for negative sums. */
    long ceilDiv(long divisor);

    /** The sum divided by a positive divisor, rounded down: toward −∞ also for negative sums. */
    long floorDiv(long divisor);

    /** 64 bits. */
    final class Int64 implements WeightedSum {
        private long sum;

        @Override
        public WeightedSum add(long weight, long value) {
            sum = Math.addExact(sum, Math.multiplyExact(weight, value));
            return this;
        }

        @Override
        public long ceilDiv(long divisor) {
            return Math.ceilDiv(sum, divisor);
        }

        @Override
        public long floorDiv(long divisor) {
            return Math.floorDiv(sum, divisor);
        }
    }

    /** 128 bits in two's complement, high word signed. A million products of two int64 below 2⁶² cannot leave it. */
    final class Int128 implements WeightedSum {
        private static final BigInteger WORD = BigInteger.ONE.shiftLeft(Long.SIZE);

        private long high;
        private long low;

        @Override
        public WeightedSum add(long weight, long value) {
            long productLow = weight * value;
            long sum = low + productLow;
            long carry = Long.compareUnsigned(sum, productLow) < 0 ? 1 : 0;
            high = Math.addExact(high, Math.multiplyHigh(weight, value) + carry);
            low = sum;
            return this;
        }

        @Override
        public long ceilDiv(long divisor) {
            BigInteger[] parts = value().divideAndRemainder(BigInteger.valueOf(divisor));
            return (parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0]).longValueExact();
        }

        @Override
        public long floorDiv(long divisor) {
            BigInteger[] parts = value().divideAndRemainder(BigInteger.valueOf(divisor));
            return (parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]).longValueExact();
        }

        private BigInteger value() {
            BigInteger lowWord = BigInteger.valueOf(low);
            return BigInteger.valueOf(high).multiply(WORD).add(low < 0 ? lowWord.add(WORD) : lowWord);
        }
    }
}
