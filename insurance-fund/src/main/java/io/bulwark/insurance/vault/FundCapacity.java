package io.bulwark.insurance.vault;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.CapacityClock.Exit;
import io.bulwark.insurance.vault.CapacityClock.Tranche;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What a house's fund can really pay in one scenario, and for how long.
 *
 * <p>A contribution pays first for its own member: of those who fail nothing beyond their own loss is of use to others, so the rest of it is wrong-way in that scenario. What stands above a member's
 * target leaves with the reviews, a step each. All amounts in u = 10⁻⁴ USD.
 *
 * @param need what the two who lose most lose beyond margin
 * @param tranches contributions by member and the house's own capital
 * @param queue what is known to leave: releases of the coming reviews, of all members together
 * @param now the clock over that queue
 * @param run the same if a share of every contribution of the others asks to leave at once
 */
public record FundCapacity(long need, List<Tranche> tranches, List<Exit> queue, CapacityClock now, CapacityClock run) {
    /** With fewer units left to release a review is not listed, and no more reviews than this are. */
    private static final int REVIEWS_MAX = 30;

    /** Copies the lists. */
    public FundCapacity {
        tranches = List.copyOf(tranches);
        queue = List.copyOf(queue);
    }

    /**
     * The capacity in a scenario.
     *
     * @param row whose first two members fail
     * @param contributions what the next review asks, over what stands
     * @param houseCapital in the fund
     * @param runPpm share of the contributions of the others that asks to leave at once
     */
    public static FundCapacity of(
            StressRow row, List<Contribution> contributions, long houseCapital, long runPpm, ParameterSet parameters) {
        List<Tranche> tranches = new ArrayList<>();
        contributions.forEach(c -> tranches.add(new Tranche(c.member(), c.previous(), wrongWay(c, row))));
        tranches.add(new Tranche("the house's own capital", houseCapital, 0));
        List<Exit> queue = releases(contributions, row, parameters);
        List<Exit> asked = contributions.stream()
                .filter(c -> !fails(c, row))
                .map(c -> new Exit(share(c.previous(), runPpm), parameters.value(VaultParameters.EXIT_COOLDOWN)))
                .toList();
        return new FundCapacity(
                row.need(),
                tranches,
                queue,
                CapacityClock.of(tranches, queue, 0, 0, row.need()),
                CapacityClock.of(tranches, asked, 0, 0, row.need()));
    }

    private static boolean fails(Contribution contribution, StressRow row) {
        return row.pair().stream().anyMatch(m -> m.member().equals(contribution.member()));
    }

    private static long wrongWay(Contribution contribution, StressRow row) {
        return row.pair().stream()
                .filter(m -> m.member().equals(contribution.member()))
                .mapToLong(MemberLoss::beyondMargin)
                .map(loss -> Math.max(0, contribution.previous() - loss))
                .findFirst()
                .orElse(0);
    }

    /** Of each review what all members who do not fail are paid back, until everybody is at the target. */
    private static List<Exit> releases(List<Contribution> contributions, StressRow row, ParameterSet parameters) {
        long kept = parameters.value(VaultParameters.KEPT_SHARE);
        long hours = parameters.value(VaultParameters.REVIEW_PERIOD);
        List<Contribution> staying =
                contributions.stream().filter(c -> !fails(c, row)).toList();
        long[] standing = staying.stream().mapToLong(Contribution::previous).toArray();
        List<Exit> releases = new ArrayList<>();
        for (int review = 1; review <= REVIEWS_MAX; review++) {
            long released = 0;
            for (int i = 0; i < standing.length; i++) {
                long next = Math.min(
                        standing[i], Contribution.required(staying.get(i).target(), standing[i], kept));
                released = Math.addExact(released, standing[i] - next);
                standing[i] = next;
            }
            if (released == 0) {
                return releases;
            }
            releases.add(new Exit(released, Math.multiplyExact(review, hours)));
        }
        return releases;
    }

    private static long share(long amount, long ppm) {
        return Rounding.exactLong(Rounding.cdiv(
                BigInteger.valueOf(amount).multiply(BigInteger.valueOf(ppm)), BigInteger.valueOf(Rounding.PPM)));
    }
}
