package io.bulwark.insurance.vault;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.FundCapacity.CapacityClock.Exit;
import io.bulwark.insurance.vault.FundCapacity.CapacityClock.Tranche;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

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

    /**
     * What the fund can really pay, and how long still: what stands in it less what loses its worth with the event that it is for, and
     * the hour at which exits take it below the need. All amounts in the unit of the need.
     *
     * @param standing everything paid in
     * @param net of wrong-way assets: what can pay if the event comes now
     * @param leaving part of it whose exit is queued
     * @param hours until what is left no longer meets the need if every queued exit is taken and exits go on at their pace; 0 if it
     *     does not now, empty if it always will
     */
    public record CapacityClock(long standing, long net, long leaving, OptionalLong hours) {
        /**
         * A layer of the fund.
         *
         * @param name of it
         * @param amount paid in, ≥ 0
         * @param wrongWay part that is worth nothing when it is needed, at most the amount
         */
        public record Tranche(String name, long amount, long wrongWay) {
            /** Checks ranges. */
            public Tranche {
                if (amount < 0 || wrongWay < 0 || wrongWay > amount) {
                    throw new IllegalArgumentException("amount of " + name
                            + " must be >= 0 and wrongWay within it; have " + amount + " and " + wrongWay);
                }
            }
        }

        /**
         * An exit that was asked for. Until it leaves it stays slashable.
         *
         * @param amount ≥ 0
         * @param inHours when it leaves, ≥ 0
         */
        public record Exit(long amount, long inHours) {
            /** Checks ranges. */
            public Exit {
                if (amount < 0 || inHours < 0) {
                    throw new IllegalArgumentException(
                            "amount and inHours of an exit must be >= 0; have " + amount + " and " + inHours);
                }
            }
        }

        /**
         * The clock.
         *
         * @param queue exits in any order; what is wrong-way does not queue
         * @param pacePerHour what more leaves every hour after the cool-down, ≥ 0: exits that are not asked for yet
         * @param cooldownHours from asking to leaving, ≥ 0
         * @param need what must be met, ≥ 0
         */
        public static CapacityClock of(
                List<Tranche> tranches, List<Exit> queue, long pacePerHour, long cooldownHours, long need) {
            if (pacePerHour < 0 || cooldownHours < 0 || need < 0) {
                throw new IllegalArgumentException("pacePerHour, cooldownHours and need must be >= 0; have "
                        + pacePerHour + ", " + cooldownHours + ", " + need);
            }
            long standing = tranches.stream().mapToLong(Tranche::amount).reduce(0, Math::addExact);
            long net =
                    tranches.stream().mapToLong(t -> t.amount() - t.wrongWay()).reduce(0, Math::addExact);
            long leaving = queue.stream().mapToLong(Exit::amount).reduce(0, Math::addExact);
            return new CapacityClock(
                    standing,
                    net,
                    Math.min(net, leaving),
                    hours(net - need, sorted(queue), pacePerHour, cooldownHours));
        }

        private static List<Exit> sorted(List<Exit> queue) {
            return queue.stream()
                    .sorted(Comparator.comparingLong(Exit::inHours))
                    .toList();
        }

        /** The first hour at which more than the room has left: at a queued exit, or between two where the pace alone takes the rest. */
        private static OptionalLong hours(long room, List<Exit> queue, long pace, long cooldown) {
            if (room < 0) {
                return OptionalLong.of(0);
            }
            long left = room;
            for (Exit exit : queue) {
                OptionalLong before = byPace(left, pace, cooldown);
                if (before.isPresent() && before.getAsLong() < exit.inHours()) {
                    return before;
                }
                left = Math.subtractExact(left, exit.amount());
                if (byPaceUntil(exit.inHours(), pace, cooldown) > left) {
                    return OptionalLong.of(exit.inHours());
                }
            }
            return byPace(left, pace, cooldown);
        }

        private static OptionalLong byPace(long room, long pace, long cooldown) {
            return pace == 0 ? OptionalLong.empty() : OptionalLong.of(Math.addExact(cooldown, room / pace + 1));
        }

        private static long byPaceUntil(long hour, long pace, long cooldown) {
            return Math.multiplyExact(pace, Math.max(0, hour - cooldown));
        }
    }
}
