package io.bulwark.insurance.vault;

import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a member must have in the fund, and why. All amounts in u = 10⁻⁴ USD.
 *
 * @param member its name
 * @param previous what stands now
 * @param share its part of what the fund must hold, by what it asks where each layer is sized; the shares of all members add up to that
 * @param marginal by how much less the fund would have to hold without the member
 * @param shapley the same as a mean over all orders in which members could have joined; empty where they are too many for all orders
 * @param target its share once nobody pays less than the governed minimum: the targets of all members add up to the larger of what the fund must hold and all minimums
 * @param required the larger of the target and of what the review keeps of the previous one
 */
public record Contribution(
        String member, long previous, long share, long marginal, Optional<Long> shapley, long target, long required) {
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
