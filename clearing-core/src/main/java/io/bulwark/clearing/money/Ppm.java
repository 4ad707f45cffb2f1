package io.bulwark.clearing.money;

/** Rates in parts per million, and products of money with them that never leave 64 bits on the way. */
public final class Ppm {
    /** The whole. */
    public static final int ONE = 1_000_000;

    private static final int STEP = 100;
    private static final int STEPS = 3;

    private Ppm() {}

    /** ⌈amount·rate / 10⁶⌉ for an amount ≥ 0 and a rate within 0 … 10⁶: with amount = 10⁶h + l it is h·rate + ⌈l·rate / 10⁶⌉. */
    public static long shareUp(long amount, long rate) {
        return amount / ONE * rate + Math.ceilDiv(amount % ONE * rate, (long) ONE);
    }

    /** ⌊amount·rate / 10⁶⌋ for an amount ≥ 0 and a rate within 0 … 10⁶. */
    public static long shareDown(long amount, long rate) {
        return amount / ONE * rate + amount % ONE * rate / ONE;
    }

    /** min(10⁶, ⌈10⁶·part / whole⌉) for a part ≥ 0 and a whole within 1 … 2⁵⁶: long division, two decimal digits at a time. */
    public static int ratioUp(long part, long whole) {
        if (part >= whole) {
            return ONE;
        }
        long rest = part;
        int ratio = 0;
        for (int step = 0; step < STEPS; step++) {
            rest *= STEP;
            ratio = ratio * STEP + (int) (rest / whole);
            rest %= whole;
        }
        return rest > 0 ? ratio + 1 : ratio;
    }
}
