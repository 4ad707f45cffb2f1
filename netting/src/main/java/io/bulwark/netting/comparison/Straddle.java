package io.bulwark.netting.comparison;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.Payoff;
import io.bulwark.netting.revaluation.Revaluation;
import io.bulwark.netting.revaluation.Revaluation.InstrumentRows;
import io.bulwark.netting.revaluation.SurfaceRule;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The long straddle of the source text under three methods: a call and a put of one strike and expiry, bought in equal lots, margined by
 * the engine itself over a table of price × volatility rows that holds nothing else.
 *
 * @param isolated both premiums: each leg's worst loss over all prices, u
 * @param cross one pool, one move of ±10 %, legs at expiry value, u
 * @param stress worst row of the bought straddle, u, at least 0
 * @param worstRow index of the first worst row
 * @param initialMargin stress, half spread of both legs, quantisation, u
 * @param shortStress worst row of the sold straddle, u, at least 0
 * @param shortInitialMargin the same for both legs sold, u
 * @param notional spot × lot × lots, once for both legs, u
 */
public record Straddle(
        long isolated,
        long cross,
        long stress,
        int worstRow,
        long initialMargin,
        long shortStress,
        long shortInitialMargin,
        long notional) {
    private static final int CALL = 0;
    private static final int PUT = 1;
    private static final long CROSS_MOVE = 100_000;
    private static final long MILLION = Ppm.ONE;

    /**
     * The contract and the grid.
     *
     * @param spot USD; the forward too
     * @param strike USD
     * @param volatility a fraction a year
     * @param days to expiry
     * @param lot underlying in one lot
     * @param lots of each leg
     * @param halfSpread u per lot and leg
     * @param range X, ppm
     * @param points price point of each row, ppm of X
     * @param volatilities direction of volatility in each row: −1, 0 or 1
     * @param rule how volatility and time move
     */
    public record Terms(
            BigDecimal spot,
            BigDecimal strike,
            BigDecimal volatility,
            BigDecimal days,
            BigDecimal lot,
            long lots,
            long halfSpread,
            int range,
            IntColumn points,
            IntColumn volatilities,
            SurfaceRule rule) {
        private BigDecimal units(BigDecimal price) {
            return price.multiply(lot).multiply(BigDecimal.valueOf(Usd.UNITS));
        }
    }

    /** The straddle of the source text: ETH at 2,000, 30 days, volatility 132 %, X 16 %. */
    public static Terms sourceText() {
        List<Integer> points = new ArrayList<>();
        List<Integer> volatilities = new ArrayList<>();
        for (int point = -4; point <= 4; point++) {
            for (int volatility = -1; volatility <= 1; volatility++) {
                points.add(point * 250_000);
                volatilities.add(volatility);
            }
        }
        return new Terms(
                BigDecimal.valueOf(2_000),
                BigDecimal.valueOf(2_000),
                new BigDecimal("1.32"),
                BigDecimal.valueOf(30),
                new BigDecimal("0.01"),
                100,
                1_000,
                160_000,
                column(points),
                column(volatilities),
                SurfaceRule.PUBLISHED);
    }

    /** Margins the straddle. */
    public static Straddle of(Terms terms) {
        RiskTable table = table(terms);
        List<Entry> bought = List.of(new Entry(CALL, terms.lots()), new Entry(PUT, terms.lots()));
        List<Entry> sold = List.of(new Entry(CALL, -terms.lots()), new Entry(PUT, -terms.lots()));
        Requirement requirement = Requirement.of(table, account(bought));
        Requirement ofSold = Requirement.of(table, account(sold));
        BigDecimal spot = terms.units(terms.spot());
        BigDecimal strike = terms.units(terms.strike());
        Map<Integer, ContractTerms> contracts = Map.of(
                CALL, new ContractTerms.Option(OptionRight.CALL, spot, strike),
                PUT, new ContractTerms.Option(OptionRight.PUT, spot, strike));
        return new Straddle(
                bought.stream()
                        .mapToLong(e -> e.lots()
                                * table.instrument(e.number()).orElseThrow().value())
                        .sum(),
                MethodComparison.cross(table, bought, contracts, CROSS_MOVE),
                requirement.stress(),
                requirement.families().getFirst().worstPoint(),
                requirement.initialMargin(),
                ofSold.stress(),
                ofSold.initialMargin(),
                spot.multiply(BigDecimal.valueOf(terms.lots()))
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact());
    }

    /** An amount as a share of the notional, ppm, half to even. */
    public long share(long amount) {
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(MILLION))
                .divide(BigDecimal.valueOf(notional), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private static RiskTable table(Terms terms) {
        int count = terms.points().length();
        List<ScenarioRow> rows = new ArrayList<>();
        List<IntColumn> points = new ArrayList<>();
        List<Integer> shocks = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            BigDecimal volatility = BigDecimal.valueOf(terms.volatilities().at(r));
            rows.add(ScenarioRow.grid(terms.points().at(r), volatility));
            points.add(IntColumn.of(r));
            shocks.add(Math.toIntExact((long) terms.points().at(r) * terms.range() / MILLION));
        }
        List<Family> families = List.of(new Family("J", points));
        IntColumn whole = column(Collections.nCopies(count, (int) MILLION));
        GroupMoves moves = new GroupMoves(0, column(shocks), whole, IntColumn.zeros(1));
        Revaluation revaluation =
                new Revaluation(rows, CellPairs.of(rows, families), List.of(moves), IntColumn.zeros(1), terms.rule());
        return new RiskTable(
                CanonicalValue.array(),
                rows,
                families,
                List.of(new Combo("joint", IntColumn.of((int) MILLION))),
                List.of(moves),
                IntColumn.zeros(1),
                IntColumn.of((int) MILLION),
                List.of(new Group(0, "underlying", Optional.empty())),
                List.of(leg(terms, revaluation, CALL), leg(terms, revaluation, PUT)),
                List.of(),
                new RiskParameters(10_000, 800_000, 0, 0, 1L << 60, Integer.MAX_VALUE),
                VenueRisk.NONE);
    }

    private static InstrumentRisk leg(Terms terms, Revaluation revaluation, int number) {
        InstrumentRows rows = revaluation.rows(new Payoff.European(
                0,
                number == CALL ? OptionRight.CALL : OptionRight.PUT,
                terms.spot().doubleValue(),
                terms.strike().doubleValue(),
                terms.days().doubleValue() / 365,
                terms.volatility().doubleValue(),
                terms.lot().doubleValue()));
        return new InstrumentRisk(
                        number,
                        number == CALL ? "call" : "put",
                        0,
                        true,
                        OptionalInt.empty(),
                        rows.value(),
                        rows.row(),
                        Optional.empty(),
                        rows.es(),
                        rows.delta(),
                        rows.vega(),
                        terms.halfSpread(),
                        CrowdSlopes.NONE,
                        List.of(),
                        0,
                        VenueRisk.FREE)
                .bounded();
    }

    private static MarginAccount account(List<Entry> positions) {
        return new MarginAccount(0, positions, List.of(), List.of(), List.of());
    }

    private static IntColumn column(List<Integer> values) {
        return IntColumn.of(values.stream().mapToInt(Integer::intValue).toArray());
    }
}
