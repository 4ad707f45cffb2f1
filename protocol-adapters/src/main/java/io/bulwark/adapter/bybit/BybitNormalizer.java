package io.bulwark.adapter.bybit;

import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.exchange.GainIdentity;
import io.bulwark.adapter.exchange.OptionName;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From the venue's words to holdings. A size is in the coin, or in USD of an inverse contract, which the category tells that was asked for; the venue's value of a position
 * is never taken. The wallet is told before what spot trading borrowed is taken off, and after what derivatives borrowed.
 */
record BybitNormalizer(BybitVenue.Configuration configuration) {
    private static final Set<String> ONE_WALLET = Set.of("5", "6");

    private static final String LINEAR = "category=linear";

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(BybitDecoder.VENUE, raw, listing);
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        requireOneWallet(snapshot);
        List<Holding> holdings = new ArrayList<>();
        List<LiquidationPrice> limits = new ArrayList<>();
        boolean first = true;
        for (String question : BybitClient.questions(configuration)) {
            Optional<String> asked = Optional.of(question);
            while (asked.isPresent()) {
                byte[] answer = snapshot.reading(BybitClient.POSITIONS, asked.get());
                FactSheet page = page(answer);
                if (first) {
                    snapshot.requireTime("time", page.time());
                    first = false;
                }
                holdings.addAll(holdings(snapshot, answer, BybitClient.inverse(question)));
                if (question.startsWith(LINEAR)) {
                    limits.addAll(page.linearLimits());
                }
                String before = asked.get();
                asked = page.noted(BybitDecoder.CURSOR).map(cursor -> BybitClient.behind(question, cursor));
                if (asked.filter(before::equals).isPresent()) {
                    throw snapshot.refusal("result.nextPageCursor", before, "must lead on");
                }
            }
        }
        FactSheet wallet = decoded("wallet-balance", snapshot.reading(BybitClient.WALLET, BybitClient.UNIFIED));
        if (wallet.noted("accountType").isEmpty()) {
            throw snapshot.refusal("result.list", "", "must be one account (an empty answer is unknown, not zero)");
        }
        for (Fact coin : wallet.all("wallet balance")) {
            Amount borrowed = wallet.sameRow(coin, "borrowed by spot trading")
                    .map(Fact::signed)
                    .orElse(Amount.ZERO);
            Amount interest =
                    wallet.sameRow(coin, "interest accrued").orElseThrow().signed();
            snapshot.balance(coin.subject(), coin.signed()).ifPresent(holdings::add);
            snapshot.balance(coin.subject(), borrowed.minus(interest)).ifPresent(holdings::add);
        }
        return snapshot.holding(
                holdings,
                BybitDecoder.INSTANCE.standings(wallet).stream()
                        .map(standing -> standing.limited(limits))
                        .toList());
    }

    /** Derivatives and spot share one wallet: an older account holds its inverse contracts in another, which is not read. */
    private static void requireOneWallet(ExchangeSnapshot snapshot) {
        String status = decoded("account/info", snapshot.reading(BybitClient.INFO)).facts().stream()
                .flatMap(fact -> Optional.ofNullable(fact.words().get("unifiedMarginStatus")).stream())
                .findFirst()
                .orElse("");
        if (!ONE_WALLET.contains(status)) {
            throw snapshot.refusal(
                    "result.unifiedMarginStatus",
                    status,
                    "must be 5 or 6: another account keeps a second wallet, which is not read");
        }
    }

    private static FactSheet decoded(String kind, byte[] answer) {
        return BybitDecoder.INSTANCE.decode(kind, answer).whole();
    }

    /** A page of positions. */
    static FactSheet page(byte[] answer) {
        return decoded("position/list", answer);
    }

    /** The venue's time of an answer that names nothing else, epoch milliseconds. */
    static long time(byte[] answer) {
        return decoded("time", answer).time();
    }

    /**
     * An open position.
     *
     * @param symbol the venue's name of the contract
     * @param place tells two sides of one contract apart
     * @param size signed
     * @param settledPrice up to which gains are paid: the last settlement's of contracts that are settled in sessions, else the average entry's
     */
    record Position(String symbol, String place, Amount size, Amount settledPrice) {
        /** The open positions of a page, what each has gained checked. */
        static List<Position> of(byte[] answer, boolean inverse) {
            FactSheet page = page(answer);
            return page.all(FactKind.POSITION).stream()
                    .map(position -> of(page, position, inverse))
                    .toList();
        }

        private static Position of(FactSheet page, Fact size, boolean inverse) {
            Amount settled = page.sameRow(size, "settlement price")
                    .orElseGet(() -> page.inRow(size, "average entry price"))
                    .signed();
            GainIdentity.require(
                    BybitDecoder.VENUE,
                    page.inRow(size, "unrealised gain"),
                    size.signed(),
                    inverse,
                    settled,
                    page.inRow(size, "mark price").signed());
            return new Position(size.subject(), size.words().getOrDefault("positionIdx", ""), size.signed(), settled);
        }
    }

    private static List<Holding> holdings(ExchangeSnapshot snapshot, byte[] page, boolean inverse) {
        List<Holding> holdings = new ArrayList<>();
        for (Position position : Position.of(page, inverse)) {
            ListedInstrument listed = snapshot.held("symbol", position.symbol());
            requireNamed(snapshot, listed, inverse);
            boolean option = listed.contract() instanceof Instrument.Option;
            holdings.add(new Holding.Derivative(
                    listed.number(),
                    position.size(),
                    option ? Optional.empty() : Optional.of(position.settledPrice()),
                    Amount.ZERO));
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
        snapshot.requireNamed(same, "symbol", listed, "perpetual or option");
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        snapshot.requireTime("time", time(snapshot.reading(BybitClient.TIME)));
        List<PriceReport> reports = new ArrayList<>();
        List<MarketReport> shown = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (String symbol : configuration.linear()) {
            FactSheet ticker = ticker(snapshot, "linear", symbol);
            snapshot.listed(symbol).ifPresent(listed -> {
                String group = snapshot.group(listed);
                if (indexed.add(group)) {
                    reports.add(
                            report(snapshot, Measure.INDEX_PRICE, group, ticker, ticker.one(symbol, "index price")));
                }
                reports.add(
                        report(snapshot, Measure.MARK_PRICE, listed.name(), ticker, ticker.one(symbol, "mark price")));
                spread(snapshot, ticker, symbol, listed).ifPresent(shown::add);
            });
        }
        for (String symbol : configuration.inverse()) {
            FactSheet ticker = ticker(snapshot, "inverse", symbol);
            snapshot.listed(symbol).ifPresent(listed -> {
                reports.add(
                        report(snapshot, Measure.MARK_PRICE, listed.name(), ticker, ticker.one(symbol, "mark price")));
                spread(snapshot, ticker, symbol, listed).ifPresent(shown::add);
            });
        }
        for (String coin : configuration.options()) {
            reports.addAll(options(snapshot, coin));
        }
        return snapshot.reporting(reports, shown);
    }

    private static Optional<MarketReport> spread(
            ExchangeSnapshot snapshot, FactSheet ticker, String symbol, ListedInstrument listed) {
        return snapshot.spread(ticker, symbol, listed, "best bid", "best ask", ticker.time());
    }

    private static FactSheet ticker(ExchangeSnapshot snapshot, String category, String symbol) {
        FactSheet ticker =
                decoded("tickers", snapshot.reading(BybitClient.TICKERS, BybitClient.ticker(category, symbol)));
        List<String> told =
                ticker.facts().stream().map(Fact::subject).distinct().toList();
        if (!told.equals(List.of(symbol))) {
            throw snapshot.refusal("result.list", told.toString(), "must be the one contract " + symbol);
        }
        return ticker;
    }

    private static PriceReport report(
            ExchangeSnapshot snapshot, Measure measure, String subject, FactSheet ticker, Fact price) {
        return snapshot.report(measure, subject, price.signed(), ticker.time());
    }

    /** Marks are in USD and volatilities fractions; a mark or volatility of zero is none. */
    private static List<PriceReport> options(ExchangeSnapshot snapshot, String coin) {
        FactSheet tickers = decoded("tickers", snapshot.reading(BybitClient.TICKERS, BybitClient.options(coin)));
        List<PriceReport> reports = new ArrayList<>();
        for (Fact volatility : tickers.all("mark volatility")) {
            Optional<ListedInstrument> listed = snapshot.listed(volatility.subject());
            if (listed.isEmpty()) {
                continue;
            }
            requireNamed(snapshot, listed.get(), false);
            String name = listed.get().name();
            tickers.sameRow(volatility, "mark price")
                    .ifPresent(mark -> reports.add(report(snapshot, Measure.MARK_PRICE, name, tickers, mark)));
            if (volatility.signed().signum() != 0) {
                reports.add(report(snapshot, Measure.IMPLIED_VOLATILITY, name, tickers, volatility));
            }
        }
        return reports;
    }
}
