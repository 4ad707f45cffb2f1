package io.bulwark.netting.revaluation;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.pricing.Margrabe;
import io.bulwark.netting.revaluation.OptionColumn.Marks;
import io.bulwark.netting.revaluation.OptionColumn.Term;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.Sensitivity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Reprices an instrument in every scenario row and expected-shortfall row of a table.
 *
 * <p>The rounding law: the mark is rounded half to even, the stressed value is rounded half to even, an entry is their
 * difference; so the error of a position is at most half a unit per lot, which quantisation pays for.
 *
 * <p>Not for several threads at once: the columns that it works in are its own.
 */
public final class Revaluation {
    private static final BigDecimal PPM = BigDecimal.valueOf(Ppm.ONE);
    private static final boolean LANES =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    private static final double LEAST_VARIANCE = 1e-8;

    private final SurfaceRule rule;
    private final CellPairs pairs;
    private final Worlds stress;
    private final Worlds shortfall;
    private final Map<Integer, PriceColumns> stressMoves = new TreeMap<>();
    private final Map<Integer, PriceColumns> shortfallMoves = new TreeMap<>();
    private final Map<Double, Term> terms = new HashMap<>();
    private final LaneScratch markScratch = new LaneScratch(Worlds.LANES);

    /**
     * Prepares the columns.
     *
     * @param rows the scenario rows
     * @param pairs their cell pairs
     * @param moves the moves of every group that a payoff names
     * @param esVolatility volatility shock per expected-shortfall row, 10⁻⁶ of the full shock
     * @param rule how volatility and time move
     */
    public Revaluation(
            List<ScenarioRow> rows, CellPairs pairs, List<GroupMoves> moves, IntColumn esVolatility, SurfaceRule rule) {
        this.rule = rule;
        this.pairs = pairs;
        this.stress = Worlds.stress(rows, rule);
        this.shortfall = Worlds.expectedShortfall(esVolatility, rule);
        for (GroupMoves group : moves) {
            stressMoves.put(group.group(), new PriceColumns(group.shock(), group.damp()));
            shortfallMoves.put(group.group(), PriceColumns.undamped(group.es()));
        }
    }

    /**
     * The integers of one lot.
     *
     * @throws ArithmeticException if an entry does not fit 32 bits: the lot is too large
     */
    public InstrumentRows rows(Payoff payoff) {
        return switch (payoff) {
            case Payoff.Linear linear -> linear(linear);
            case Payoff.European option -> option(option, new OptionValue.Lognormal());
            case Payoff.American american ->
                option(american.european(), new OptionValue.Tree(american.growth(), american.steps()));
            case Payoff.JumpDiffusion jumps -> option(calibrated(jumps), new OptionValue.Jumps(jumps.jumps()));
            case Payoff.Ratio ratio -> twoAsset(ratio.first(), ratio.second(), new RatioValue(ratio), List.of());
            case Payoff.Exchange exchange -> {
                ExchangeValue value = new ExchangeValue(exchange, rule);
                yield twoAsset(exchange.first(), exchange.second(), value, value.vega());
            }
        };
    }

    private InstrumentRows linear(Payoff.Linear linear) {
        PriceColumns moves = moves(stressMoves, linear.group());
        BigDecimal perPpmSquared = linear.notional().divide(PPM.multiply(PPM));
        long[] row = IntStream.range(0, stress.count)
                .mapToLong(r -> Quantiser.units(
                        perPpmSquared.multiply(BigDecimal.valueOf((long) moves.shock.at(r) * moves.damp.at(r)))))
                .toArray();
        BigDecimal perPpm = linear.notional().divide(PPM);
        long[] es = moves(shortfallMoves, linear.group()).shock.stream()
                .mapToLong(shock -> Quantiser.units(perPpm.multiply(BigDecimal.valueOf(shock))))
                .toArray();
        List<Sensitivity> delta = List.of(new Sensitivity(linear.group(), toInt(Quantiser.units(linear.notional()))));
        return new InstrumentRows(0, IntColumn.ofLongs(row), Optional.empty(), IntColumn.ofLongs(es), delta, List.of());
    }

