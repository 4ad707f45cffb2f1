package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.LiquidationPrice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From the venue's words to holdings.
 *
 * <p>The venue's raw USD counts every position as paid in full. The balance behind the positions is therefore raw USD plus Σ size · entry price, and what each has
 * gained since its entry is left to the table's price. The entry price that is shown may be rounded; it enters both sides, so nothing is lost. Funding is paid
 * into the balance every hour, and none is shown as accrued.
 */
record HyperliquidNormalizer(HyperliquidVenue.Configuration configuration) {
    /** The share of a leg's worth within which the venue's own liquidation price must agree with what it counts. */
    private static final Amount TOLERANCE = Amount.of("0.02");

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(HyperliquidDecoder.VENUE, raw, listing);
        FactSheet state = decoded(snapshot, HyperliquidClient.STATE);
        snapshot.requireTime("time", state.time(state.one("account value")));
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot, state);
    }

    private static FactSheet decoded(ExchangeSnapshot snapshot, String method) {
        return HyperliquidDecoder.INSTANCE
                .decode(method, snapshot.reading(method))
                .whole();
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot, FactSheet state) {
        List<Holding> holdings = new ArrayList<>();
        requireCross(snapshot, state);
        for (Fact position : state.all(FactKind.POSITION)) {
            ListedInstrument instrument = snapshot.held("coin", position.subject());
            holdings.add(new Holding.Derivative(
                    instrument.number(), position.signed(), position.besides("entry price"), Amount.ZERO));
        }
        snapshot.balance(
                        configuration.settlement(),
                        state.one("balance behind the positions").signed())
                .ifPresent(holdings::add);
        List<VenueStanding> standings = HyperliquidDecoder.INSTANCE.standings(state);
        standings.forEach(standing -> requireLimits(snapshot, state, standing));
        return snapshot.holding(holdings, standings);
    }

    /**
     * Where the venue would close a leg that moves alone, that leg has lost what the venue counts beyond its requirement. The requirement
     * moves with the price, by the leg's own rate: half of what its highest leverage asks. In 2023 the venue left that out of the price
     * that
     * it told, so both readings pass; beyond them two hundredths of what the leg is worth.
     */
    private static void requireLimits(ExchangeSnapshot snapshot, FactSheet state, VenueStanding standing) {
        if (!(standing.count() instanceof VenueStanding.Told told)) {
            return;
        }
        for (Fact position : state.all(FactKind.POSITION)) {
            standing.limits().stream()
                    .filter(limit -> limit.symbol().equals(position.subject()))
                    .forEach(limit -> requireLimit(
                            snapshot, limit, told.distance(), state.sameRow(position, "highest leverage")));
        }
    }

    private static void requireLimit(
            ExchangeSnapshot snapshot, LiquidationPrice limit, Amount distance, Optional<Fact> leverage) {
        BigDecimal moved =
                limit.worth().minus(limit.size().times(limit.price())).abs().toDecimal();
        BigDecimal grown = leverage.map(Fact::signed)
                .filter(times -> times.signum() > 0)
                .map(times -> moved.divide(times.toDecimal().multiply(BigDecimal.TWO), MathContext.DECIMAL64))
                .orElse(BigDecimal.ZERO);
        BigDecimal allowed = limit.worth().abs().times(TOLERANCE).toDecimal().add(grown);
        if (limit.loss().minus(distance).abs().toDecimal().compareTo(allowed) > 0) {
            throw snapshot.refusal(
                    "liquidationPx of " + limit.symbol(),
                    limit.price().toString(),
                    "must be where the leg has lost crossMarginSummary.accountValue - crossMaintenanceMarginUsed = "
                            + distance + " within 2 % of its worth; it would have lost " + limit.loss()
                            + " (resting orders may hold margin)");
        }
    }

    /** The venue liquidates an isolated position by itself, on margin that is no part of what it counts of the account. */
    private static void requireCross(ExchangeSnapshot snapshot, FactSheet state) {
        for (Fact position : state.all(FactKind.POSITION)) {
            String mode = position.words().getOrDefault("margin", "");
            if (mode.equals("isolated")) {
                throw snapshot.refusal(
                        "leverage.type of " + position.subject(),
                        mode,
                        "must be cross: the venue liquidates an isolated position by itself");
            }
        }
        Amount whole = state.one("account value").signed();
        state.alone("cross account value").map(Fact::signed).ifPresent(cross -> {
            if (!cross.equals(whole)) {
                throw snapshot.refusal(
                        "crossMarginSummary.accountValue",
                        cross.toString(),
                        "must be marginSummary.accountValue " + whole + ": no position is isolated");
            }
        });
    }

    private static VenueSnapshot market(ExchangeSnapshot snapshot) {
        FactSheet market = decoded(snapshot, HyperliquidClient.MARKET);
        List<PriceReport> reports = new ArrayList<>();
        List<MarketReport> shown = new ArrayList<>();
        for (Fact listed : market.all("decimals of sizes")) {
            String coin = listed.subject();
            Amount index = market.one(coin, "oracle price").signed();
            Amount mark = market.one(coin, "mark price").signed();
            Optional<ListedInstrument> instrument = snapshot.listed(coin);
            boolean delisted =
                    listed.words().getOrDefault("isDelisted", "false").equals("true");
            if (instrument.isPresent() && !delisted) {
                reports.add(snapshot.report(Measure.INDEX_PRICE, snapshot.group(instrument.get()), index));
                reports.add(snapshot.report(Measure.MARK_PRICE, instrument.get().name(), mark));
                // What the venue's impact notional sells and buys at: never closer than the best quotes.
                snapshot.spread(
                                market,
                                coin,
                                instrument.get(),
                                "price of selling the impact notional",
                                "price of buying the impact notional",
                                snapshot.raw().horizon().timeMillis())
                        .ifPresent(shown::add);
            }
        }
        return snapshot.reporting(reports, shown);
    }
}
