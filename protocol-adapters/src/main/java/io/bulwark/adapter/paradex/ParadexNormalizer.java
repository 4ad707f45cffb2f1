package io.bulwark.adapter.paradex;

import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.paradex.ParadexPayload.Balance;
import io.bulwark.adapter.paradex.ParadexPayload.Position;
import io.bulwark.adapter.paradex.ParadexPayload.Price;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From the venue's words to holdings: balances without the gains of positions, perpetuals from their prices of entry, funding that is not settled as accrued. */
final class ParadexNormalizer {
    private final ParadexConfiguration configuration;

    ParadexNormalizer(ParadexConfiguration configuration) {
        this.configuration = configuration;
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(ParadexFacts.VENUE, raw, listing);
        snapshot.requireTime("server_time", ParadexPayload.time(snapshot.reading(ParadexClient.TIME)));
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        ParadexPayload.requireAccount(
                snapshot.reading(ParadexClient.ACCOUNT),
                snapshot.raw().account().address(),
                configuration.settlement());
        List<Holding> holdings = new ArrayList<>();
        for (Position position : Position.of(snapshot.reading(ParadexClient.POSITIONS))) {
            ListedInstrument listed = snapshot.held("market", position.market());
            requireNamed(snapshot, listed);
            holdings.add(new Holding.Derivative(
                    listed.number(), position.size(), Optional.of(position.entryPrice()), position.funding()));
        }
        for (Balance balance : Balance.of(snapshot.reading(ParadexClient.BALANCES))) {
            snapshot.balance(balance.token(), balance.size()).ifPresent(holdings::add);
        }
        return snapshot.holding(holdings);
    }

    private void requireNamed(ExchangeSnapshot snapshot, ListedInstrument listed) {
        boolean same = listed.contract() instanceof Instrument.Perpetual p
                && !p.inverse()
                && p.settlement().equals(configuration.settlement())
                && listed.symbol().equals(p.underlying() + "-USD-PERP");
        if (!same) {
            throw snapshot.refusal(
                    "market",
                    listed.symbol(),
                    "must be listed as the perpetual that it names; listed is " + listed.contract());
        }
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (String market : configuration.markets()) {
            List<Price> prices = Price.of(snapshot.reading(ParadexClient.SUMMARY, ParadexClient.question(market)));
            if (prices.size() != 1 || !prices.getFirst().market().equals(market)) {
                throw snapshot.refusal("results", prices.size() + " rows", "must be the one market " + market);
            }
            Price price = prices.getFirst();
            snapshot.listed(market).ifPresent(listed -> {
                String group = snapshot.group(listed);
                if (indexed.add(group)) {
                    reports.add(snapshot.report(Measure.INDEX_PRICE, group, price.index(), price.timeMillis()));
                }
                reports.add(snapshot.report(Measure.MARK_PRICE, listed.name(), price.mark(), price.timeMillis()));
            });
        }
        return snapshot.reporting(reports);
    }
}