    /** The option at the total volatility that keeps its mark. */
    private static Payoff.European calibrated(Payoff.JumpDiffusion payoff) {
        Payoff.European option = payoff.european();
        double total = payoff.jumps()
                .totalVolatility(
                        option.right(),
                        option.spot(),
                        option.strike(),
                        StrictMath.log(option.spot() / option.strike()),
                        option.volatility(),
                        option.years());
        return option.withVolatility(total);
    }

    private InstrumentRows option(Payoff.European option, OptionValue model) {
        Term term = terms.computeIfAbsent(option.years(), years -> Term.of(rule, years));
        OptionColumn column = new OptionColumn(option, model, term);
        double unit = option.quantity() * Usd.UNITS;
        Marks marks = inLanes(column) ? OptionLanes.marks(column, markScratch) : column.marks();
        double base = marks.base();
        long value = Quantiser.units(unit * base);
        return new InstrumentRows(
                value,
                entries(column, stress, moves(stressMoves, option.group()), unit, base, value),
                Optional.empty(),
                entries(column, shortfall, moves(shortfallMoves, option.group()), unit, base, value),
                List.of(new Sensitivity(option.group(), toInt(Quantiser.units(unit * marks.slope())))),
                List.of(new Sensitivity(option.group(), toInt(Quantiser.units(unit * marks.vega())))));
    }

    /** Whether the kernel of lanes does it, where the virtual machine has one, or the plain one: the same integers. */
    private static boolean inLanes(OptionColumn column) {
        return LANES && column.hasLanes();
    }

    private static IntColumn entries(
            OptionColumn column, Worlds worlds, PriceColumns moves, double unit, double base, long value) {
        double[] values = worlds.scratch.values;
        if (inLanes(column)) {
            OptionLanes.values(column, worlds, moves, unit, base, values);
        } else {
            column.values(worlds, moves, unit, base, values);
        }
        return Quantiser.column(values, worlds.count, value);
    }

    private InstrumentRows twoAsset(int first, int second, TwoAssetValue value, List<Sensitivity> vega) {
        PriceColumns a = moves(stressMoves, first);
        PriceColumns b = moves(stressMoves, second);
        long mark = Quantiser.units(value.mark());
        long[] row = new long[stress.count];
        long[] rowShort = new long[stress.count];
        for (int r = 0; r < row.length; r++) {
            row[r] = Long.MAX_VALUE;
            rowShort[r] = Long.MIN_VALUE;
            for (int pair = 0; pair < pairs.count(r); pair++) {
                long entry = pairEntry(value, mark, a, b, pairs.first(r, pair), pairs.second(r, pair));
                row[r] = Math.min(row[r], entry);
                rowShort[r] = Math.max(rowShort[r], entry);
            }
        }
        return new InstrumentRows(
                mark,
                IntColumn.ofLongs(row),
                Optional.of(IntColumn.ofLongs(rowShort)),
                twoAssetTail(value, mark, first, second),
                deltas(value, first, second),
                vega);
    }

    private long pairEntry(TwoAssetValue value, long mark, PriceColumns a, PriceColumns b, int rowA, int rowB) {
        double stressed = value.stressed(a.factor[rowA], b.factor[rowB], stress, rowA, rowB);
        return entry(value.mark(), stressed, Math.max(a.share[rowA], b.share[rowB]), mark);
    }

    private IntColumn twoAssetTail(TwoAssetValue value, long mark, int first, int second) {
        PriceColumns a = moves(shortfallMoves, first);
        PriceColumns b = moves(shortfallMoves, second);
        return IntColumn.ofLongs(IntStream.range(0, shortfall.count)
                .mapToLong(r -> entry(value.mark(), value.stressed(a.factor[r], b.factor[r], shortfall, r, r), 1, mark))
                .toArray());
    }

    private static List<Sensitivity> deltas(TwoAssetValue value, int first, int second) {
        double ofFirst = (value.moved(1 + Marks.BUMP, 1) - value.moved(1 - Marks.BUMP, 1)) / (2 * Marks.BUMP);
        double ofSecond = (value.moved(1, 1 + Marks.BUMP) - value.moved(1, 1 - Marks.BUMP)) / (2 * Marks.BUMP);
        return sorted(first, Quantiser.units(ofFirst), second, Quantiser.units(ofSecond));
    }

