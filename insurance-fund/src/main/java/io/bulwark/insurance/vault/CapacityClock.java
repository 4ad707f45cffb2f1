package io.bulwark.insurance.vault;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the fund can really pay, and how long still: what stands in it less what loses its worth with the event that it is for, and the hour at which exits take it below the
 * need. All amounts in the unit of the need.
 *
 * @param standing everything paid in
 * @param net of wrong-way assets: what can pay if the event comes now
 * @param leaving part of it whose exit is queued
 * @param hours until what is left no longer meets the need if every queued exit is taken and exits go on at their pace; 0 if it does not now, empty if it always will
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
                throw new IllegalArgumentException("amount of " + name + " must be >= 0 and wrongWay within it; have "
                        + amount + " and " + wrongWay);
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
            throw new IllegalArgumentException("pacePerHour, cooldownHours and need must be >= 0; have " + pacePerHour
                    + ", " + cooldownHours + ", " + need);
        }
        long standing = tranches.stream().mapToLong(Tranche::amount).reduce(0, Math::addExact);
        long net = tranches.stream().mapToLong(t -> t.amount() - t.wrongWay()).reduce(0, Math::addExact);
        long leaving = queue.stream().mapToLong(Exit::amount).reduce(0, Math::addExact);
        return new CapacityClock(
                standing, net, Math.min(net, leaving), hours(net - need, sorted(queue), pacePerHour, cooldownHours));
    }

    private static List<Exit> sorted(List<Exit> queue) {
        return queue.stream().sorted(Comparator.comparingLong(Exit::inHours)).toList();
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
