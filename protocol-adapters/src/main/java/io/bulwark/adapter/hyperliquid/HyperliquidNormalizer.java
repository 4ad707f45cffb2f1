package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.MarginBalance;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.Market;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.Position;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.State;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
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
        return raw.account().address().equals(VenueAccount.MARKET) ? market(raw, listing) : account(raw, listing);
    }

    private VenueSnapshot account(RawSnapshot raw, Listing listing) {
        State state = State.of(reading(raw, HyperliquidClient.STATE));
        requireTime(raw, state);
        Amount balance = state.rawUsd();
        List<Holding> holdings = new ArrayList<>();
        for (Position position : state.positions()) {
            balance = balance.plus(position.size().times(position.entryPrice()));
            holdings.add(holding(position, listing));
        }
        MarginBalance.holding(HyperliquidPayload.VENUE, listing, configuration.settlement(), balance)
                .ifPresent(holdings::add);
        return new VenueSnapshot(raw, holdings, List.of(), EvidenceGrade.UNSIGNED);
    }

    private Holding holding(Position position, Listing listing) {
        ListedInstrument instrument = listing.instrumentAt(configuration.venue(), position.coin())
                .orElseThrow(() -> new PayloadRefused(
                        HyperliquidPayload.VENUE, "coin", position.coin(), "must be listed: its risk is unknown"));
        return new Holding.Derivative(
                instrument.number(), position.size(), Optional.of(position.entryPrice()), Amount.ZERO);
    }

    private VenueSnapshot market(RawSnapshot raw, Listing listing) {
        requireTime(raw, State.of(reading(raw, HyperliquidClient.STATE)));
        List<PriceReport> reports = new ArrayList<>();
        for (Market market : Market.of(reading(raw, HyperliquidClient.MARKET))) {
            Optional<ListedInstrument> instrument = listing.instrumentAt(configuration.venue(), market.coin());
            if (instrument.isPresent() && !market.delisted()) {
                String group = listing.group(instrument.get().group()).name();
                reports.add(report(raw, Measure.INDEX_PRICE, group, market.oraclePrice()));
                reports.add(report(raw, Measure.MARK_PRICE, instrument.get().name(), market.markPrice()));
            }
        }
        return new VenueSnapshot(raw, List.of(), reports, EvidenceGrade.UNSIGNED);
    }

    private PriceReport report(RawSnapshot raw, Measure measure, String subject, Amount value) {
        if (value.signum() <= 0) {
            throw new PayloadRefused(
                    HyperliquidPayload.VENUE, measure + " of " + subject, value.toString(), "must be > 0");
        }
        return new PriceReport(
                configuration.venue(), measure, subject, value, raw.horizon().timeMillis());
    }

    private static void requireTime(RawSnapshot raw, State state) {
        long time = state.timeMillis()
                .orElseThrow(() ->
                        new PayloadRefused(HyperliquidPayload.VENUE, "time", "", "is missing (absent is not zero)"));
        if (time != raw.horizon().timeMillis()) {
            throw new PayloadRefused(
                    HyperliquidPayload.VENUE,
                    "time",
                    Long.toString(time),
                    "must be the horizon's " + raw.horizon().timeMillis());
        }
    }

    private static byte[] reading(RawSnapshot raw, String method) {
        return raw.readings().stream()
                .filter(r -> r.method().equals(method))
                .map(Reading::result)
                .findFirst()
                .orElseThrow(() -> new PayloadRefused(HyperliquidPayload.VENUE, method, "", "is missing"));
    }
}
