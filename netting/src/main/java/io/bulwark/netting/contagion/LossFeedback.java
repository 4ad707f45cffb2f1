package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.clearing.money.Ppm;
import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * Ψ: losses that the fund does not cover are taken from first-order gains, and what is taken may push a winner over the edge. Falls, rises and the cut of gains are one
 * point of a finite box, so the least fixed point and its certificate carry over. It sizes the fund and previews the cuts; it does not set the charge.
 *
 * @param vector falls and rises
 * @param gainHaircutPpm h: share of every first-order gain that is cut
 * @param uncoveredMicro U: what accounts lose beyond their equity, micro-USD
 * @param fundUsedMicro what the fund pays of it
 * @param unallocatedMicro what neither the fund nor the cut gains pay
 * @param flows what is forced into the market
 * @param rounds applications of the map, the confirming one included
 */
public record LossFeedback(
        ContagionVector vector,
        int gainHaircutPpm,
        long uncoveredMicro,
        long fundUsedMicro,
        long unallocatedMicro,
        ForcedFlows flows,
        int rounds) {
    private static final int ROUNDS_MAX = 10_000_000;

    /**
     * A point of the box.
     *
     * @param vector falls and rises
     * @param haircutPpm cut of gains, 0 … 10⁶
     */
    public record State(ContagionVector vector, int haircutPpm) {}

    /** Ψ of one scenario. */
    private record FeedbackMap(ContagionSystem system, ContagionMap prices, long fundMicro)
            implements IsotoneMap<State> {
        @Override
        public State apply(State state) {
            ContagionVector vector = prices.image(prices.flows(state.vector(), state.haircutPpm()));
            long rest = Math.max(0, uncovered(state) - fundMicro);
            long gains = gains();
            return new State(vector, gains == 0 ? 0 : ratio(rest, gains));
        }

        @Override
        public boolean atMost(State lower, State upper) {
            return lower.haircutPpm() <= upper.haircutPpm() && lower.vector().atMost(upper.vector());
        }

        private static int ratio(long rest, long gains) {
            return BigInteger.valueOf(rest)
                    .multiply(BigInteger.valueOf(Ppm.ONE))
                    .add(BigInteger.valueOf(gains - 1))
                    .divide(BigInteger.valueOf(gains))
                    .min(BigInteger.valueOf(Ppm.ONE))
                    .intValueExact();
        }

        private long gains() {
            return rows().mapToLong(i -> Math.max(0, prices.book().row(i).gain()))
                    .reduce(0, Math::addExact);
        }

        long uncovered(State state) {
            return rows().mapToLong(i -> {
                        ScenarioAccount row = prices.book().row(i);
                        return Math.max(0, -row.left(state.vector(), ScenarioBook.cut(row, state.haircutPpm())));
                    })
                    .reduce(0, Math::addExact);
        }

        long cuts(int haircut) {
            return rows().mapToLong(i -> ScenarioBook.cut(prices.book().row(i), haircut))
                    .reduce(0, Math::addExact);
        }

        private IntStream rows() {
            return IntStream.range(0, system.accounts().size());
        }
    }

    /**
     * The least fixed point in one scenario.
     *
     * @param fundMicro what the fund can pay, micro-USD ≥ 0
     */
    public static LossFeedback of(ContagionSystem system, int scenario, long fundMicro) {
        MoneyRange.notNegative("fundMicro", fundMicro);
        ContagionMap prices = new ContagionMap(system, scenario);
        FeedbackMap map = new FeedbackMap(system, prices, fundMicro);
        State bottom = new State(ContagionVector.zero(system.groups().size()), 0);
        FixedPoint<State> reached = FixedPoint.least(map, bottom, ROUNDS_MAX);
        State state = reached.point();
        long uncovered = map.uncovered(state);
        long rest = Math.max(0, uncovered - fundMicro);
        return new LossFeedback(
                state.vector(),
                state.haircutPpm(),
                uncovered,
                Math.min(fundMicro, uncovered),
                Math.max(0, rest - map.cuts(state.haircutPpm())),
                prices.flows(state.vector(), state.haircutPpm()),
                reached.rounds());
    }

    /** The certificate: whether Ψ(c′, h′) ≤ (c′, h′). */
    public static boolean holds(ContagionSystem system, int scenario, long fundMicro, State candidate) {
        FeedbackMap map = new FeedbackMap(system, new ContagionMap(system, scenario), fundMicro);
        return map.atMost(map.apply(candidate), candidate);
    }
}
