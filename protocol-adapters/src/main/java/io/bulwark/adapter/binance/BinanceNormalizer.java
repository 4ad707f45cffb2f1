package io.bulwark.adapter.binance;

import io.bulwark.adapter.binance.BinancePayload.Balance;
import io.bulwark.adapter.binance.BinancePayload.Position;
import io.bulwark.adapter.binance.BinancePayload.Price;
import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From the venue's words to holdings: wallets without the gains of positions, which the table reckons from their prices of entry. The venue's collateral rates are in none of
 * them.
 */
final class BinanceNormalizer {
    private final BinanceConfiguration configuration;

    BinanceNormalizer(BinanceConfiguration configuration) {
        this.configuration = configuration;
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(BinanceFacts.VENUE, raw, listing);
        snapshot.requireTime("serverTime", BinancePayload.time(snapshot.reading(BinanceClient.TIME)));
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        BinancePayload.requireSummary(snapshot.reading(BinanceClient.ACCOUNT));
        List<Holding> holdings = new ArrayList<>();
        for (Position position : Position.linear(snapshot.reading(BinanceClient.LINEAR))) {
            holding(snapshot, position, false).ifPresent(holdings::add);
        }
        byte[] inverse = snapshot.reading(BinanceClient.INVERSE);
        for (Position position : Position.inverse(inverse, configuration.inverse())) {
            holding(snapshot, position, true).ifPresent(holdings::add);
        }
        for (Balance balance : Balance.of(snapshot.reading(BinanceClient.BALANCE))) {
            snapshot.balance(balance.asset(), balance.wallet()).ifPresent(holdings::add);
            snapshot.balance(balance.asset(), balance.owed().negate()).ifPresent(holdings::add);
        }
        return snapshot.holding(holdings);
    }

    private static Optional<Holding> holding(ExchangeSnapshot snapshot, Position position, boolean inverse) {
        if (position.size().signum() == 0) {
            return Optional.empty();
        }
        ListedInstrument listed = snapshot.held("symbol", position.symbol());
        requireNamed(snapshot, listed, inverse);
        return Optional.of(new Holding.Derivative(
                listed.number(), position.size(), Optional.of(position.entryPrice()), Amount.ZERO));
    }

    /** A dated contract has an underscore and a date behind it, a perpetual of USD margin has none. */
    private static void requireNamed(ExchangeSnapshot snapshot, ListedInstrument listed, boolean inverse) {
        Map<String, String> units = BinanceUnits.units(listed.symbol());
        boolean named =
                inverse ? listed.symbol().endsWith("USD_PERP") : listed.symbol().indexOf('_') < 0;
        boolean same = named
                && listed.contract() instanceof Instrument.Perpetual p
                && p.inverse() == inverse
                && p.underlying().equals(units.get("B"))
                && p.settlement().equals(units.get("S"));
        if (!same) {
            throw snapshot.refusal(
                    "symbol",
                    listed.symbol(),
                    "must be listed as the perpetual that it names; listed is " + listed.contract());
        }
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (String symbol : configuration.linear()) {
            Price price = price(snapshot, BinanceClient.LINEAR_PRICE, symbol);
            snapshot.listed(symbol).ifPresent(listed -> {
                String group = snapshot.group(listed);
                if (indexed.add(group)) {
                    reports.add(snapshot.report(Measure.INDEX_PRICE, group, price.index(), price.timeMillis()));
                }
                reports.add(snapshot.report(Measure.MARK_PRICE, listed.name(), price.mark(), price.timeMillis()));
            });
        }
        for (String symbol : configuration.inverse().keySet()) {
            Price price = price(snapshot, BinanceClient.INVERSE_PRICE, symbol);
            snapshot.listed(symbol)
                    .ifPresent(listed -> reports.add(
                            snapshot.report(Measure.MARK_PRICE, listed.name(), price.mark(), price.timeMillis())));
        }
        return snapshot.reporting(reports);
    }

    private static Price price(ExchangeSnapshot snapshot, String method, String symbol) {
        Price price = Price.of(method, snapshot.reading(method, "symbol=" + symbol));
        if (!price.symbol().equals(symbol)) {
            throw snapshot.refusal("symbol", price.symbol(), "must be " + symbol + ", which was asked for");
        }
        return price;
    }
}
