package io.bulwark.house.epoch;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.revaluation.PublishedTable;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.netting.scenario.NamedScenarios;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.scenario.TableInputs;
import java.util.List;

/**
 * What the risk table of an epoch was built from, so that it can be built again for a market that has moved.
 *
 * @param listing what is listed
 * @param market prices and volatilities of the epoch
 * @param parameters the governed numbers
 * @param inputs what a table of the full design is built from beside them
 */
public record EpochMarket(Listing listing, Market market, ParameterSet parameters, TableInputs inputs) {
    /** The margin table. */
    PublishedTable marginTable() {
        return RiskTableBuilder.marginTable(listing, market, parameters, inputs);
    }

    /** The table that sizes the fund. */
    RiskTable vaultTable() {
        return RiskTableBuilder.vaultTable(listing, market, parameters, inputs).table();
    }

    /** The margin table of the market after a move; never sealed, only looked at. */
    public RiskTable tableAfter(Market.Move move) {
        return RiskTableBuilder.marginTable(listing, market.moved(listing, move), parameters, inputs)
                .table();
    }

    /** What days that happened would do to the epoch's book, at full weight: a table of the vault's design with a row for each of them. Never sealed, only looked at. */
    public RiskTable tableOf(List<CrashDay> days) {
        return RiskTableBuilder.vaultTable(
                        listing,
                        market,
                        parameters.with(ScenarioParameters.DESIGN, 1),
                        inputs.with(new NamedScenarios(days, List.of(), List.of())))
                .table();
    }

    /**
     * The table that sizes the fund with every price move so many times as large; never sealed, only looked at.
     *
     * @param scalePpm 0 to 5,000,000; 10⁶ gives the sealed rows
     */
    public RiskTable scaledVaultTable(int scalePpm) {
        return RiskTableBuilder.scaledVaultTable(listing, market, parameters, inputs, scalePpm)
                .table();
    }
}
