package io.bulwark.house.epoch;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.liquidity.LiquidityParameters;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.revaluation.PublishedTable;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.netting.scenario.NamedScenarios;
import io.bulwark.netting.scenario.Recipe;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.scenario.Submission;
import io.bulwark.netting.scenario.TableInputs;
import java.util.List;
import java.util.Optional;

/**
 * What the risk table of an epoch was built from, so that it can be built again for a market that has moved.
 *
 * @param listing what is listed
 * @param market prices and volatilities of the epoch
 * @param parameters the governed numbers
 * @param inputs what a table of the full design is built from beside them
 * @param placement where the house's entries stand; empty in a house whose tables do not say so
 */
public record EpochMarket(
        Listing listing, Market market, ParameterSet parameters, TableInputs inputs, Optional<Placement> placement) {
    /** Of a house that does not say where its entries stand. */
    public EpochMarket(Listing listing, Market market, ParameterSet parameters, TableInputs inputs) {
        this(listing, market, parameters, inputs, Optional.empty());
    }

    /** The same with every entry of some portfolios where it stands, if the house says so. */
    public EpochMarket with(List<Portfolio> portfolios) {
        boolean says = parameters.value(PlacementParameters.VENUES) == 1;
        return new EpochMarket(
                listing,
                market,
                parameters,
                inputs,
                says ? Optional.of(Placement.of(listing, portfolios)) : Optional.empty());
    }

    /** The same after other observations. */
    EpochMarket with(TableInputs others) {
        return new EpochMarket(listing, market, parameters, others, placement);
    }

    /**
     * With assets classed by what is known of them.
     *
     * @param before the table of the epoch before
     */
    EpochMarket classed(Optional<RiskTable> before) {
        return with(inputs.classed(listing, parameters, before));
    }

    /** Whether its tables charge what was observed: those of the grid rest on governed numbers alone. */
    boolean isObserved() {
        return parameters.value(ScenarioParameters.DESIGN) == 1 && parameters.value(LiquidityParameters.OBSERVED) == 1;
    }

    /** The margin table as the listing has its entries, wherever they stand. */
    PublishedTable plainTable() {
        return RiskTableBuilder.marginTable(listing, market, parameters, inputs);
    }

    /** A margin table with every entry where it stands. */
    public RiskTable placed(RiskTable plain) {
        return placement
                .map(p -> p.table(plain, parameters, inputs))
                .orElse(plain)
                .inTreeOf(Math.toIntExact(parameters.value(PlacementParameters.DEPTH)));
    }

    /** An account in the numbers of the margin table. */
    public MarginAccount placed(Portfolio portfolio) {
        return placement.map(p -> p.account(portfolio)).orElseGet(portfolio::account);
    }

    /** The table that sizes the fund. */
    RiskTable vaultTable() {
        return vault(RiskTableBuilder.vaultTable(listing, market, parameters, inputs));
    }

    private RiskTable vault(PublishedTable plain) {
        return placement.map(p -> p.vault(plain.table(), parameters)).orElseGet(plain::table);
    }

    /** What extremes that the fund is not sized for would do, a row each; never sealed, only looked at. Empty where there are none. */
    public Optional<RiskTable> beyondPlausible() {
        Recipe recipe = Recipe.beyondPlausible(inputs.scenarios());
        return parameters.value(ScenarioParameters.DESIGN) == 1
                        && !recipe.rows().isEmpty()
                ? Optional.of(vault(RiskTableBuilder.lookedAt(recipe, listing, market, parameters, inputs)))
                : Optional.empty();
    }

    /** The margin table of the market after a move; never sealed, only looked at. */
    public RiskTable tableAfter(Market.Move move) {
        return placed(RiskTableBuilder.marginTable(listing, market.moved(listing, move), parameters, inputs)
                .table());
    }

    /** What days that happened would do to the epoch's book, at full weight: a table of the vault's design with a row for each of them. Never sealed, only looked at. */
    public RiskTable tableOf(List<CrashDay> days) {
        return vault(RiskTableBuilder.vaultTable(
                listing,
                market,
                parameters.with(ScenarioParameters.DESIGN, 1).with(ScenarioParameters.SKELETON, 0),
                inputs.with(new NamedScenarios(days, List.of(), List.of()))));
    }

    /** What scenarios that somebody asks about would do to the epoch's book, a row each in their order. Never sealed, only looked at. */
    public RiskTable tableOfSubmissions(List<Submission> submissions) {
        return vault(RiskTableBuilder.lookedAt(
                Recipe.submitted(submissions),
                listing,
                market,
                parameters.with(ScenarioParameters.DESIGN, 1).with(ScenarioParameters.SKELETON, 0),
                inputs));
    }

    /**
     * The table that sizes the fund with every price move so many times as large; never sealed, only looked at.
     *
     * @param scalePpm 0 to 5,000,000; 10⁶ gives the sealed rows
     */
    public RiskTable scaledVaultTable(int scalePpm) {
        return vault(RiskTableBuilder.scaledVaultTable(listing, market, parameters, inputs, scalePpm));
    }
}
