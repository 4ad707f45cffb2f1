package io.bulwark.adapter.drift;

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
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From the venue's bytes to holdings. A spot balance is scaled, and times its market's cumulative interest in the same answer. A perpetual
 * is worth base · price + quote; its price of entry may be rounded, for it stands on both sides: what the quote is short of base · entry is
 * accrued beside it, with funding that is not settled. A slot without base keeps a quote that is not settled, which is part of the
 * settlement asset's balance.
 */
record DriftNormalizer(DriftVenue.Configuration configuration) {
    private static final MathContext ENTRY = new MathContext(15, RoundingMode.HALF_EVEN);

    /** Places of a scaled balance and of cumulative interest together, the most that a token may have. */
    private static final int DECIMALS_MAX = 19;

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(DriftDecoder.VENUE, raw, listing);
        List<String> accounts = snapshot.ofMarket()
                ? DriftClient.perpetuals(configuration)
                : DriftClient.accounts(configuration, raw.account().address());
        FactSheet told = DriftDecoder.decoded(
                snapshot.reading(DriftDecoder.ACCOUNTS, DriftClient.question(accounts)), accounts.size());
        Horizon horizon = DriftDecoder.horizon(told);
        if (!horizon.equals(raw.horizon())) {
            throw snapshot.refusal("context.slot", horizon.toString(), "must be the horizon " + raw.horizon());
        }
        requireConnected(
                snapshot, told.all("oracle price"), configuration.perpetuals().keySet());
        for (Fact market : told.all("oracle price")) {
            String symbol = known(snapshot, configuration.perpetuals(), market, "perpetual")
                    .symbol();
            if (!name(market).equals(symbol)) {
                throw snapshot.refusal("name", name(market), "must be " + symbol);
            }
        }
        return snapshot.ofMarket() ? market(snapshot, told) : account(snapshot, told);
    }

    /** Markets are told in the order in which they were asked for. */
    private static void requireConnected(ExchangeSnapshot snapshot, List<Fact> markets, Set<Integer> connected) {
        List<Integer> indices = List.copyOf(connected);
        for (int i = 0; i < Math.max(indices.size(), markets.size()); i++) {
            String told = i < markets.size() ? Integer.toString(index(markets.get(i))) : "";
            String index = i < indices.size() ? indices.get(i).toString() : "absent";
            if (!told.equals(index)) {
                throw snapshot.refusal("market_index", told, "must be " + index + ", as connected");
            }
        }
    }

    /** The index in a market's name, {@code perp market 7}. */
    private static int index(Fact market) {
        return Integer.parseInt(market.subject().substring(market.subject().lastIndexOf(' ') + 1));
    }

    private static String name(Fact market) {
        return market.words().getOrDefault("name", "");
    }

    private static <M> M known(ExchangeSnapshot snapshot, Map<Integer, M> markets, Fact held, String what) {
        return Optional.ofNullable(markets.get(index(held)))
                .orElseThrow(() -> snapshot.refusal(
                        "market_index",
                        Integer.toString(index(held)),
                        "must be a connected " + what + " market: its risk is unknown"));
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot, FactSheet told) {
        told.one("gain of perpetuals, settled");
        requireConnected(
                snapshot,
                told.all("cumulative interest of deposits"),
                configuration.spot().keySet());
        // Newer programs keep an isolated position's balance where older ones kept shares of the market's pool: neither
        // is read.
        told.all("shares of the market's pool").stream().findFirst().ifPresent(shares -> {
            throw snapshot.refusal(
                    shares.path(),
                    shares.signed().toString(),
                    "must be 0: what shares or an isolated balance hold is not in the account");
        });
        List<Holding> holdings = new ArrayList<>();
        for (Fact held : told.all("scaled balance")) {
            String asset = known(snapshot, configuration.spot(), held, "spot").asset();
            snapshot.balance(asset, balance(snapshot, told, held)).ifPresent(holdings::add);
        }
        for (Fact held : told.all(FactKind.POSITION)) {
            known(snapshot, configuration.perpetuals(), held, "perpetual");
            holdings.add(holding(snapshot, told, held));
        }
        Amount unsettled = told.all("gain of a closed position, not settled").stream()
                .map(Fact::signed)
                .reduce(Amount.ZERO, Amount::plus);
        snapshot.balance(configuration.settlement(), unsettled).ifPresent(holdings::add);
        // The weights by which the program counts stand in the market accounts, in bytes that are not read yet.
        return snapshot.holding(
                holdings, List.of(VenueStanding.of(new VenueStanding.NotTold("maintenance_asset_weight"))));
    }

    /** The balance in the token: what is held rounded down to its unit, what is owed up, as the venue does; owed below zero. */
    private static Amount balance(ExchangeSnapshot snapshot, FactSheet told, Fact held) {
        boolean owed = held.kind() == FactKind.DEBT;
        String interest = owed ? "cumulative interest of borrows" : "cumulative interest of deposits";
        Amount exact =
                held.signed().abs().times(told.one(held.subject(), interest).signed());
        Amount decimals = told.one(held.subject(), "decimals of the token").signed();
        if (decimals.compareTo(Amount.of(DECIMALS_MAX)) > 0) {
            throw snapshot.refusal("decimals", decimals.toString(), "must be 0 to " + DECIMALS_MAX);
        }
        int places = decimals.toDecimal().intValueExact();
        Amount unit = new Amount(BigInteger.ONE, places);
        Amount amount = new Amount(owed ? exact.ceilingUnits(unit) : exact.floorUnits(unit), places);
        return owed ? amount.negate() : amount;
    }

    /** Longs pay what their rate has grown by since the position paid last, shorts get what theirs has. */
    private Holding holding(ExchangeSnapshot snapshot, FactSheet told, Fact held) {
        Fact market = told.one(held.subject(), "oracle price");
        ListedInstrument listed = snapshot.held("market", name(market));
        requireListed(snapshot, listed, market);
        Amount size = held.signed();
        Amount entry = entry(snapshot, held);
        String side = size.signum() > 0 ? "cumulative funding of longs" : "cumulative funding of shorts";
        Amount grown = told.one(held.subject(), side)
                .signed()
                .minus(held.besides("cumulative funding paid").orElseThrow());
        Amount accrued = held.besides("quote amount")
                .orElseThrow()
                .plus(snapshot.product("quote_entry_amount", size, entry))
                .minus(grown.times(size));
        return new Holding.Derivative(listed.number(), size, Optional.of(entry), accrued);
    }

    private static Amount entry(ExchangeSnapshot snapshot, Fact held) {
        BigDecimal cost =
                held.besides("quote at entry").orElseThrow().toDecimal().abs();
        if (cost.signum() == 0) {
            throw snapshot.refusal(
                    held.path().replace("base_asset_amount", "quote_entry_amount"),
                    "0",
                    "must not be 0 in an open position");
        }
        return Amount.of(cost.divide(held.signed().toDecimal().abs(), ENTRY));
    }

    private void requireListed(ExchangeSnapshot snapshot, ListedInstrument listed, Fact market) {
        String quote = market.words().getOrDefault("quote spot market index", "");
        boolean settled = configuration.spot().entrySet().stream()
                .filter(spot -> spot.getKey().toString().equals(quote))
                .anyMatch(spot -> spot.getValue().asset().equals(configuration.settlement()));
        boolean same = settled
                && listed.contract() instanceof Instrument.Perpetual p
                && !p.inverse()
                && p.settlement().equals(configuration.settlement())
                && name(market).equals(p.underlying() + "-PERP");
        if (!same) {
            throw snapshot.refusal(
                    "name",
                    name(market),
                    "must be listed as the perpetual that it names, settled as its market is; listed is "
                            + listed.contract());
        }
    }

    private static VenueSnapshot market(ExchangeSnapshot snapshot, FactSheet told) {
        List<PriceReport> reports = new ArrayList<>();
        List<MarketReport> shown = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (Fact market : told.all("oracle price")) {
            Optional<ListedInstrument> listed = snapshot.listed(name(market));
            listed.map(snapshot::group)
                    .filter(indexed::add)
                    .ifPresent(group -> reports.add(
                            snapshot.report(Measure.INDEX_PRICE, group, market.signed(), told.time(market))));
            // The venue margins by its oracle's price.
            listed.filter(instrument -> market.signed().signum() > 0)
                    .ifPresent(instrument -> shown.add(
                            snapshot.shown(MarketReport.Kind.MARK, instrument, market.signed(), told.time(market))));
        }
        return snapshot.reporting(reports, shown);
    }
}
