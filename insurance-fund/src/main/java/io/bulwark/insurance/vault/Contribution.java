package io.bulwark.insurance.vault;

import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;

/**
 * What a member must have in the fund, and why. All amounts in u = 10⁻⁴ USD.
 *
 * @param member its name
 * @param previous what stands now
 * @param share its part of the need, pro rata to its loss beyond margin in the worst row, rounded up
 * @param marginal by how much the need would fall without the member
 * @param required the largest of its share, the governed minimum and what the review keeps of the previous one
 */
public record Contribution(String member, long previous, long share, long marginal, long required) {
    /**
     * What a review asks for: the target at once where it rises, and where it falls no less than a share of what stands. All in u.
     *
     * @param target ≥ 0
     * @param previous ≥ 0
     * @param keptPpm share of the previous contribution that stays at least, ppm, rounded up
     */
    public static long required(long target, long previous, long keptPpm) {
        if (target < 0 || previous < 0 || keptPpm < 0 || keptPpm > Rounding.PPM) {
            throw new IllegalArgumentException(
                    "target and previous must be >= 0 and the kept share within 0 … 10^6 ppm; have " + target + ", "
                            + previous + ", " + keptPpm);
        }
        BigInteger kept = Rounding.cdiv(
                BigInteger.valueOf(previous).multiply(BigInteger.valueOf(keptPpm)), BigInteger.valueOf(Rounding.PPM));
        return Math.max(target, Rounding.exactLong(kept));
    }

    /** What the member pays in now; negative is paid back. */
    public long change() {
        return Math.subtractExact(required, previous);
    }
}
