package io.bulwark.adapter.bybit;

import io.bulwark.adapter.bybit.BybitPayload.Coin;
import io.bulwark.adapter.bybit.BybitPayload.Page;
import io.bulwark.adapter.bybit.BybitPayload.Position;
import io.bulwark.adapter.bybit.BybitPayload.Ticker;
import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.exchange.OptionName;
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
 * From the venue's words to holdings. A size is in the coin, or in USD of an inverse contract, which the category tells that was asked for; the venue's value of a position
 * is never taken. The wallet is told before what spot trading borrowed is taken off, and after what derivatives borrowed.
 */
final class BybitNormalizer {
    private final BybitConfiguration configuration;

    BybitNormalizer(BybitConfiguration configuration) {
        this.configuration = configuration;
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(BybitFacts.VENUE, raw, listing);
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        BybitPayload.requireOneWallet(snapshot.reading(BybitClient.INFO));
        List<Holding> holdings = new ArrayList<>();
        boolean first = true;
        for (String question : BybitClient.questions(configuration)) {
            Optional<String> asked = Optional.of(question);
            while (asked.isPresent()) {
                Page<Position> page = BybitClient.page(snapshot.reading(BybitClient.POSITIONS, asked.get()), question);
                if (first) {
                    snapshot.requireTime("time", page.timeMillis());
                    first = false;
                }
                holdings.addAll(holdings(snapshot, page, BybitClient.inverse(question)));
                String before = asked.get();
                asked = page.cursor().map(cursor -> BybitClient.behind(question, cursor));
                if (asked.filter(before::equals).isPresent()) {
                    throw snapshot.refusal("result.nextPageCursor", before, "must lead on");
                }
            }
        }
        for (Coin coin : Coin.of(snapshot.reading(BybitClient.WALLET, BybitClient.UNIFIED))) {
            snapshot.balance(coin.coin(), coin.wallet()).ifPresent(holdings::add);
            snapshot.balance(coin.coin(), coin.borrowed().negate()).ifPresent(holdings::add);
        }
        return snapshot.holding(holdings);
    }

    private static List<Holding> holdings(ExchangeSnapshot snapshot, Page<Position> page, boolean inverse) {
        List<Holding> holdings = new ArrayList<>();
        for (Position position : page.rows()) {
            if (position.size().signum() != 0) {
                ListedInstrument listed = snapshot.held("symbol", position.symbol());
                requireNamed(snapshot, listed, inverse);
                boolean option = listed.contract() instanceof Instrument.Option;
                holdings.add(new Holding.Derivative(
                        listed.number(),
                        position.size(),
                        option ? Optional.empty() : Optional.of(position.settledPrice()),
                        Amount.ZERO));
            }
        }
        return holdings;
    }

    /** A symbol and its category say what the contract is; the listing must say the same. */
    private static void requireNamed(ExchangeSnapshot snapshot, ListedInstrument listed, boolean inverse) {
        Map<String, String> units = BybitUnits.units(listed.symbol());
        boolean same = switch (listed.contract()) {
            case Instrument.Perpetual p ->
                p.inverse() == inverse
                        && p.underlying().equals(units.get("B"))
                        && p.settlement().equals(units.get("S"));
            case Instrument.Option o ->
                OptionName.of(listed.symbol())
                        .filter(name -> name.underlying().equals(o.underlying())
                                && name.isListedAs(o, units.getOrDefault("S", "")))
                        .isPresent();
            default -> false;
        };
        if (!same) {
            throw snapshot.refusal(
                    "symbol",
                    listed.symbol(),
                    "must be listed as the perpetual or option that it names; listed is " + listed.contract());
        }
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        snapshot.requireTime("time", BybitPayload.time(snapshot.reading(BybitClient.TIME)));
        List<PriceReport> reports = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (String symbol : configuration.linear()) {
            Page<Ticker> page = ticker(snapshot, "linear", symbol);
            snapshot.listed(symbol).ifPresent(listed -> {
                Ticker ticker = page.rows().getFirst();
                if (indexed.add(snapshot.group(listed))) {
                    reports.add(
                            report(snapshot, Measure.INDEX_PRICE, snapshot.group(listed), ticker, "indexPrice", page));
                }
                reports.add(report(snapshot, Measure.MARK_PRICE, listed.name(), ticker, "markPrice", page));
            });
        }
        for (String symbol : configuration.inverse()) {
            Page<Ticker> page = ticker(snapshot, "inverse", symbol);
            snapshot.listed(symbol)
                    .ifPresent(listed -> reports.add(report(
                            snapshot,
                            Measure.MARK_PRICE,
                            listed.name(),
                            page.rows().getFirst(),
                            "markPrice",
                            page)));
        }
        for (String coin : configuration.options()) {
            reports.addAll(options(snapshot, coin));
        }
        return snapshot.reporting(reports);
    }

    private static Page<Ticker> ticker(ExchangeSnapshot snapshot, String category, String symbol) {
        Page<Ticker> page = Ticker.of(snapshot.reading(BybitClient.TICKERS, BybitClient.ticker(category, symbol)));
        if (page.rows().size() != 1 || !page.rows().getFirst().symbol().equals(symbol)) {
            throw snapshot.refusal("result.list", page.rows().size() + " rows", "must be the one contract " + symbol);
        }
        return page;
    }

    private static PriceReport report(
            ExchangeSnapshot snapshot,
            Measure measure,
            String subject,
            Ticker ticker,
            String field,
            Page<Ticker> page) {
        return snapshot.report(measure, subject, ticker.fields().decimal(field), page.timeMillis());
    }

    /** Marks are in USD and volatilities fractions; a mark or volatility of zero is none. */
    private static List<PriceReport> options(ExchangeSnapshot snapshot, String coin) {
        Page<Ticker> page = Ticker.of(snapshot.reading(BybitClient.TICKERS, BybitClient.options(coin)));
        List<PriceReport> reports = new ArrayList<>();
        for (Ticker ticker : page.rows()) {
            Optional<ListedInstrument> listed = snapshot.listed(ticker.symbol());
            if (listed.isEmpty()) {
                continue;
            }
            requireNamed(snapshot, listed.get(), false);
            if (ticker.fields().decimal("markPrice").signum() != 0) {
                reports.add(report(snapshot, Measure.MARK_PRICE, listed.get().name(), ticker, "markPrice", page));
            }
            if (ticker.fields().decimal("markIv").signum() != 0) {
                reports.add(report(
                        snapshot, Measure.IMPLIED_VOLATILITY, listed.get().name(), ticker, "markIv", page));
            }
        }
        return reports;
    }
}
