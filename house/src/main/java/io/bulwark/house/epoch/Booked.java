package io.bulwark.house.epoch;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import io.bulwark.netting.portfolio.Aggregation;
import io.bulwark.netting.portfolio.ClaimGraph;
import io.bulwark.netting.portfolio.ConversionBasis;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.portfolio.PortfolioResult;
import io.bulwark.netting.revaluation.PublishedTable;
import io.bulwark.netting.risktable.RiskTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who holds what, and where.
 *
 * @param published the margin table as the listing has its entries
 * @param portfolios of every account, in its order
 * @param market with every entry where it stands
 * @param table the margin table that is sealed
 */
record Booked(
        PublishedTable published, Map<AccountInput, PortfolioResult> portfolios, EpochMarket market, RiskTable table) {
    /**
     * The accounts of an epoch's material.
     *
     * @param listed the market as the listing has its entries
     */
    static Booked of(EpochMaterial material, EpochMarket listed) {
        PublishedTable published = listed.plainTable();
        ConversionBasis basis = new ConversionBasis(listed.listing(), listed.market(), published.table());
        ClaimGraph claims = ClaimGraph.of(material.snapshots().said());
        Map<AccountInput, PortfolioResult> portfolios = new LinkedHashMap<>();
        material.inputs().accounts().forEach(a -> portfolios.put(a, portfolio(a, material, claims, basis)));
        EpochMarket placed = listed.with(portfolios.values().stream()
                .filter(Portfolio.class::isInstance)
                .map(Portfolio.class::cast)
                .toList());
        return new Booked(published, portfolios, placed, placed.placed(published.table()));
    }

    private static PortfolioResult portfolio(
            AccountInput input, EpochMaterial material, ClaimGraph claims, ConversionBasis basis) {
        ClearingAccount account = new ClearingAccount(
                input.number(), material.founding().nameOf(input.number()), input.member(), input.venueAccounts());
        return Aggregation.of(account, material.snapshots().said(), claims, input.paid(), basis);
    }

    /** Names of the venues that an account spans, in listing order. */
    List<String> venues(AccountInput input) {
        return input.venueAccounts().stream()
                .map(v -> market.listing().venue(v.venue()).name())
                .distinct()
                .toList();
    }

    /** How much of the equity of a margined account stands behind connections of each mode. */
    EquityByMode modes(Portfolio portfolio, MarginAccount lots) {
        return EquityByMode.of(
                table,
                market.listing(),
                lots,
                portfolio.origins(),
                market.placement()
                        .map(placement -> placement.numbers(portfolio.origins(), portfolio.standings()))
                        .orElse(Origin::number));
    }
}
