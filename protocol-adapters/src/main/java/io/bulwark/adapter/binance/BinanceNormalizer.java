package io.bulwark.adapter.binance;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.exchange.GainIdentity;
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
 * From the venue's words to holdings: wallets without the gains of positions, which the table reckons from their prices of entry. The
 * venue's collateral rates are in none of them.
 */
record BinanceNormalizer(BinanceVenue.Configuration configuration) {
    private static final List<String> STATES = List.of(
            "NORMAL",
            "MARGIN_CALL",
            "SUPPLY_MARGIN",
            "REDUCE_ONLY",
            "ACTIVE_LIQUIDATION",
            "FORCE_LIQUIDATION",
            "BANKRUPTED");

    /** Equity and ratio of one answer may be of two moments; a field or a unit that is misunderstood is off by far more than this share. */
    private static final Amount RATIO_TOLERANCE = Amount.of("0.0001");

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(BinanceDecoder.VENUE, raw, listing);
        snapshot.requireTime("serverTime", time(snapshot.reading(BinanceClient.TIME)));
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private static FactSheet decoded(String kind, byte[] answer) {
        return BinanceDecoder.INSTANCE.decode(kind, answer).whole();
    }

    /** The venue's time, epoch milliseconds. */
    static long time(byte[] answer) {
        return decoded("time", answer).time();
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        FactSheet summary = decoded("portfolio/account", snapshot.reading(BinanceClient.ACCOUNT));
        requireSummary(snapshot, summary);
        List<Holding> holdings = new ArrayList<>();
        Position.linear(snapshot.reading(BinanceClient.LINEAR))
                .forEach(position -> holdings.add(holding(snapshot, position, false)));
        Position.inverse(snapshot.reading(BinanceClient.INVERSE), configuration.inverse())
                .forEach(position -> holdings.add(holding(snapshot, position, true)));
        FactSheet balances = decoded("papi balance", snapshot.reading(BinanceClient.BALANCE));
        for (Fact wallet : balances.all("wallet balance of all accounts")) {
            Amount owed = owed(balances, wallet, "borrowed in cross margin")
                    .plus(owed(balances, wallet, "interest owed in cross margin"));
            snapshot.balance(wallet.subject(), wallet.signed()).ifPresent(holdings::add);
            snapshot.balance(wallet.subject(), owed).ifPresent(holdings::add);
        }
        List<LiquidationPrice> limits =
                decoded("positionRisk", snapshot.reading(BinanceClient.LINEAR)).linearLimits();
        return snapshot.holding(
                holdings,
                BinanceDecoder.INSTANCE.standings(summary).stream()
                        .map(standing -> standing.limited(limits))
                        .toList());
    }

    /**
     * The account's equity after collateral rates is no more than that before. Neither is held, for the house has haircuts of its own and
     * applies them once.
     */
    private static void requireSummary(ExchangeSnapshot snapshot, FactSheet summary) {
        Fact after = summary.one("equity after collateral rates");
        Amount before = summary.one("equity before collateral rates").signed();
        String state = after.words().getOrDefault("accountStatus", "");
        if (!STATES.contains(state)) {
            throw snapshot.refusal("accountStatus", state, "must be one of " + STATES);
        }
        if (after.signed().compareTo(before) > 0) {
            throw snapshot.refusal("accountEquity", after.signed().toString(), "must be <= actualEquity " + before);
        }
        requireRatio(snapshot, summary, after);
    }

    /** The ratio that the venue acts by is its equity over its maintenance margin. */
    private static void requireRatio(ExchangeSnapshot snapshot, FactSheet summary, Fact equity) {
        Optional<Amount> margin = summary.sameRow(equity, "maintenance margin").map(Fact::signed);
        Optional<Amount> ratio =
                summary.sameRow(equity, "equity over maintenance margin").map(Fact::signed);
        if (margin.isEmpty() || ratio.isEmpty() || margin.get().signum() <= 0) {
            return;
        }
        Amount off = ratio.get().times(margin.get()).minus(equity.signed()).abs();
        if (off.compareTo(equity.signed().abs().times(RATIO_TOLERANCE)) > 0) {
            throw snapshot.refusal(
                    "uniMMR",
                    ratio.get().toString(),
                    "must be accountEquity / accountMaintMargin of " + equity.signed() + " and " + margin.get());
        }
    }

