package io.bulwark.adapter.reading;

import io.bulwark.adapter.aave.AaveFacts;
import io.bulwark.adapter.binance.BinanceFacts;
import io.bulwark.adapter.bybit.BybitDecoder;
import io.bulwark.adapter.compound.CompoundFacts;
import io.bulwark.adapter.deribit.DeribitFacts;
import io.bulwark.adapter.derive.DeriveFacts;
import io.bulwark.adapter.drift.DriftFacts;
import io.bulwark.adapter.dydx.DydxDecoder;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.adapter.hyperliquid.HyperliquidDecoder;
import io.bulwark.adapter.market.MarketFacts;
import io.bulwark.adapter.okx.OkxDecoder;
import io.bulwark.adapter.paradex.ParadexDecoder;
import java.util.List;

/** Every venue whose payloads can be read. */
final class KnownVenues {
    static final List<VenueDecoder> ALL = List.of(
            new AaveFacts(),
            new BinanceFacts(),
            new BybitDecoder(),
            new CompoundFacts(),
            new DeribitFacts(),
            new DeriveFacts(),
            new DriftFacts(),
            new DydxDecoder(),
            new HyperliquidDecoder(),
            new MarketFacts(),
            new OkxDecoder(),
            new ParadexDecoder());

    private KnownVenues() {}
}
