package io.bulwark.netting.backtest;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.backtest.DayStates.DayState;
import io.bulwark.netting.collateral.AssetRows;
import io.bulwark.netting.collateral.AssetTerms;
import io.bulwark.netting.collateral.CollateralRule;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.revaluation.Payoff;
import io.bulwark.netting.revaluation.Revaluation;
import io.bulwark.netting.revaluation.Revaluation.InstrumentRows;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.revaluation.SurfaceRule;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.netting.scenario.GroupRange;
import io.bulwark.netting.scenario.PriceMoves;
import io.bulwark.netting.scenario.ScenarioParameters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The risk table of a day: rows, families and combos of the published design, entries from the house's own revaluation, ranges
 * and volatilities of the day. Every price is 1, so that only moves count.
 *
 * <p>The table charges nothing beside stress and expected shortfall: the add-ons pay for the way out and not for the move, and a
 * backtest that counted them would flatter the formula. Replays and submissions are no part of it either: a table that knows
 * the crash which it is judged by proves nothing.
 */
final class DayTables {
    /** Worth of one lot of the underlying, u: 1,000 USD. */
    static final long LOT_UNITS = 10_000_000;

    /** Lots per unit of notional: a weight is met to 10⁻⁴ of it, and a loss of ten times the notional still takes the scan's 64-bit path. */
    static final long LOTS = 10_000;

    /** The same in USD. */
    static final long LOT_USD = 1_000;

    private static final long LIMIT = 1L << 60;
    /** Tier haircut of collateral, ppm: a major's. */
    private static final int HAIRCUT = 110_000;

    private static final int RESIDUAL = 20_000;
    /** Tier haircut of a stable coin, ppm. */
    private static final int STABLE_HAIRCUT = 30_000;

    private static final int STABLE_RESIDUAL = 10_000;
    private static final int USD = 0;
    private static final double DAYS_PER_YEAR = 365;

    /** A day that happened must not be in the table that is judged by it: no replay and no submission is known here. */
    private static final PriceMoves MOVES = new PriceMoves(List.of(), List.of(), Ppm.ONE, true);

    private final RiskTable design;
    private final CellPairs pairs;
    private final List<String> groups;
    private final List<Contract> contracts;
    private final RiskParameters parameters;

    /**
     * Prepares tables.
     *
     * @param groups names of the underlyings
     * @param contracts everything that a book holds; their numbers are their places
     */
    DayTables(List<String> groups, List<Contract> contracts) {
        this.groups = List.copyOf(groups);
        this.contracts = List.copyOf(contracts);
        ParameterSet full =
                ParameterSet.founding().with(ScenarioParameters.DESIGN, 1).with(ScenarioParameters.SKELETON, 0);
        this.design = RiskTableBuilder.marginTable(
                        new Listing(List.of(), List.of(), List.of(), List.of()),
                        new Market(0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of()),
                        full)
                .table();
        this.pairs = CellPairs.of(design.rows(), design.families());
        RiskParameters published = design.parameters();
        this.parameters = new RiskParameters(
                published.tail(), published.phi(), published.cashResidual(), 0, LIMIT, Integer.MAX_VALUE);
    }

    /** The published design that rows, families and combos come from. */
    RiskTable design() {
        return design;
    }

    /** The table of a day. */
    RiskTable table(DayState state) {
        List<GroupMoves> moves = new ArrayList<>();
        List<Group> named = new ArrayList<>();
        if (contracts.contains(new Contract.Dollars())) {
            moves.add(still(state.tailVolatility().length));
            named.add(new Group(USD, "USD", Optional.empty()));
        }
        for (int asset = 0; asset < groups.size(); asset++) {
            moves.add(MOVES.of(
                    new GroupRange(
                            asset + 1, groups.get(asset), state.down()[asset], state.up()[asset], state.apart()[asset]),
                    design.rows(),
                    IntColumn.of(state.tail()[asset])));
            named.add(new Group(asset + 1, groups.get(asset), Optional.of(GroupCharges.none(0, 0))));
        }
        IntColumn tailVolatility = IntColumn.of(state.tailVolatility());
        Revaluation revaluation = new Revaluation(design.rows(), pairs, moves, tailVolatility, SurfaceRule.PUBLISHED);
        List<InstrumentRisk> instruments = new ArrayList<>();
        List<AssetRisk> assets = new ArrayList<>();
        for (int number = 0; number < contracts.size(); number++) {
            switch (contracts.get(number)) {
                case Contract.Perpetual perpetual ->
                    instruments.add(instrument(number, perpetual, revaluation.rows(linear(perpetual.asset()))));
                case Contract.Option option ->
                    instruments.add(instrument(number, option, revaluation.rows(european(option, state))));
                case Contract.Collateral held ->
                    assets.add(collateral(number, held, moves, new AssetTerms(LOT_UNITS, HAIRCUT, RESIDUAL, 0, false)));
                case Contract.Dollars dollars ->
                    assets.add(collateral(
                            number,
                            dollars,
                            moves,
                            new AssetTerms(LOT_UNITS, STABLE_HAIRCUT, STABLE_RESIDUAL, 0, true)));
            }
        }
        return new RiskTable(
                CanonicalValue.text("backtest"),
                design.rows(),
                design.families(),
                design.combos(),
                moves,
                tailVolatility,
                equalWeights(tailVolatility.length()),
                named,
                instruments,
                assets,
                parameters,
                VenueRisk.NONE);
    }

