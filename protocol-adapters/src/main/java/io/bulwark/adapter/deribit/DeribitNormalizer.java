package io.bulwark.adapter.deribit;

import io.bulwark.adapter.deribit.DeribitPayload.Book;
import io.bulwark.adapter.deribit.DeribitPayload.Position;
import io.bulwark.adapter.deribit.DeribitPayload.Summary;
import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.exchange.OptionName;
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
import java.util.Locale;
import java.util.Optional;

/**
 * From the venue's words to holdings. Coins are balance and what the session realised; options are held by size; a future's gain runs from the last settlement price.
 */
final class DeribitNormalizer {
    private static final Amount PER_CENT = Amount.of("0.01");

    /** A volatility that the venue shows where it knows none: 34 of 578 rows of the chain of 23 May 2024 stand at exactly this. */
    private static final Amount NO_VOLATILITY = Amount.of(100);

    private final DeribitConfiguration configuration;

    DeribitNormalizer(DeribitConfiguration configuration) {
        this.configuration = configuration;
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(DeribitPayload.VENUE, raw, listing);
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private static VenueSnapshot account(ExchangeSnapshot snapshot) {
        List<Holding> holdings = new ArrayList<>();
        for (Position position : Position.of(snapshot.reading(DeribitClient.POSITIONS))) {
            if (position.size().signum() != 0) {
                holdings.add(holding(snapshot, position));
            }
        }
        for (Summary summary : Summary.of(snapshot.reading(DeribitClient.SUMMARIES))) {
            snapshot.balance(summary.currency(), summary.coins()).ifPresent(holdings::add);
        }
        return snapshot.holding(holdings);
    }

    private static Holding holding(ExchangeSnapshot snapshot, Position position) {
        ListedInstrument instrument = snapshot.held("instrument_name", position.instrument());
        if (position.option()) {
            requireListedAsNamed(snapshot, instrument);
            return new Holding.Derivative(instrument.number(), position.size(), Optional.empty(), Amount.ZERO);
        }
        return new Holding.Derivative(instrument.number(), position.size(), position.settlementPrice(), Amount.ZERO);
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
            Amount index = DeribitPayload.index(
                    snapshot.reading(DeribitClient.INDEX, "index_name=" + currency.toLowerCase(Locale.ROOT) + "_usd"));
            if (snapshot.listing().groupNamed(currency).isPresent()) {
                reports.add(snapshot.report(Measure.INDEX_PRICE, currency, index));
            }
            byte[] books = snapshot.reading(DeribitClient.BOOKS, "currency=" + currency + "&kind=option");
            for (Book book : Book.of(books)) {
                snapshot.listed(book.instrument())
                        .ifPresent(instrument -> reports.addAll(reports(snapshot, book, instrument, index)));
            }
        }
        return snapshot.reporting(reports);
    }

    /** The mark in USD is the mark in the coin at the index; a mark of zero or a volatility that is none is no report. */
    private static List<PriceReport> reports(
            ExchangeSnapshot snapshot, Book book, ListedInstrument instrument, Amount index) {
        requireListedAsNamed(snapshot, instrument);
        List<PriceReport> reports = new ArrayList<>();
        if (book.markPrice().signum() > 0) {
            Amount mark = book.markPrice().times(index);
            reports.add(snapshot.report(Measure.MARK_PRICE, instrument.name(), mark, book.timeMillis()));
        }
        if (book.markIv().signum() > 0 && !book.markIv().equals(NO_VOLATILITY)) {
            Amount volatility = book.markIv().times(PER_CENT);
            reports.add(snapshot.report(Measure.IMPLIED_VOLATILITY, instrument.name(), volatility, book.timeMillis()));
        }
        return reports;
    }
}
