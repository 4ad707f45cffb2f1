package io.bulwark.insurance.monitor;

import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What a manager could do before or while a scenario happens.
 *
 * @param thresholdPpm the maintenance margin at which accounts are sold, ppm of today's, 500,000 … 2,000,000
 * @param batches in how many equal batches what is forced is traded, 1 … 100
 * @param displacementKeptPpm share of a batch's price displacement that is left when the next is traded, 0 … 10⁶
 * @param pausedVenue an account that spans it is not sold; it is still marked at the cascade's prices, and its loss stands
 * @param topUpPpm further margin that every account pays in first, ppm of its initial margin, 0 … 2,000,000
 */
public record Levers(
        int thresholdPpm, int batches, int displacementKeptPpm, Optional<String> pausedVenue, int topUpPpm) {
    /** The lowest threshold. */
    public static final int THRESHOLD_MIN = 500_000;

    /** The highest threshold. */
    public static final int THRESHOLD_MAX = 2_000_000;

    /** The most batches. */
    public static final int BATCHES_MAX = 100;

    /** The largest call. */
    public static final int TOP_UP_MAX = 2_000_000;

    private static final BigInteger PPM = BigInteger.valueOf(Rounding.PPM);

    /** Checks the ranges. */
    public Levers {
        require("thresholdPpm", thresholdPpm, THRESHOLD_MIN, THRESHOLD_MAX);
        require("batches", batches, 1, BATCHES_MAX);
        require("displacementKeptPpm", displacementKeptPpm, 0, (int) Rounding.PPM);
        require("topUpPpm", topUpPpm, 0, TOP_UP_MAX);
    }

    private static void require(String lever, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(lever + " must be " + least + " to " + most + "; have " + value);
        }
    }

    /** Nothing is done: today's threshold, one batch, no venue paused, no call. */
    public static Levers none() {
        return new Levers((int) Rounding.PPM, 1, 0, Optional.empty(), 0);
    }

    /** What an account pays in, u, rounded down. */
    long topUp(long initialMargin) {
        return share(initialMargin, topUpPpm, false);
    }

    /** The account as the cascade sees it. */
    ContagionAccount on(ContagionAccount account, long topUp) {
        return account.with(
                Math.addExact(account.equityMicro(), Math.multiplyExact(topUp, ShockedBook.MICRO_PER_U)),
                share(account.maintenanceMicro(), thresholdPpm, true),
                account.gainsMicro());
    }

    /**
     * The ladder of an asset when sales come in n batches. A batch moves the price by I(F/n), and κ of what stands is left when the next begins, so the last ends at
     * I(F/n)·(1 + κ + … + κⁿ⁻¹): steps begin at n times their flow and rise by that sum over n, rounded up.
     */
    LiquidityGroup on(LiquidityGroup group) {
        if (batches == 1) {
            return group;
        }
        BigInteger kept = BigInteger.ZERO;
        for (int batch = 0; batch < batches; batch++) {
            kept = kept.multiply(BigInteger.valueOf(displacementKeptPpm)).add(PPM.pow(batch + 1));
        }
        BigInteger whole = PPM.pow(batches).multiply(BigInteger.valueOf(batches));
        BigInteger rise = kept;
        return withLadder(
                group,
                new ImpactLadder(group.ladder().steps().stream()
                        .map(step -> new ImpactLadder.Step(
                                Math.multiplyExact(step.fromMicro(), batches),
                                Rounding.exactLong(Rounding.cdiv(
                                        BigInteger.valueOf(step.slope()).multiply(rise), whole))))
                        .toList()));
    }

    /** An asset whose price no flow moves. */
    static LiquidityGroup still(LiquidityGroup group) {
        return withLadder(group, new ImpactLadder(List.of()));
    }

    private static LiquidityGroup withLadder(LiquidityGroup group, ImpactLadder ladder) {
        return new LiquidityGroup(
                group.name(),
                ladder,
                group.capPpm(),
                group.minimumExitMicro(),
                group.hedgerGammaMicro(),
                group.cellsPpm());
    }

    private static long share(long amount, int ppm, boolean up) {
        BigInteger product = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(ppm));
        return Rounding.exactLong(up ? Rounding.cdiv(product, PPM) : Rounding.fdiv(product, PPM));
    }
}
