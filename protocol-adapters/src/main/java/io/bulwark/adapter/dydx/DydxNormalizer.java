package io.bulwark.adapter.dydx;

import io.bulwark.adapter.dydx.DydxPayload.Height;
import io.bulwark.adapter.dydx.DydxPayload.Market;
import io.bulwark.adapter.dydx.DydxPayload.Parent;
import io.bulwark.adapter.dydx.DydxPayload.Position;
import io.bulwark.adapter.dydx.DydxPayload.Subaccount;
import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the venue's words to holdings.
 *
 * <p>A subaccount's USDC has paid for its longs and was paid for its shorts. The balance behind the positions is therefore USDC plus Σ size · entry price, and what
 * each has gained since its entry is left to the table's price. The indexer adjusts USDC for funding that has not been settled, so none is accrued.
 */
final class DydxNormalizer {
    private final DydxConfiguration configuration;

    DydxNormalizer(DydxConfiguration configuration) {
        this.configuration = configuration;
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(DydxPayload.VENUE, raw, listing);
        Height height = Height.of(snapshot.reading(DydxClient.HEIGHT));
        if (!DydxClient.horizon(height).equals(raw.horizon())) {
            throw snapshot.refusal("height", height.toString(), "must be the horizon " + raw.horizon());
        }
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot, height);
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot, Height height) {
        Parent parent = Parent.of(snapshot.reading(DydxClient.SUBACCOUNT));
        requireOneHeight(snapshot, height, parent);
        Amount balance = Amount.ZERO;
        List<Holding> holdings = new ArrayList<>();
        for (Subaccount child : parent.children()) {
            balance = balance.plus(child.usdc());
            for (Position position : child.positions()) {
                balance = balance.plus(position.cost());
                ListedInstrument instrument = snapshot.held("market", position.market());
                holdings.add(new Holding.Derivative(
                        instrument.number(), position.size(), Optional.of(position.entryPrice()), Amount.ZERO));
            }
        }
        snapshot.balance(configuration.settlement(), balance).ifPresent(holdings::add);
        return snapshot.holding(holdings);
    }

    private static VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        for (Map.Entry<String, Market> market :
                Market.of(snapshot.reading(DydxClient.MARKETS)).entrySet()) {
            Optional<ListedInstrument> instrument = snapshot.listed(market.getKey());
            if (instrument.isPresent() && market.getValue().active()) {
                reports.add(snapshot.report(
                        Measure.INDEX_PRICE,
                        snapshot.group(instrument.get()),
                        market.getValue().oraclePrice()));
            }
        }
        return snapshot.reporting(reports);
    }

    private static void requireOneHeight(ExchangeSnapshot snapshot, Height height, Parent parent) {
        parent.height().filter(at -> at != height.height()).ifPresent(at -> {
            throw snapshot.refusal(
                    "latestProcessedBlockHeight", Long.toString(at), "must be the horizon's " + height.height());
        });
    }
}
