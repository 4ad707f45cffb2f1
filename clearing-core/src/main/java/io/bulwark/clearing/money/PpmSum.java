package io.bulwark.clearing.money;

/**
 * Σ amount·rate, exact, divided by 10⁶ once at the end. An amount is taken as 10⁶h + l, so that h·rate and l·rate fit 64 bits each; a sum that leaves 64 bits is an {@link
 * ArithmeticException}, never a wrong integer.
 */
public final class PpmSum {
    private long whole;
    private long rest;

    /** Adds amount·rate; both may be negative. */
    public void add(long amount, long rate) {
        whole = Math.addExact(whole, Math.multiplyExact(Math.floorDiv(amount, (long) Ppm.ONE), rate));
        rest = Math.addExact(rest, Math.floorMod(amount, (long) Ppm.ONE) * rate);
    }

    /** The sum over 10⁶, toward +∞. */
    public long up() {
        return Math.addExact(whole, Math.ceilDiv(rest, (long) Ppm.ONE));
    }

    /** The sum over 10⁶, toward −∞. */
    public long down() {
        return Math.addExact(whole, Math.floorDiv(rest, (long) Ppm.ONE));
    }
}
