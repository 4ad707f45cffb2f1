package io.bulwark.adapter.deribit;

import io.bulwark.adapter.MarginBalance;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.deribit.DeribitPayload.Book;
import io.bulwark.adapter.deribit.DeribitPayload.Position;
import io.bulwark.adapter.deribit.DeribitPayload.Summary;
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
        return raw.account().address().equals(VenueAccount.MARKET) ? market(raw, listing) : account(raw, listing);
    }

    private VenueSnapshot account(RawSnapshot raw, Listing listing) {
        List<Holding> holdings = new ArrayList<>();
        for (Position position :
                Position.of(reading(raw, DeribitClient.POSITIONS).result())) {
            if (position.size().signum() != 0) {
                holdings.add(holding(position, listing));
            }
        }
        for (Summary summary : Summary.of(reading(raw, DeribitClient.SUMMARIES).result())) {
            MarginBalance.holding(DeribitPayload.VENUE, listing, summary.currency(), summary.coins())
                    .ifPresent(holdings::add);
        }
        return new VenueSnapshot(raw, holdings, List.of(), EvidenceGrade.UNSIGNED);
    }

    private Holding holding(Position position, Listing listing) {
        ListedInstrument instrument = listing.instrumentAt(configuration.venue(), position.instrument())
                .orElseThrow(
                        () -> refusal("instrument_name", position.instrument(), "must be listed: its risk is unknown"));
        if (position.option()) {
            requireListedAsNamed(instrument);
            return new Holding.Derivative(instrument.number(), position.size(), Optional.empty(), Amount.ZERO);
        }
        return new Holding.Derivative(instrument.number(), position.size(), position.settlementPrice(), Amount.ZERO);
    }

    private static void requireListedAsNamed(ListedInstrument instrument) {
        boolean same = DeribitContract.of(instrument.symbol())
                .map(contract -> contract.isListedAs(instrument.contract()))
                .orElse(false);
        if (!same) {
            throw refusal(
                    "instrument_name",
                    instrument.symbol(),
                    "must be listed with the contract that it names; listed is " + instrument.contract());
        }
    }

    private VenueSnapshot market(RawSnapshot raw, Listing listing) {
        List<PriceReport> reports = new ArrayList<>();
        for (String currency : configuration.currencies()) {
            Amount index = DeribitPayload.index(
                    reading(raw, DeribitClient.INDEX, "index_name=" + currency.toLowerCase(Locale.ROOT) + "_usd")
                            .result());
            if (listing.groupNamed(currency).isPresent()) {
                reports.add(report(
                        Measure.INDEX_PRICE, currency, index, raw.horizon().timeMillis()));
            }
            byte[] books = reading(raw, DeribitClient.BOOKS, "currency=" + currency + "&kind=option")
                    .result();
            for (Book book : Book.of(books)) {
                listing.instrumentAt(configuration.venue(), book.instrument())
                        .ifPresent(instrument -> reports.addAll(reports(book, instrument, index)));
            }
        }
        return new VenueSnapshot(raw, List.of(), reports, EvidenceGrade.UNSIGNED);
    }

    /** The mark in USD is the mark in the coin at the index; a mark of zero or a volatility that is none is no report. */
    private List<PriceReport> reports(Book book, ListedInstrument instrument, Amount index) {
        requireListedAsNamed(instrument);
        List<PriceReport> reports = new ArrayList<>();
        if (book.markPrice().signum() > 0) {
            Amount mark = book.markPrice().times(index);
            reports.add(report(Measure.MARK_PRICE, instrument.name(), mark, book.timeMillis()));
        }
        if (book.markIv().signum() > 0 && !book.markIv().equals(NO_VOLATILITY)) {
            Amount volatility = book.markIv().times(PER_CENT);
            reports.add(report(Measure.IMPLIED_VOLATILITY, instrument.name(), volatility, book.timeMillis()));
        }
        return reports;
    }

    private PriceReport report(Measure measure, String subject, Amount value, long timeMillis) {
        return new PriceReport(configuration.venue(), measure, subject, value, timeMillis);
    }

    private static Reading reading(RawSnapshot raw, String method) {
        return raw.readings().stream()
                .filter(r -> r.method().equals(method))
                .findFirst()
                .orElseThrow(() -> refusal(method, "", "is missing"));
    }

    private static Reading reading(RawSnapshot raw, String method, String query) {
        return raw.readings().stream()
                .filter(r -> r.method().equals(method) && r.parameters().equals(query))
                .findFirst()
                .orElseThrow(() -> refusal(method + "?" + query, "", "is missing"));
    }

    private static PayloadRefused refusal(String field, String value, String rule) {
        return new PayloadRefused(DeribitPayload.VENUE, field, value, rule);
    }
}
