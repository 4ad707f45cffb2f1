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
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From the venue's words to holdings.
 *
 * <p>A subaccount's USDC has paid for its longs and was paid for its shorts. The balance behind the positions is therefore USDC plus Σ size · entry price, and what
 * each has gained since its entry is left to the table's price. The indexer adjusts USDC for funding that has not been settled, so none is accrued.
 */
record DydxNormalizer(DydxVenue.Configuration configuration) {
    /** Subaccounts from here on hold isolated positions. */
    private static final int ISOLATED = 128;

    private static final String CROSS = "cross";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

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
        List<VenueStanding> standings = new ArrayList<>();
        for (Fact child : children(parent)) {
            String path = child.path().substring(0, child.path().lastIndexOf('.') + 1);
            List<Fact> positions = parent.all(FactKind.POSITION).stream()
                    .filter(position -> position.path().startsWith(path))
                    .sorted(Comparator.comparing(Fact::subject))
                    .toList();
            List<Holding> held = new ArrayList<>();
            for (Fact position : positions) {
                Amount entry = position.besides("entry price").orElseThrow();
                balance = balance.plus(position.signed().times(entry));
                ListedInstrument instrument = snapshot.held("market", position.subject());
                held.add(new Holding.Derivative(
                        instrument.number(), position.signed(), Optional.of(entry), Amount.ZERO));
            }
            holdings.addAll(held);
            standing(snapshot, child, positions)
                    .map(standing -> standing.in(pocket(snapshot, child, held)))
                    .ifPresent(standings::add);
        }
        snapshot.balance(configuration.settlement(), balance).ifPresent(holdings::add);
        return snapshot.holding(
                holdings,
                standings.size() > 1
                        ? standings
                        : standings.stream()
                                .map(alone -> alone.in(VenueStanding.Pocket.WHOLE))
                                .toList());
    }

    /**
     * The venue margins each child by itself: cross positions stand in the child of the parent's number, an isolated one in a child of
     * its own. It counts USDC as a dollar,
     * and of each position a fraction of its value at the oracle price, which is what the position cost and gained. An isolated child
     * without a position has nothing to close.
     */
    private static Optional<VenueStanding> standing(ExchangeSnapshot snapshot, Fact child, List<Fact> positions) {
        if (number(snapshot, child) >= ISOLATED && positions.isEmpty()) {
            return Optional.empty();
        }
        Amount required = Amount.ZERO;
        for (Fact position : positions) {
            Optional<Amount> fraction = fraction(snapshot, position.subject());
            if (fraction.isEmpty()) {
                return Optional.of(VenueStanding.of(
                        new VenueStanding.NotTold("maintenanceMarginFraction of " + position.subject())));
            }
            Amount cost =
                    position.signed().times(position.besides("entry price").orElseThrow());
            Amount value =
                    cost.plus(position.besides("unrealised gain").orElseThrow()).abs();
            required = required.plus(value.times(fraction.get()));
        }
        return Optional.of(VenueStanding.of(new VenueStanding.Told(VenueStanding.USD, child.signed(), required)));
    }

    private static VenueStanding.Pocket pocket(ExchangeSnapshot snapshot, Fact child, List<Holding> held) {
        int number = number(snapshot, child);
        return VenueStanding.Pocket.of(number >= ISOLATED ? "subaccount " + number : CROSS, held);
    }

    private static int number(ExchangeSnapshot snapshot, Fact child) {
        String told = child.words().getOrDefault("subaccountNumber", "");
        if (!NUMBER.matcher(told).matches()) {
            throw snapshot.refusal(
                    "childSubaccounts.subaccountNumber", told, "must be a whole number of at most six digits");
        }
        return Integer.parseInt(told);
    }

    /** What a market requires of a position's value; none in snapshots that were sealed before the markets were asked for. */
    private static Optional<Amount> fraction(ExchangeSnapshot snapshot, String market) {
        String question = DydxClient.market(market);
        if (snapshot.readings(DydxClient.MARKETS).stream()
                .noneMatch(reading -> reading.parameters().equals(question))) {
            return Optional.empty();
        }
        Fact told = decoded("perpetualMarkets", snapshot.reading(DydxClient.MARKETS, question))
                .one(market, "maintenance margin fraction");
        if (told.signed().signum() < 0 || told.signed().compareTo(Amount.of(1)) > 0) {
            throw snapshot.refusal(told.path(), told.signed().toString(), "must be 0 to 1");
        }
        return Optional.of(told.signed());
    }

    private static VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        List<MarketReport> shown = new ArrayList<>();
        List<Fact> prices =
                decoded("perpetualMarkets", snapshot.reading(DydxClient.MARKETS)).all("oracle price").stream()
                        .sorted(Comparator.comparing(Fact::subject))
                        .toList();
        for (Fact price : prices) {
            Optional<ListedInstrument> instrument = snapshot.listed(price.subject());
            boolean active = price.words().getOrDefault("status", "").equals("ACTIVE");
            if (instrument.isPresent() && active) {
                reports.add(snapshot.report(Measure.INDEX_PRICE, snapshot.group(instrument.get()), price.signed()));
                // The venue margins by its oracle's price.
                shown.add(snapshot.shown(
                        MarketReport.Kind.MARK,
                        instrument.get(),
                        price.signed(),
                        snapshot.raw().horizon().timeMillis()));
            }
        }
        return snapshot.reporting(reports, shown);
    }
}
