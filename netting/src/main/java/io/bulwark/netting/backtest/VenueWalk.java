package io.bulwark.netting.backtest;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import java.util.ArrayList;
import java.util.List;

/**
 * A book on its way through a window, with each venue acting by its own rule: at the first price at which equity less
 * requirement is not above 0 it closes the perpetual there, or sells the coins that pay what is owed, and keeps its penalty and the spread. What is left goes on.
 *
 * <p>Integers throughout: prices in millionths of the first, money in u, coins in millionths of a lot. Between two prices each count is
 * linear, so the first price at which a venue acts is found by bisection; of two venues at one price the first named acts first.
 */
final class VenueWalk {
    private static final long U_PER_LOT_AND_PPM = DayTables.LOT_UNITS / Ppm.ONE;

    private final long spread;
    private final List<Stand> stands = new ArrayList<>();
    private final List<VenueBacktest.Act> acts = new ArrayList<>();
    private long price = Ppm.ONE;

    /**
     * How a book ends.
     *
     * @param profit u, gains positive, with what venues closed
     * @param plain u, if no venue had acted
     * @param acts in the order of time
     */
    record Outcome(long profit, long plain, List<VenueBacktest.Act> acts) {
        Outcome {
            acts = List.copyOf(acts);
        }
    }

    /** What stands at one venue at the last price passed. */
    private static final class Stand {
        private final CrossVenueBook.Venue venue;
        private long microCoins;
        private long perpetual;
        private long money;
        private long gained;

        Stand(CrossVenueBook.Part part) {
            this.venue = part.venue();
            this.microCoins = (long) part.coins() / CrossVenueBook.STEP * Ppm.ONE;
            this.perpetual = part.perpetual() / CrossVenueBook.STEP;
            this.money = (long) part.dollars() / CrossVenueBook.STEP * DayTables.LOT_UNITS;
        }

        private long earned(long from, long to) {
            return perpetual * U_PER_LOT_AND_PPM * (to - from);
        }

        private long worth(long at) {
            return Rounding.fdiv(microCoins * U_PER_LOT_AND_PPM * at, Ppm.ONE);
        }

        private long notional(long at) {
            return Math.abs(perpetual) * U_PER_LOT_AND_PPM * at;
        }

        /** Its equity as it counts it, of which it asks {@link #requirement}. */
        private long equity(long from, long at) {
            return money + earned(from, at) + Rounding.fdiv(Math.multiplyExact(worth(at), venue.weight()), Ppm.ONE);
        }

        private long requirement(long at) {
            return Rounding.cdiv(Math.multiplyExact(notional(at), venue.maintenance()), Ppm.ONE);
        }

        private boolean acts(long from, long at) {
            boolean able = perpetual != 0 || (money < 0 && microCoins > 0);
            return able && equity(from, at) - requirement(at) <= 0;
        }

        private void close(long at, long costPpm) {
            money -= Rounding.cdiv(Math.multiplyExact(notional(at), costPpm), Ppm.ONE);
            perpetual = 0;
        }

        /** Sells what pays the debt and the cost on top of it; all coins where they are worth less. */
        private void repay(long at, long costPpm) {
            long due = Rounding.cdiv(Math.multiplyExact(-money, Ppm.ONE + costPpm), Ppm.ONE);
            long sold =
                    Math.min(microCoins, Math.ceilDiv(Math.multiplyExact(due, (long) Ppm.ONE), U_PER_LOT_AND_PPM * at));
            long before = worth(at);
            microCoins -= sold;
            long paid = before - worth(at);
            money += Math.min(-money, Rounding.fdiv(Math.multiplyExact(paid, (long) Ppm.ONE), Ppm.ONE + costPpm));
        }
    }

    private VenueWalk(CrossVenueBook book, long spread) {
        this.spread = spread;
        book.parts().forEach(part -> stands.add(new Stand(part)));
    }

    /** What the venue of a part counts when a window begins: its equity, and what it requires, u. */
    static long[] counted(CrossVenueBook.Part part) {
        Stand stand = new Stand(part);
        return new long[] {stand.equity(Ppm.ONE, Ppm.ONE), stand.requirement(Ppm.ONE)};
    }

    /**
     * Walks a book along a way.
     *
     * @param spread cost of crossing the spread of what a venue closes, ppm
     */
    static Outcome of(CrossVenueBook book, PriceWay way, long spread) {
        VenueWalk walk = new VenueWalk(book, spread);
        VenueWalk still = new VenueWalk(book, spread);
        long begin = walk.value();
        still.move(way.end());
        for (int place = 0; place < way.prices().size(); place++) {
            walk.to(way.prices().get(place));
            int passed = place;
            way.deleveraging().filter(at -> at.place() == passed).ifPresent(at -> walk.deleverage(at.venue()));
        }
        return new Outcome(walk.value() - begin, still.value() - begin, walk.acts);
    }

    private long value() {
        return stands.stream()
                .mapToLong(stand -> stand.money + stand.worth(price))
                .reduce(0, Math::addExact);
    }

    private void move(long to) {
        for (Stand stand : stands) {
            long earned = stand.earned(price, to);
            stand.money += earned;
            stand.gained += earned;
        }
        price = to;
    }

    private void to(long end) {
        while (stands.stream().anyMatch(stand -> stand.acts(price, end))) {
            long first = first(end);
            move(first);
            for (Stand stand : stands) {
                if (stand.acts(price, price)) {
                    act(stand);
                }
            }
        }
        move(end);
    }

    /** The first price on the way to one at which some venue acts. */
    private long first(long end) {
        long from = 0;
        long to = Math.abs(end - price);
        long direction = Long.signum(end - price);
        while (from < to) {
            long middle = (from + to) / 2;
            long at = price + direction * middle;
            if (stands.stream().anyMatch(stand -> stand.acts(price, at))) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return price + direction * to;
    }

    private void act(Stand stand) {
        long cost = spread + stand.venue.penalty();
        acts.add(new VenueBacktest.Act(stand.venue.name(), Math.toIntExact(price), false));
        if (stand.perpetual != 0) {
            stand.close(price, cost);
        } else {
            stand.repay(price, cost);
        }
    }

    /** What has gained at a venue is taken at mark: nobody pays a spread for it, and nobody asked for it. */
    private void deleverage(String venue) {
        for (Stand stand : stands) {
            if (stand.venue.name().equals(venue) && stand.perpetual != 0 && stand.gained > 0) {
                acts.add(new VenueBacktest.Act(stand.venue.name(), Math.toIntExact(price), true));
                stand.perpetual = 0;
            }
        }
    }
}
