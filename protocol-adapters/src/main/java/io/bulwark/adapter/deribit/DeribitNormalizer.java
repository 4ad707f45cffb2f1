package io.bulwark.adapter.deribit;

import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.exchange.OptionName;
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
import io.bulwark.clearing.position.VenueStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From the venue's words to holdings. Coins are balance and what the session realised; options are held by size; a future's gain runs
 * from the last settlement price.
 */
record DeribitNormalizer(DeribitVenue.Configuration configuration) {
    /** A volatility that the venue shows where it knows none: 34 of 578 rows of the chain of 23 May 2024 stand at exactly 100 per cent. */
    private static final Amount NO_VOLATILITY = Amount.of(1);

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(DeribitDecoder.VENUE, raw, listing);
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private static VenueSnapshot account(ExchangeSnapshot snapshot) {
        List<Holding> holdings = new ArrayList<>();
        for (Fact held : DeribitDecoder.decoded("get_positions", snapshot.reading(DeribitClient.POSITIONS))
                .all(FactKind.POSITION)) {
            ListedInstrument instrument = snapshot.held("instrument_name", held.subject());
            boolean option = "option".equals(held.words().get("kind"));
            if (option) {
                requireListedAsNamed(snapshot, instrument);
            }
            holdings.add(new Holding.Derivative(
                    instrument.number(),
                    held.signed(),
                    held.besides("settlement price").filter(price -> !option),
                    Amount.ZERO));
        }
        FactSheet summaries =
                DeribitDecoder.decoded("get_account_summaries", snapshot.reading(DeribitClient.SUMMARIES));
        for (Fact coins : summaries.all("balance and realised")) {
            snapshot.balance(coins.subject(), coins.signed()).ifPresent(holdings::add);
        }
        return snapshot.holding(
                holdings,
                DeribitDecoder.INSTANCE.standings(summaries).stream()
                        .flatMap(standing -> pocket(snapshot.listing(), standing, holdings).stream())
                        .toList());
    }

    /** A currency in which nothing stands and nothing is required has nothing to close. */
    private static Optional<VenueStanding> pocket(Listing listing, VenueStanding standing, List<Holding> holdings) {
        String currency = standing.pocket().name();
        if (currency.isEmpty()) {
            return Optional.of(standing);
        }
        List<Holding> there = holdings.stream()
                .filter(held -> stands(listing, currency, held))
                .toList();
        boolean idle = there.isEmpty()
                && switch (standing.count()) {
                    case VenueStanding.Told told ->
                        told.equity().signum() == 0 && told.requirement().signum() == 0;
                    case VenueStanding.NotTold ignored -> true;
                };
        return idle ? Optional.empty() : Optional.of(standing.in(VenueStanding.Pocket.of(currency, there)));
    }

    private static boolean stands(Listing listing, String currency, Holding held) {
        return switch (held) {
            case Holding.Derivative leg ->
                settlement(listing.instrument(leg.instrument()).contract()).equals(currency);
            case Holding.Collateral coins -> listing.asset(coins.asset()).form().equals(new Instrument.Spot(currency));
            case Holding.Debt coins -> listing.asset(coins.asset()).form().equals(new Instrument.Spot(currency));
            case Holding.Cash ignored -> false;
        };
    }

    private static String settlement(Instrument contract) {
        return switch (contract) {
            case Instrument.Perpetual perpetual -> perpetual.settlement();
            case Instrument.Future future -> future.settlement();
            case Instrument.Option option -> option.settlement();
            default -> "";
        };
    }

    private static void requireListedAsNamed(ExchangeSnapshot snapshot, ListedInstrument instrument) {
        boolean same = OptionName.of(instrument.symbol())
                .map(name -> name.isListedAs(instrument.contract()))
                .orElse(false);
        if (!same) {
            throw snapshot.refusal(
                    "instrument_name",
                    instrument.symbol(),
                    "must be listed with the contract that it names; listed is " + instrument.contract());
        }
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        for (String currency : configuration.currencies()) {
            Amount index = DeribitDecoder.decoded(
                            "get_index_price",
                            snapshot.reading(
                                    DeribitClient.INDEX, "index_name=" + currency.toLowerCase(Locale.ROOT) + "_usd"))
                    .one("index price")
                    .signed();
            if (snapshot.listing().groupNamed(currency).isPresent()) {
                reports.add(snapshot.report(Measure.INDEX_PRICE, currency, index));
            }
            FactSheet books = DeribitDecoder.decoded(
                    "get_book_summary_by_currency",
                    snapshot.reading(DeribitClient.BOOKS, "currency=" + currency + "&kind=option"));
            for (Fact mark : books.all("mark price")) {
                snapshot.listed(mark.subject())
                        .ifPresent(listed -> reports.addAll(reports(snapshot, books, mark, listed, index)));
            }
        }
        return snapshot.reporting(reports);
    }

    /** The mark in USD is the mark in the coin at the index; a mark of zero or a volatility that is none is no report. */
    private static List<PriceReport> reports(
            ExchangeSnapshot snapshot, FactSheet books, Fact mark, ListedInstrument instrument, Amount index) {
        requireListedAsNamed(snapshot, instrument);
        List<PriceReport> reports = new ArrayList<>();
        long time = books.time(mark);
        if (mark.signed().signum() > 0) {
            reports.add(snapshot.report(
                    Measure.MARK_PRICE, instrument.name(), mark.signed().times(index), time));
        }
        Amount volatility = books.inRow(mark, "mark volatility").signed();
        if (volatility.signum() > 0 && !volatility.equals(NO_VOLATILITY)) {
            reports.add(snapshot.report(Measure.IMPLIED_VOLATILITY, instrument.name(), volatility, time));
        }
        return reports;
    }
}
