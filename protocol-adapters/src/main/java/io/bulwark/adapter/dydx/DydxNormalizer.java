package io.bulwark.adapter.dydx;

import io.bulwark.adapter.MarginBalance;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.dydx.DydxPayload.Height;
import io.bulwark.adapter.dydx.DydxPayload.Market;
import io.bulwark.adapter.dydx.DydxPayload.Parent;
import io.bulwark.adapter.dydx.DydxPayload.Position;
import io.bulwark.adapter.dydx.DydxPayload.Subaccount;
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
        requireHorizon(raw);
        return raw.account().address().equals(VenueAccount.MARKET) ? market(raw, listing) : account(raw, listing);
    }

    private VenueSnapshot account(RawSnapshot raw, Listing listing) {
        Parent parent = Parent.of(reading(raw, DydxClient.SUBACCOUNT));
        requireOneHeight(raw, parent);
        Amount balance = Amount.ZERO;
        List<Holding> holdings = new ArrayList<>();
        for (Subaccount child : parent.children()) {
            balance = balance.plus(child.usdc());
            for (Position position : child.positions()) {
                balance = balance.plus(position.cost());
                holdings.add(holding(position, listing));
            }
        }
        MarginBalance.holding(DydxPayload.VENUE, listing, configuration.settlement(), balance)
                .ifPresent(holdings::add);
        return new VenueSnapshot(raw, holdings, List.of(), EvidenceGrade.UNSIGNED);
    }

    private Holding holding(Position position, Listing listing) {
        ListedInstrument instrument = listing.instrumentAt(configuration.venue(), position.market())
                .orElseThrow(() -> new PayloadRefused(
                        DydxPayload.VENUE, "market", position.market(), "must be listed: its risk is unknown"));
        return new Holding.Derivative(
                instrument.number(), position.size(), Optional.of(position.entryPrice()), Amount.ZERO);
    }

    private VenueSnapshot market(RawSnapshot raw, Listing listing) {
        List<PriceReport> reports = new ArrayList<>();
        for (Map.Entry<String, Market> market :
                Market.of(reading(raw, DydxClient.MARKETS)).entrySet()) {
            Optional<ListedInstrument> instrument = listing.instrumentAt(configuration.venue(), market.getKey());
            if (instrument.isPresent() && market.getValue().active()) {
                String group = listing.group(instrument.get().group()).name();
                reports.add(report(raw, group, market.getValue().oraclePrice()));
            }
        }
        return new VenueSnapshot(raw, List.of(), reports, EvidenceGrade.UNSIGNED);
    }

    private PriceReport report(RawSnapshot raw, String group, Amount price) {
        if (price.signum() <= 0) {
            throw new PayloadRefused(DydxPayload.VENUE, "oraclePrice of " + group, price.toString(), "must be > 0");
        }
        return new PriceReport(
                configuration.venue(),
                Measure.INDEX_PRICE,
                group,
                price,
                raw.horizon().timeMillis());
    }

    private static void requireHorizon(RawSnapshot raw) {
        Height height = Height.of(reading(raw, DydxClient.HEIGHT));
        if (!DydxClient.horizon(height).equals(raw.horizon())) {
            throw new PayloadRefused(
                    DydxPayload.VENUE, "height", height.toString(), "must be the horizon " + raw.horizon());
        }
    }

    private static void requireOneHeight(RawSnapshot raw, Parent parent) {
        Height height = Height.of(reading(raw, DydxClient.HEIGHT));
        parent.height().ifPresent(at -> {
            if (at != height.height()) {
                throw new PayloadRefused(
                        DydxPayload.VENUE,
                        "latestProcessedBlockHeight",
                        Long.toString(at),
                        "must be the horizon's " + height.height());
            }
        });
    }

    private static byte[] reading(RawSnapshot raw, String method) {
        return raw.readings().stream()
                .filter(r -> r.method().equals(method))
                .map(Reading::result)
                .findFirst()
                .orElseThrow(() -> new PayloadRefused(DydxPayload.VENUE, method, "", "is missing"));
    }
}
