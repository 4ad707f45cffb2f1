package io.bulwark.insurance.vault;

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
    /** What the member pays in now; negative is paid back. */
    public long change() {
        return Math.subtractExact(required, previous);
    }
}