    /**
     * What one lot of every contract earns in given worlds of prices, u: no published row, only the tail of a test.
     *
     * @param tail relative price changes per world, by underlying, ppm
     */
    List<IntColumn> profits(DayState state, int[][] tail) {
        List<ScenarioRow> still = List.of(ScenarioRow.grid(0, BigDecimal.ZERO));
        List<GroupMoves> moves = IntStream.range(0, groups.size())
                .mapToObj(asset ->
                        MOVES.of(GroupRange.numeraire(asset + 1, groups.get(asset)), still, IntColumn.of(tail[asset])))
                .toList();
        Revaluation revaluation = new Revaluation(
                still, CellPairs.joint(1), moves, IntColumn.of(state.tailVolatility()), SurfaceRule.PUBLISHED);
        return contracts.stream()
                .map(contract -> switch (contract) {
                    case Contract.Perpetual perpetual ->
                        revaluation.rows(linear(perpetual.asset())).es();
                    case Contract.Option option ->
                        revaluation.rows(european(option, state)).es();
                    case Contract.Collateral held ->
                        revaluation.rows(linear(held.asset())).es();
                    case Contract.Dollars ignored -> IntColumn.zeros(state.tailVolatility().length);
                })
                .toList();
    }

    private static IntColumn equalWeights(int rows) {
        int[] weights = new int[rows];
        for (int row = 0; row < rows; row++) {
            weights[row] = (int) ((row + 1L) * RiskParameters.MILLION / rows - row * RiskParameters.MILLION / rows);
        }
        return IntColumn.of(weights);
    }

    private static Payoff linear(int asset) {
        return new Payoff.Linear(asset + 1, BigDecimal.valueOf(LOT_UNITS));
    }

    private static Payoff european(Contract.Option option, DayState state) {
        return new Payoff.European(
                option.asset() + 1,
                option.right(),
                1,
                option.strike(),
                option.days() / DAYS_PER_YEAR,
                state.volatility()[option.asset()],
                LOT_USD);
    }

    private static InstrumentRisk instrument(int number, Contract contract, InstrumentRows rows) {
        return new InstrumentRisk(
                        number,
                        contract + " " + number,
                        contract.asset() + 1,
                        contract instanceof Contract.Option,
                        OptionalInt.empty(),
                        rows.value(),
                        rows.row(),
                        rows.rowShort(),
                        rows.es(),
                        rows.delta(),
                        rows.vega(),
                        0,
                        CrowdSlopes.NONE,
                        List.of(),
                        0,
                        VenueRisk.FREE)
                .bounded();
    }

    /** Dollars: no row moves them, absolute ones neither. */
    private GroupMoves still(int tailRows) {
        int[] undamped = new int[design.rows().size()];
        Arrays.fill(undamped, Ppm.ONE);
        return new GroupMoves(
                USD, IntColumn.zeros(design.rows().size()), IntColumn.of(undamped), IntColumn.zeros(tailRows));
    }

    private AssetRisk collateral(int number, Contract held, List<GroupMoves> moves, AssetTerms terms) {
        GroupMoves own = moves.stream()
                .filter(group -> group.group() == held.asset() + 1)
                .findFirst()
                .orElseThrow();
        AssetRows rows = CollateralRule.rows(terms, List.of(own), pairs, row -> false);
        return new AssetRisk(
                        number,
                        held + " " + number,
                        held.asset() + 1,
                        terms.stable() ? "stable" : "major",
                        terms.stable(),
                        terms.price(),
                        Math.toIntExact(terms.haircut()),
                        Math.toIntExact(terms.residual()),
                        0,
                        rows.value(),
                        rows.row(),
                        rows.es(),
                        rows.debtValue(),
                        rows.debtRow(),
                        rows.debtEs(),
                        List.of(),
                        CrowdSlopes.NONE,
                        List.of(),
                        0,
                        AssetRisk.AtVenue.NONE)
                .bounded();
    }
}