    private static List<Sensitivity> sorted(int first, long ofFirst, int second, long ofSecond) {
        Sensitivity a = new Sensitivity(first, toInt(ofFirst));
        Sensitivity b = new Sensitivity(second, toInt(ofSecond));
        return first < second ? List.of(a, b) : List.of(b, a);
    }

    private static long entry(double base, double stressed, double share, long value) {
        return Quantiser.units(base + share * (stressed - base)) - value;
    }

    private static PriceColumns moves(Map<Integer, PriceColumns> moves, int group) {
        return Optional.ofNullable(moves.get(group))
                .orElseThrow(() -> new IllegalArgumentException("group " + group + " has no published moves"));
    }

    private static int toInt(long units) {
        return Math.toIntExact(units);
    }

    /** Value of one lot of a two-asset product, u. */
    private sealed interface TwoAssetValue {
        double mark();

        /** With both prices moved by factors, volatility and time as they are. */
        double moved(double first, double second);

        /** With both prices moved by factors, and each volatility as its own row says. */
        double stressed(double first, double second, Worlds worlds, int firstRow, int secondRow);
    }

    private record RatioValue(Payoff.Ratio ratio) implements TwoAssetValue {
        @Override
        public double mark() {
            return 0;
        }

        @Override
        public double moved(double first, double second) {
            return ratio.notional() * (second / first - 1);
        }

        @Override
        public double stressed(double first, double second, Worlds worlds, int firstRow, int secondRow) {
            return moved(first, second);
        }
    }

    private record ExchangeValue(Payoff.Exchange exchange, SurfaceRule rule) implements TwoAssetValue {
        @Override
        public double mark() {
            return moved(1, 1);
        }

        @Override
        public double moved(double first, double second) {
            return price(first, second, exchange.firstVolatility(), exchange.secondVolatility(), exchange.years());
        }

        @Override
        public double stressed(double first, double second, Worlds worlds, int firstRow, int secondRow) {
            double wait = Math.max(worlds.wait[firstRow], worlds.wait[secondRow]);
            return price(
                    first,
                    second,
                    volatility(exchange.firstVolatility(), worlds, firstRow),
                    volatility(exchange.secondVolatility(), worlds, secondRow),
                    Math.max(exchange.years() - wait, 0));
        }

        List<Sensitivity> vega() {
            double v1 = exchange.firstVolatility();
            double v2 = exchange.secondVolatility();
            double base = mark();
            double ofFirst = price(1, 1, v1 + Marks.VOLATILITY_POINT, v2, exchange.years()) - base;
            double ofSecond = price(1, 1, v1, v2 + Marks.VOLATILITY_POINT, exchange.years()) - base;
            return sorted(exchange.first(), Quantiser.units(ofFirst), exchange.second(), Quantiser.units(ofSecond));
        }

        private double volatility(double level, Worlds worlds, int row) {
            double term = rule.termFactor(exchange.years());
            return level * (1 + worlds.level[row] * term + worlds.twist[row] * rule.twist(exchange.years()) * term);
        }

        private double price(double first, double second, double v1, double v2, double years) {
            double deviation = years > 0
                    ? Math.max(
                            Math.sqrt(LEAST_VARIANCE),
                            Margrabe.deviation(
                                    v1, v2, rule.exchangeCorrelation().doubleValue(), years))
                    : 0;
            return exchange.notional() * Margrabe.price(second, first, StrictMath.log(second / first), deviation);
        }
    }

    /**
     * The integers of one lot of an instrument, u = 10⁻⁴ USD.
     *
     * @param value mark
     * @param row profit and loss of a long lot per scenario row
     * @param rowShort for a two-asset product: the largest profit and loss over the row's cell pairs
     * @param es profit and loss of a long lot per expected-shortfall row
     * @param delta per group, sorted
     * @param vega per group, sorted, per volatility point
     */
    public record InstrumentRows(
            long value,
            IntColumn row,
            Optional<IntColumn> rowShort,
            IntColumn es,
            List<Sensitivity> delta,
            List<Sensitivity> vega) {}
}
