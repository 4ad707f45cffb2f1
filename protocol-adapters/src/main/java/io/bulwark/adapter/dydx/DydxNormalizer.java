package io.bulwark.adapter.dydx;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * From the venue's words to holdings.
 *
 * <p>A subaccount's USDC has paid for its longs and was paid for its shorts. The balance behind the positions is therefore USDC plus Σ size · entry price, and what
 * each has gained since its entry is left to the table's price. The indexer adjusts USDC for funding that has not been settled, so none is accrued.
 */
record DydxNormalizer(DydxConfiguration configuration) {
    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(DydxDecoder.VENUE, raw, listing);
        Horizon.Sequence height = horizon(snapshot.reading(DydxClient.HEIGHT));
        if (!height.equals(raw.horizon())) {
            throw snapshot.refusal("height", height.toString(), "must be the horizon " + raw.horizon());
        }
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot, height.number());
    }

    static FactSheet decoded(String kind, byte[] answer) {
        return DydxDecoder.INSTANCE.decode(kind, answer).whole();
    }

    /** What the indexer has processed. */
    static Horizon.Sequence horizon(byte[] height) {
        FactSheet sheet = decoded("height", height);
        return (Horizon.Sequence) sheet.one("height").horizon().orElseThrow();
    }

    /** The one height of all children; none if there is no child. */
    static Optional<Long> height(FactSheet parent) {
        List<Long> heights = children(parent).stream()
                .map(child -> ((Horizon.Sequence) child.horizon().orElseThrow()).number())
                .distinct()
                .toList();
        if (heights.size() > 1) {
            throw new PayloadRefused(
                    DydxDecoder.VENUE,
                    "latestProcessedBlockHeight",
                    heights.toString(),
                    "must be one height in all children");
        }
        return heights.stream().findFirst();
    }

    /** What each child is worth: the first of what is said of it. */
    private static List<Fact> children(FactSheet parent) {
        return parent.all("equity").stream()
                .filter(fact -> fact.path().contains("childSubaccounts["))
                .toList();
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot, long height) {
        FactSheet parent = decoded("subaccount", snapshot.reading(DydxClient.SUBACCOUNT));
        height(parent).filter(at -> at != height).ifPresent(at -> {
            throw snapshot.refusal("latestProcessedBlockHeight", Long.toString(at), "must be the horizon's " + height);
        });
        Amount balance = parent.all("balance").stream().map(Fact::signed).reduce(Amount.ZERO, Amount::plus);
        List<Holding> holdings = new ArrayList<>();
        for (Fact child : children(parent)) {
            String path = child.path().substring(0, child.path().lastIndexOf('.') + 1);
            List<Fact> positions = parent.all(FactKind.POSITION).stream()
                    .filter(position -> position.path().startsWith(path))
                    .sorted(Comparator.comparing(Fact::subject))
                    .toList();
            for (Fact position : positions) {
                Amount entry = position.besides("entry price").orElseThrow();
                balance = balance.plus(position.signed().times(entry));
                ListedInstrument instrument = snapshot.held("market", position.subject());
                holdings.add(new Holding.Derivative(
                        instrument.number(), position.signed(), Optional.of(entry), Amount.ZERO));
            }
        }
        snapshot.balance(configuration.settlement(), balance).ifPresent(holdings::add);
        return snapshot.holding(holdings);
    }

    private static VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        List<Fact> prices =
                decoded("perpetualMarkets", snapshot.reading(DydxClient.MARKETS)).all("oracle price").stream()
                        .sorted(Comparator.comparing(Fact::subject))
                        .toList();
        for (Fact price : prices) {
            Optional<ListedInstrument> instrument = snapshot.listed(price.subject());
            boolean active = price.words().getOrDefault("status", "").equals("ACTIVE");
            if (instrument.isPresent() && active) {
                reports.add(snapshot.report(Measure.INDEX_PRICE, snapshot.group(instrument.get()), price.signed()));
            }
        }
        return snapshot.reporting(reports);
    }
}