    /** Below zero; a debt of nought is not told. */
    private static Amount owed(FactSheet balances, Fact wallet, String measure) {
        return balances.sameRow(wallet, measure).map(Fact::signed).orElse(Amount.ZERO);
    }

    /**
     * An open position.
     *
     * @param symbol the venue's name of the contract
     * @param side tells two sides of one contract apart
     * @param size signed, in the coin, or in USD of a coin-margined contract
     * @param entryPrice average
     */
    record Position(String symbol, String side, Amount size, Amount entryPrice) {
        /** USD-margined positions, what each has gained checked. */
        static List<Position> linear(byte[] answer) {
            return of(answer, Optional.empty());
        }

        /**
         * Coin-margined positions, what each has gained checked.
         *
         * @param sizes the USD of one contract, by symbol
         */
        static List<Position> inverse(byte[] answer, Map<String, Amount> sizes) {
            return of(answer, Optional.of(sizes));
        }

        private static List<Position> of(byte[] answer, Optional<Map<String, Amount>> sizes) {
            FactSheet positions = decoded("positionRisk", answer);
            return positions.all(FactKind.POSITION).stream()
                    .map(told -> of(positions, told, sizes))
                    .toList();
        }

        private static Position of(FactSheet positions, Fact told, Optional<Map<String, Amount>> sizes) {
            Amount size = sizes.map(known -> told.signed().times(contract(told.subject(), known)))
                    .orElseGet(told::signed);
            Amount entry = positions.inRow(told, "average entry price").signed();
            GainIdentity.require(
                    BinanceDecoder.VENUE,
                    positions.inRow(told, "unrealised gain"),
                    size,
                    sizes.isPresent(),
                    entry,
                    positions.inRow(told, "mark price").signed());
            return new Position(told.subject(), told.words().getOrDefault("side", ""), size, entry);
        }

        private static Amount contract(String symbol, Map<String, Amount> sizes) {
            return Optional.ofNullable(sizes.get(symbol))
                    .orElseThrow(() -> new PayloadRefused(
                            BinanceDecoder.VENUE,
                            "symbol",
                            symbol,
                            "must have a contract size in the founding file; sizes are of " + sizes.keySet()));
        }
    }

    private static Holding holding(ExchangeSnapshot snapshot, Position position, boolean inverse) {
        ListedInstrument listed = snapshot.held("symbol", position.symbol());
        requireNamed(snapshot, listed, inverse);
        return new Holding.Derivative(
                listed.number(), position.size(), Optional.of(position.entryPrice()), Amount.ZERO);
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
        snapshot.requireNamed(same, "symbol", listed, "perpetual");
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (String symbol : configuration.linear()) {
            FactSheet prices = prices(snapshot, BinanceClient.LINEAR_PRICE, symbol);
            snapshot.listed(symbol).ifPresent(listed -> {
                String group = snapshot.group(listed);
                if (indexed.add(group)) {
                    reports.add(report(snapshot, Measure.INDEX_PRICE, group, prices, "index price"));
                }
                reports.add(report(snapshot, Measure.MARK_PRICE, listed.name(), prices, "mark price"));
            });
        }
        for (String symbol : configuration.inverse().keySet()) {
            FactSheet prices = prices(snapshot, BinanceClient.INVERSE_PRICE, symbol);
            snapshot.listed(symbol)
                    .ifPresent(listed ->
                            reports.add(report(snapshot, Measure.MARK_PRICE, listed.name(), prices, "mark price")));
        }
        return snapshot.reporting(reports);
    }

    /** Of one row, in an array or not. */
    private static FactSheet prices(ExchangeSnapshot snapshot, String method, String symbol) {
        FactSheet prices = decoded("premiumIndex", snapshot.reading(method, "symbol=" + symbol));
        List<String> told =
                prices.facts().stream().map(Fact::subject).distinct().toList();
        if (!told.equals(List.of(symbol))) {
            throw snapshot.refusal("symbol", told.toString(), "must be " + symbol + ", which was asked for");
        }
        return prices;
    }

    private static PriceReport report(
            ExchangeSnapshot snapshot, Measure measure, String subject, FactSheet prices, String told) {
        Fact price = prices.one(told);
        return snapshot.report(measure, subject, price.signed(), prices.time(price));
    }
}
