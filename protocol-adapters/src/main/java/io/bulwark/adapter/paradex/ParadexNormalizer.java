package io.bulwark.adapter.paradex;

import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding.LiquidationPrice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From the venue's words to holdings: balances without the gains of positions, perpetuals from their prices of entry, funding that is not settled as accrued. */
record ParadexNormalizer(ParadexVenue.Configuration configuration) {
    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(ParadexDecoder.VENUE, raw, listing);
        snapshot.requireTime("server_time", time(snapshot.reading(ParadexClient.TIME)));
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private static FactSheet decoded(String kind, byte[] answer) {
        return ParadexDecoder.INSTANCE.decode(kind, answer).whole();
    }

    /** The venue's time, epoch milliseconds. */
    static long time(byte[] answer) {
        FactSheet clock = decoded("system/time", answer);
        return clock.time(clock.one("time"));
    }

    /**
     * An open position.
     *
     * @param market the venue's name
     * @param size signed, in the coin
     * @param entryPrice average
     * @param funding not yet settled, signed as it will be
     */
    record Position(String market, Amount size, Amount entryPrice, Amount funding) {
        /** The open positions of an answer; a closed one leaves a row behind. */
        static List<Position> of(byte[] answer) {
            FactSheet sheet = decoded("positions", answer);
            return sheet.all(FactKind.POSITION).stream()
                    .map(held -> new Position(
                            held.subject(),
                            held.signed(),
                            held.besides("entry price").orElseThrow(),
                            sheet.inRow(held, "funding not yet settled").signed()))
                    .toList();
        }
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        requireAccount(snapshot);
        List<Holding> holdings = new ArrayList<>();
        for (Position position : Position.of(snapshot.reading(ParadexClient.POSITIONS))) {
            ListedInstrument listed = snapshot.held("market", position.market());
            requireNamed(snapshot, listed);
            holdings.add(new Holding.Derivative(
                    listed.number(), position.size(), Optional.of(position.entryPrice()), position.funding()));
        }
        for (Fact balance :
                decoded("balances", snapshot.reading(ParadexClient.BALANCES)).all("balance")) {
            snapshot.balance(balance.subject(), balance.signed()).ifPresent(holdings::add);
        }
        List<LiquidationPrice> limits = limits(decoded("positions", snapshot.reading(ParadexClient.POSITIONS)));
        return snapshot.holding(
                holdings,
                ParadexDecoder.INSTANCE.standings(decoded("account", snapshot.reading(ParadexClient.ACCOUNT))).stream()
                        .map(standing -> standing.limited(limits))
                        .toList());
    }

    /** What a position is worth is what it cost and gained; a row that tells no gain tells no mark. */
    private static List<LiquidationPrice> limits(FactSheet positions) {
        return positions.all(FactKind.POSITION).stream()
                .flatMap(held -> held.besides("unrealised gain").stream()
                        .flatMap(gain -> positions
                                .limit(
                                        held.subject(),
                                        held.signed(),
                                        held.signed()
                                                .times(held.besides("entry price")
                                                        .orElseThrow())
                                                .plus(gain),
                                        positions.sameRow(held, "liquidation price"))
                                .stream()))
                .toList();
    }

    /** The account as a whole must be the one that was asked for, and settle in what the house says. */
    private void requireAccount(ExchangeSnapshot snapshot) {
        Fact value = decoded("account", snapshot.reading(ParadexClient.ACCOUNT)).one("account value");
        String told = value.words().getOrDefault("account", "");
        String address = snapshot.raw().account().address();
        if (!told.equals(address)) {
            throw snapshot.refusal("account", told, "must be one of [" + address + "]");
        }
        String settles = value.figure().orElseThrow().unit();
        if (!settles.equals(configuration.settlement())) {
            throw snapshot.refusal("settlement_asset", settles, "must be one of [" + configuration.settlement() + "]");
        }
    }

    private void requireNamed(ExchangeSnapshot snapshot, ListedInstrument listed) {
        boolean same = listed.contract() instanceof Instrument.Perpetual p
                && !p.inverse()
                && p.settlement().equals(configuration.settlement())
                && listed.symbol().equals(p.underlying() + "-USD-PERP");
        snapshot.requireNamed(same, "market", listed, "perpetual");
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        List<MarketReport> shown = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (String market : configuration.markets()) {
            FactSheet prices =
                    decoded("markets/summary", snapshot.reading(ParadexClient.SUMMARY, ParadexClient.question(market)));
            List<String> told =
                    prices.all("mark price").stream().map(Fact::subject).toList();
            if (!told.equals(List.of(market))) {
                throw snapshot.refusal("results", told.size() + " rows", "must be the one market " + market);
            }
            Fact mark = prices.one(market, "mark price");
            Fact index = prices.inRow(mark, "price of the underlying");
            snapshot.listed(market).ifPresent(listed -> {
                String group = snapshot.group(listed);
                if (indexed.add(group)) {
                    reports.add(snapshot.report(Measure.INDEX_PRICE, group, index.signed(), prices.time(index)));
                }
                reports.add(snapshot.report(Measure.MARK_PRICE, listed.name(), mark.signed(), prices.time(mark)));
                snapshot.spread(prices, market, listed, "best bid", "best ask", prices.time(mark))
                        .ifPresent(shown::add);
            });
        }
        return snapshot.reporting(reports, shown);
    }
}
