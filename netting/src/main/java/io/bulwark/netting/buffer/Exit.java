package io.bulwark.netting.buffer;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.PpmSum;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import java.math.BigInteger;

/**
 * What leaving one side of a group costs: the exit quantity and three rates. The first is paid on everything, the others only beyond once and twice the quantity.
 *
 * @param quantityMicro Q, micro-USD: whatever leaves up to it after the crowd is paid for by the first rate
 * @param linearPpm s₀
 * @param beyondPpm s₁ ≥ s₀, beyond Q
 * @param farPpm s₂ ≥ s₁, beyond 2Q
 */
public record Exit(long quantityMicro, int linearPpm, int beyondPpm, int farPpm) {
    private static final BigInteger SCALE = BigInteger.valueOf(2_000_000_000_000L);
    private static final long THIRD = 3L * Ppm.ONE;
    private static final long WHOLE = Ppm.ONE;
    private static final int FAR = 4;

    /**
     * The rates of a side: chords of y·D(y)/2 at Q, 2Q and 4Q with D(y) = I(F̂ + y) − I(F̂), the own-size part cut to ω over the linear rate.
     *
     * @param sideMicro Λ: everything that is long, or short, of the group, micro-USD
     * @param crowdMicro F̂: the largest forced flow of the side over the scenarios, micro-USD
     */
    static Exit of(LiquidityGroup group, ContagionRules rules, long sideMicro, long crowdMicro) {
        long quantity = Math.max(group.minimumExitMicro(), Ppm.shareUp(sideMicro, rules.exitSharePpm()));
        BigInteger once = difference(group, crowdMicro, quantity);
        BigInteger twice = difference(group, crowdMicro, 2 * quantity);
        BigInteger far = difference(group, crowdMicro, FAR * quantity);
        long cap = group.capPpm();
        long linear = Math.min(cap, half(once, cap));
        long limit = rules.ownSizeLimitPpm() * linear;
        long beyond = Math.min(half(twice.add(twice).subtract(once), cap), linear + limit / THIRD);
        long last = Math.min(half(far.add(far).subtract(twice), cap), linear + limit / WHOLE);
        return new Exit(quantity, (int) linear, (int) Math.min(cap, beyond), (int) Math.min(cap, last));
    }

    private static BigInteger difference(LiquidityGroup group, long crowd, long more) {
        ImpactLadder ladder = group.ladder();
        return ladder.impact(Math.addExact(crowd, more)).subtract(ladder.impact(crowd));
    }

    /** ⌈value / 2·10¹²⌉, at most a little above the cap. */
    private static long half(BigInteger value, long cap) {
        BigInteger rate = value.add(SCALE).subtract(BigInteger.ONE).divide(SCALE);
        return rate.min(BigInteger.valueOf(cap)).longValueExact();
    }

    /** Adds s₀·x + (s₁ − s₀)(x − Q)⁺ + (s₂ − s₁)(x − 2Q)⁺, not yet divided by 10⁶. */
    void addCharge(long holdingMicro, PpmSum sum) {
        sum.add(holdingMicro, linearPpm);
        addOwnSize(holdingMicro, sum);
    }

    /** Adds the part of it that depends on the account's own size. */
    void addOwnSize(long holdingMicro, PpmSum sum) {
        sum.add(Math.max(0, holdingMicro - quantityMicro), (long) beyondPpm - linearPpm);
        sum.add(Math.max(0, holdingMicro - 2 * quantityMicro), (long) farPpm - beyondPpm);
    }
}
