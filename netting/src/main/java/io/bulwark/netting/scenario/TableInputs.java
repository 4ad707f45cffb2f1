package io.bulwark.netting.scenario;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.collateral.AssetClasses;
import io.bulwark.netting.collateral.ClassParameters;
import io.bulwark.netting.liquidity.LiquidityObservations;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Optional;

/**
 * What a full table is built from beside listing, market and governed numbers. Every part has a {@code NONE}: the table then
 * rests on governed numbers alone, and says so in its provenance. A table of the design "grid" reads none of it.
 *
 * @param scenarios replays and submissions
 * @param statistics X, κ and the skew score per group, estimated
 * @param shortfall the rows of expected shortfall
 * @param liquidity depth, open interest, spreads
 * @param classes the classes of collateral assets
 * @param before the table of the epoch before, from whose slopes this one's may rise by one step; absent in the first
 * @param record what this epoch and those before it observed of marks, quotes and depth, by day
 */
public record TableInputs(
        NamedScenarios scenarios,
        MarketStatistics statistics,
        ExpectedShortfallRows shortfall,
        LiquidityObservations liquidity,
        AssetClasses classes,
        Optional<RiskTable> before,
        MarketRecord record) {
    /** Governed numbers alone, and no replay. */
    public static final TableInputs NONE = new TableInputs(
            NamedScenarios.NONE,
            MarketStatistics.NONE,
            ExpectedShortfallRows.NONE,
            LiquidityObservations.NONE,
            AssetClasses.NONE,
            Optional.empty(),
            MarketRecord.NONE);

    /** With other named scenarios. */
    public TableInputs with(NamedScenarios others) {
        return new TableInputs(others, statistics, shortfall, liquidity, classes, before, record);
    }

    /** With other statistics. */
    public TableInputs with(MarketStatistics others) {
        return new TableInputs(scenarios, others, shortfall, liquidity, classes, before, record);
    }

    /** With other rows of expected shortfall. */
    public TableInputs with(ExpectedShortfallRows others) {
        return new TableInputs(scenarios, statistics, others, liquidity, classes, before, record);
    }

    /** Whether the epoch observed its market, whatever it saw. */
    public boolean isObserved() {
        return !liquidity.equals(LiquidityObservations.NONE);
    }

    /** With another record. */
    public TableInputs with(MarketRecord other) {
        return new TableInputs(scenarios, statistics, shortfall, liquidity, classes, before, other);
    }

    /** With other observations of liquidity. */
    public TableInputs with(LiquidityObservations others) {
        return new TableInputs(scenarios, statistics, shortfall, others, classes, before, record);
    }

    /**
     * With the classes that follow from what is known here, where governance lets them.
     *
     * @param before the table of the epoch before, whose classes the assets had until now
     */
    public TableInputs classed(Listing listing, ParameterSet parameters, Optional<RiskTable> before) {
        boolean follows =
                parameters.value(ScenarioParameters.DESIGN) == 1 && parameters.value(ClassParameters.OBSERVED) == 1;
        return follows ? with(new ObservedClasses(listing, parameters, this).after(before)) : this;
    }

    /** With other classes. */
    public TableInputs with(AssetClasses others) {
        return new TableInputs(scenarios, statistics, shortfall, liquidity, others, this.before, record);
    }

    /** After the table of the epoch before. */
    public TableInputs after(RiskTable table) {
        return new TableInputs(scenarios, statistics, shortfall, liquidity, classes, Optional.of(table), record);
    }
}
