package io.bulwark.netting.backtest;

import io.bulwark.netting.coverage.Procyclicality;
import io.bulwark.netting.volatility.AntiProcyclicality;
import io.bulwark.netting.volatility.TailMultiplier;
import io.bulwark.netting.volatility.VolatilityRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One coin long or short under the tables of the house and under other rules, over the same windows.
 *
 * <p>A rule is also shown <i>touching</i>: its log moves times the least number that leaves no more breaches than the house has.
 * That number is known afterwards only; it says how much a rule needs for what it covers, and not what anybody could have asked.
 */
final class RuleComparison {
    /** Name of the rule of many peers: so many times the larger of EWMA and the whole long run. */
    static final String PEER = "4·max(ewma,longrun)";

    private static final double PEER_MULTIPLIER = 4;
    private static final String TOUCHING = ", touching";

    private final String book;
    private final boolean shortSide;
    private final int[] moves;
    private final double[] profits;

    private RuleComparison(BookHistory history, Book book, BookSeries house) {
        this.book = book.name();
        this.shortSide = book.legs().getFirst().units() < 0;
        this.moves =
                Arrays.stream(house.endDays()).map(history::firstEndingFrom).toArray();
        this.profits = house.profits();
    }

    /** Whether a book is one perpetual, long or short. */
    static boolean knows(Book book) {
        return book.legs().size() == 1
                && !book.deltaHedged()
                && book.legs().getFirst().contract() instanceof Contract.Perpetual
                && Math.abs(book.legs().getFirst().units()) == book.notional();
    }

    /**
     * The house first, then the others.
     *
     * @param house margins and profits of windows of a day
     */
    static List<HouseBacktest.RuleLine> of(BookHistory history, Book book, BookSeries house) {
        RuleComparison comparison = new RuleComparison(history, book, house);
        double[] returns = history.logReturns(book.legs().getFirst().contract().asset());
        HouseBacktest.RuleLine own = comparison.line(HouseBacktest.PUBLISHED, house.margins());
        List<HouseBacktest.RuleLine> lines = new ArrayList<>(List.of(
                own, comparison.line(HouseBacktest.PUBLISHED + TOUCHING, comparison.touching(house.margins(), own))));
        List<MoveRule.Named> rules = new ArrayList<>(List.of(new MoveRule.Named(PEER, peer())));
        rules.addAll(MoveRule.compared());
        for (MoveRule.Named rule : rules) {
            double[] margins = comparison.margins(rule.rule(), returns);
            if (Arrays.stream(margins).allMatch(margin -> margin > 0)) {
                lines.add(comparison.line(rule.name(), margins));
                if (rule.name().equals(PEER)) {
                    lines.add(comparison.line(PEER + TOUCHING, comparison.touching(margins, own)));
                }
            }
        }
        return List.copyOf(lines);
    }

    private static MoveRule peer() {
        return new MoveRule.Deviations(VolatilityRule.founding()
                .with(new AntiProcyclicality.LongRunFloor(1))
                .with(new TailMultiplier.Fixed(PEER_MULTIPLIER)));
    }

    private double[] margins(MoveRule rule, double[] returns) {
        SidedMargins sides = rule.margins(returns);
        double[] all = shortSide ? sides.shortSide() : sides.longSide();
        return IntStream.of(moves).mapToDouble(move -> all[move]).toArray();
    }

    /** The least multiple of the rule's log moves with as few breaches. A loss equal to the margin is covered. */
    private double[] touching(double[] margins, HouseBacktest.RuleLine house) {
        double[] sizes = Arrays.stream(margins).map(this::logMove).toArray();
        double multiple = IntStream.range(0, sizes.length)
                .mapToDouble(i -> logMove(-profits[i]) / sizes[i])
                .boxed()
                .sorted(Comparator.reverseOrder())
                .skip(house.breaches())
                .findFirst()
                .orElse(0.0);
        return Arrays.stream(sizes)
                .map(size -> relative(Math.max(0, multiple) * size))
                .toArray();
    }

    /** The log move of the coin that loses so much of the notional. */
    private double logMove(double loss) {
        return shortSide ? StrictMath.log1p(loss) : -StrictMath.log1p(-loss);
    }

    private double relative(double logMove) {
        return shortSide ? StrictMath.expm1(logMove) : -StrictMath.expm1(-logMove);
    }

    private HouseBacktest.RuleLine line(String rule, double[] margins) {
        int breaches = 0;
        double beyond = 0;
        for (int i = 0; i < margins.length; i++) {
            double loss = -profits[i] - margins[i];
            // What touching leaves is equal but for the rounding of a double.
            if (loss > 1e-12) {
                breaches++;
                beyond += loss;
            }
        }
        boolean positive = Arrays.stream(margins).allMatch(margin -> margin > 0);
        return new HouseBacktest.RuleLine(
                book,
                rule,
                breaches,
                Arrays.stream(margins).average().orElse(0),
                Arrays.stream(margins).max().orElse(0),
                positive ? Procyclicality.of(margins).peakToTrough() : 0,
                beyond);
    }
}
