package io.bulwark.adapter.drift;

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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * From the venue's bytes to holdings. A spot balance is scaled, and times its market's cumulative interest in the same answer. A perpetual is worth base · price + quote; its
 * price of entry may be rounded, for it stands on both sides: what the quote is short of base · entry is accrued beside it, with funding that is not settled. A slot
 * without base keeps a quote that is not settled, which is part of the settlement asset's balance.
 */
final class DriftNormalizer {
    private static final MathContext ENTRY = new MathContext(15, RoundingMode.HALF_EVEN);

    private final DriftConfiguration configuration;

    DriftNormalizer(DriftConfiguration configuration) {
        this.configuration = configuration;
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(DriftFacts.VENUE, raw, listing);
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        DriftNode node = node(
                snapshot,
                DriftClient.accounts(configuration, snapshot.raw().account().address()));
        DriftUser user = node.accounts().get(1).user();
        int spots = configuration.spot().size();
        Map<Integer, DriftSpotMarket> spot = spots(snapshot, node.accounts().subList(2, 2 + spots));
        Map<Integer, DriftPerpMarket> perpetual = perpetuals(
                snapshot, node.accounts().subList(2 + spots, node.accounts().size()));
        List<Holding> holdings = new ArrayList<>();
        for (DriftUser.Spot held : user.spot()) {
            if (held.scaled().signum() != 0) {
                DriftSpotMarket market = known(snapshot, spot, held.market(), "spot");
                String asset = Objects.requireNonNull(configuration.spot().get(held.market()))
                        .asset();
                snapshot.balance(asset, market.balance(held)).ifPresent(holdings::add);
            }
        }
        Amount unsettled = Amount.ZERO;
        for (DriftUser.Perpetual held : user.perpetuals()) {
            requireNoShares(snapshot, held);
            if (held.base() == 0) {
                unsettled = unsettled.plus(quote(held.quote()));
            } else {
                holdings.add(holding(snapshot, held, known(snapshot, perpetual, held.market(), "perpetual")));
            }
        }
        snapshot.balance(configuration.settlement(), unsettled).ifPresent(holdings::add);
        return snapshot.holding(holdings);
    }

    private static DriftNode node(ExchangeSnapshot snapshot, List<String> accounts) {
        DriftNode node =
                DriftNode.of(snapshot.reading(DriftClient.ACCOUNTS, DriftClient.question(accounts)), accounts.size());
        if (!node.horizon().equals(snapshot.raw().horizon())) {
            throw snapshot.refusal(
                    "context.slot",
                    node.horizon().toString(),
                    "must be the horizon " + snapshot.raw().horizon());
        }
        return node;
    }

    private Map<Integer, DriftSpotMarket> spots(ExchangeSnapshot snapshot, List<DriftNode.Account> accounts) {
        Map<Integer, DriftSpotMarket> markets = new TreeMap<>();
        int place = 0;
        for (int index : configuration.spot().keySet()) {
            DriftSpotMarket market = DriftSpotMarket.of(accounts.get(place++));
            requireIndex(snapshot, index, market.index());
            markets.put(index, market);
        }
        return markets;
    }

    private Map<Integer, DriftPerpMarket> perpetuals(ExchangeSnapshot snapshot, List<DriftNode.Account> accounts) {
        Map<Integer, DriftPerpMarket> markets = new TreeMap<>();
        int place = 0;
        for (Map.Entry<Integer, DriftConfiguration.Perpetual> listed :
                configuration.perpetuals().entrySet()) {
            DriftPerpMarket market = DriftPerpMarket.of(accounts.get(place++));
            requireIndex(snapshot, listed.getKey(), market.index());
            if (!market.name().equals(listed.getValue().symbol())) {
                throw snapshot.refusal(
                        "name", market.name(), "must be " + listed.getValue().symbol());
            }
            markets.put(listed.getKey(), market);
        }
        return markets;
    }

    private static void requireIndex(ExchangeSnapshot snapshot, int connected, int told) {
        if (connected != told) {
            throw snapshot.refusal("market_index", Integer.toString(told), "must be " + connected + ", as connected");
        }
    }

    private static <M> M known(ExchangeSnapshot snapshot, Map<Integer, M> markets, int index, String what) {
        M market = markets.get(index);
        if (market == null) {
            throw snapshot.refusal(
                    "market_index",
                    Integer.toString(index),
                    "must be a connected " + what + " market: its risk is unknown");
        }
        return market;
    }

    /** Newer programs keep an isolated position's balance where older ones kept shares of the market's pool: neither is read. */
    private static void requireNoShares(ExchangeSnapshot snapshot, DriftUser.Perpetual held) {
        if (held.shares().signum() != 0) {
            throw snapshot.refusal(
                    "perp_positions[" + held.slot() + "].lp_shares",
                    held.shares().toString(),
                    "must be 0: what shares or an isolated balance hold is not in the account");
        }
    }

    private Holding holding(ExchangeSnapshot snapshot, DriftUser.Perpetual held, DriftPerpMarket market) {
        ListedInstrument listed = snapshot.held("market", market.name());
        requireListed(snapshot, listed, market);
        Amount size = new Amount(BigInteger.valueOf(held.base()), DriftUser.BASE);
        Amount entry = entry(snapshot, held, size);
        Amount accrued = quote(held.quote())
                .plus(snapshot.product("quote_entry_amount", size, entry))
                .plus(market.unsettledFunding(held));
        return new Holding.Derivative(listed.number(), size, Optional.of(entry), accrued);
    }

    private static Amount entry(ExchangeSnapshot snapshot, DriftUser.Perpetual held, Amount size) {
        BigDecimal cost = quote(held.entry()).toDecimal().abs();
        if (cost.signum() == 0) {
            throw snapshot.refusal(
                    "perp_positions[" + held.slot() + "].quote_entry_amount", "0", "must not be 0 in an open position");
        }
        return Amount.of(cost.divide(size.toDecimal().abs(), ENTRY));
    }

    private void requireListed(ExchangeSnapshot snapshot, ListedInstrument listed, DriftPerpMarket market) {
        boolean settled = Optional.ofNullable(configuration.spot().get(market.quoteMarket()))
                .filter(spot -> spot.asset().equals(configuration.settlement()))
                .isPresent();
        boolean same = settled
                && listed.contract() instanceof Instrument.Perpetual p
                && !p.inverse()
                && p.settlement().equals(configuration.settlement())
                && market.name().equals(p.underlying() + "-PERP");
        if (!same) {
            throw snapshot.refusal(
                    "name",
                    market.name(),
                    "must be listed as the perpetual that it names, settled as its market is; listed is "
                            + listed.contract());
        }
    }

    private static Amount quote(long units) {
        return new Amount(BigInteger.valueOf(units), DriftUser.QUOTE);
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        DriftNode node = node(snapshot, DriftClient.perpetuals(configuration));
        List<PriceReport> reports = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (DriftPerpMarket market : perpetuals(
                        snapshot, node.accounts().subList(1, node.accounts().size()))
                .values()) {
            snapshot.listed(market.name())
                    .map(snapshot::group)
                    .filter(indexed::add)
                    .ifPresent(group -> reports.add(
                            snapshot.report(Measure.INDEX_PRICE, group, market.oraclePrice(), market.oracleMillis())));
        }
        return snapshot.reporting(reports);
    }
}
