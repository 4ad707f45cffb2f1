package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.Market;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.Position;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.State;
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
import java.util.Optional;

/**
 * From the venue's words to holdings.
 *
 * <p>The venue's raw USD counts every position as paid in full. The balance behind the positions is therefore raw USD plus Σ size · entry price, and what each has
 * gained since its entry is left to the table's price. The entry price that is shown may be rounded; it enters both sides, so nothing is lost. Funding is paid
 * into the balance every hour, and none is shown as accrued.
 */
final class HyperliquidNormalizer {
    private final HyperliquidConfiguration configuration;

    HyperliquidNormalizer(HyperliquidConfiguration configuration) {
        this.configuration = configuration;
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(HyperliquidPayload.VENUE, raw, listing);
        State state = State.of(snapshot.reading(HyperliquidClient.STATE));
        snapshot.requireTime("time", state.time());
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot, state);
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot, State state) {
        Amount balance = state.rawUsd();
        List<Holding> holdings = new ArrayList<>();
        for (Position position : state.positions()) {
            balance = balance.plus(position.size().times(position.entryPrice()));
            ListedInstrument instrument = snapshot.held("coin", position.coin());
            holdings.add(new Holding.Derivative(
                    instrument.number(), position.size(), Optional.of(position.entryPrice()), Amount.ZERO));
        }
        snapshot.balance(configuration.settlement(), balance).ifPresent(holdings::add);
        return snapshot.holding(holdings);
    }

    private static VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        for (Market market : Market.of(snapshot.reading(HyperliquidClient.MARKET))) {
            Optional<ListedInstrument> instrument = snapshot.listed(market.coin());
            if (instrument.isPresent() && !market.delisted()) {
                String group = snapshot.group(instrument.get());
                reports.add(snapshot.report(Measure.INDEX_PRICE, group, market.oraclePrice()));
                reports.add(snapshot.report(Measure.MARK_PRICE, instrument.get().name(), market.markPrice()));
            }
        }
        return snapshot.reporting(reports);
    }
}
