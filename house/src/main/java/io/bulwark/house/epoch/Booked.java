package io.bulwark.house.epoch;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import io.bulwark.netting.liquidity.LiquidityParameters;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.liquidity.ObservedMarket;
import io.bulwark.netting.portfolio.Aggregation;
import io.bulwark.netting.portfolio.ClaimGraph;
import io.bulwark.netting.portfolio.ConversionBasis;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.Origin;
import io.bulwark.netting.portfolio.Portfolio;
import io.bulwark.netting.portfolio.PortfolioResult;
import io.bulwark.netting.revaluation.PublishedTable;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.TableInputs;
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
     * The accounts of an epoch's material, once what its inputs name is found to be what is there.
     *
     * @param last what was calibrated last
     */
    static Booked of(EpochMaterial material, LastCalibration last) {
        Listing listing = material.founding().listing();
        List<PriceReport> reports = material.snapshots().reports();
        requireSealed(material.inputs(), reports);
        requireShown(material.inputs(), material.snapshots().market(listing));
        return of(
                material,
                new EpochMarket(
                        listing,
                        EpochComputation.market(material, reports),
                        material.parameters(),
                        last.of(material, EpochComputation::observed)));
    }

    private static void requireSealed(EpochInputs inputs, List<PriceReport> reports) {
        if (!inputs.reports().equals(reports.stream().map(PriceReport::id).toList())) {
            throw new IllegalStateException("the price reports of the snapshots are not the sealed ones");
        }
    }

    private static void requireShown(EpochInputs inputs, List<MarketReport> shown) {
        Digest again = MarketReport.canonical(shown).sha256();
        if (!inputs.documents().getOrDefault(EpochArchive.MARKET, again).equals(again)) {
            throw new IllegalStateException("the market reports of the snapshots are not the sealed ones");
        }
    }

    /**
     * The accounts of an epoch's material.
     *
     * @param listed the market as the listing has its entries
     */
    static Booked of(EpochMaterial material, EpochMarket listed) {
        EpochMarket market = (material.observes() && listed.isObserved() ? observed(material, listed) : listed)
                .classed(material.before().map(EpochMaterial.Before::table));
        PublishedTable published = market.plainTable();
        Map<AccountInput, PortfolioResult> portfolios = portfolios(material, market, published);
        EpochMarket placed = market.with(whole(portfolios));
        return new Booked(published, portfolios, placed, placed.placed(published.table()));
    }

    /**
     * With what the epoch observes. What accounts hold together is an input of the table by which they are converted, so they are converted
     * once before by a table without it: their lots are the same, and so is the side that they crowd.
     */
    private static EpochMarket observed(EpochMaterial material, EpochMarket listed) {
        PublishedTable first = listed.plainTable();
        List<MarginAccount> accounts = whole(portfolios(material, listed, first)).stream()
                .map(Portfolio::account)
                .toList();
        ObservedMarket shown = ObservedMarket.of(
                listed.listing(),
                listed.market(),
                material.snapshots().market(listed.listing()),
                material.before().map(EpochMaterial.Before::record).orElse(MarketRecord.NONE),
                listed.parameters());
        boolean skewed = listed.parameters().value(LiquidityParameters.SKEW) == 1;
        ObservedMarket.Held held = (skewed
                        ? shown.withSkews(RiskTableBuilder.skews(listed.listing(), listed.market()))
                        : shown)
                .with(accounts, first.table());
        TableInputs inputs = listed.inputs()
                .with(held.record())
                .with(held.liquidity())
                .with(listed.inputs().statistics().withSkewScores(held::skewScore));
        // A table that charged nothing of this is no table from whose slopes these could rise by a step.
        return listed.with(material.before()
                .map(EpochMaterial.Before::table)
                .filter(table -> MarketRecord.digest(table).isPresent())
                .map(inputs::after)
                .orElse(inputs));
    }

    private static Map<AccountInput, PortfolioResult> portfolios(
            EpochMaterial material, EpochMarket market, PublishedTable published) {
        ConversionBasis basis = new ConversionBasis(market.listing(), market.market(), published.table());
        ClaimGraph claims = ClaimGraph.of(material.snapshots().said());
        Map<AccountInput, PortfolioResult> portfolios = new LinkedHashMap<>();
        material.inputs().accounts().forEach(a -> portfolios.put(a, portfolio(a, material, claims, basis)));
        return portfolios;
    }

    private static List<Portfolio> whole(Map<AccountInput, PortfolioResult> portfolios) {
        return portfolios.values().stream()
                .filter(Portfolio.class::isInstance)
                .map(Portfolio.class::cast)
                .toList();
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
