package io.bulwark.adapter.derive;

import io.bulwark.adapter.derive.DeriveSubaccount.Asset;
import io.bulwark.adapter.derive.DeriveSubaccount.Position;
import io.bulwark.adapter.derive.DeriveSubaccount.Quote;
import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.exchange.OptionName;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From the venue's words to holdings. A perpetual's gain runs from its average entry; what the venue settled of it in advance is taken off, pending funding is added, both as
 * accrued. Interest that is pending is part of the settlement asset's balance. Margins, which the venue states net of what they require, are no holdings.
 */
final class DeriveNormalizer {
    private final DeriveConfiguration configuration;

    DeriveNormalizer(DeriveConfiguration configuration) {
        this.configuration = configuration;
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(DerivePayload.VENUE, raw, listing);
        snapshot.requireTime(DeriveClient.TIME, DeriveSubaccount.time(snapshot.reading(DeriveClient.TIME)));
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        DeriveSubaccount subaccount = DeriveSubaccount.of(snapshot.reading(DeriveClient.SUBACCOUNT));
        long asked = DeriveClient.subaccount(snapshot.raw().account().address());
        if (subaccount.number() != asked) {
            throw snapshot.refusal(
                    "subaccount_id", Long.toString(subaccount.number()), "must be the account's " + asked);
        }
        List<Holding> holdings = new ArrayList<>();
        for (Position position : subaccount.positions()) {
            ListedInstrument listed = snapshot.held("instrument_name", position.instrument());
            requireNamed(snapshot, listed);
            holdings.add(new Holding.Derivative(
                    listed.number(),
                    position.amount(),
                    position.option() ? Optional.empty() : Optional.of(position.averagePrice()),
                    position.unsettled()));
        }
        Amount interest = Amount.ZERO;
        for (Asset asset : subaccount.assets()) {
            snapshot.balance(asset.name(), asset.amount()).ifPresent(holdings::add);
            interest = interest.plus(asset.interest());
        }
        snapshot.balance(configuration.settlement(), interest).ifPresent(holdings::add);
        return snapshot.holding(holdings);
    }

    private void requireNamed(ExchangeSnapshot snapshot, ListedInstrument listed) {
        boolean same = switch (listed.contract()) {
            case Instrument.Perpetual p ->
                !p.inverse()
                        && p.settlement().equals(configuration.settlement())
                        && listed.symbol().equals(p.underlying() + "-PERP");
            case Instrument.Option o ->
                OptionName.of(listed.symbol())
                        .filter(name -> name.underlying().equals(o.underlying())
                                && name.isListedAs(o, configuration.settlement()))
                        .isPresent();
            default -> false;
        };
        if (!same) {
            throw snapshot.refusal(
                    "instrument_name",
                    listed.symbol(),
                    "must be listed as the perpetual or option that it names; listed is " + listed.contract());
        }
    }

    /** The index of a group is that of its first perpetual; a mark or volatility of zero is none. */
    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (String question : DeriveClient.questions(configuration)) {
            for (Quote quote : Quote.of(snapshot.reading(DeriveClient.TICKERS, question))) {
                snapshot.listed(quote.instrument())
                        .ifPresent(listed -> reports.addAll(reports(snapshot, listed, quote, indexed)));
            }
        }
        return snapshot.reporting(reports);
    }

    private List<PriceReport> reports(
            ExchangeSnapshot snapshot, ListedInstrument listed, Quote quote, Set<String> indexed) {
        requireNamed(snapshot, listed);
        List<PriceReport> reports = new ArrayList<>();
        boolean option = listed.contract() instanceof Instrument.Option;
        if (!option && indexed.add(snapshot.group(listed))) {
            reports.add(
                    snapshot.report(Measure.INDEX_PRICE, snapshot.group(listed), quote.index(), quote.timeMillis()));
        }
        if (quote.mark().signum() != 0) {
            reports.add(snapshot.report(Measure.MARK_PRICE, listed.name(), quote.mark(), quote.timeMillis()));
        }
        if (option) {
            Amount volatility = quote.volatility()
                    .orElseThrow(() -> snapshot.refusal(
                            "option_pricing of " + quote.instrument(), "", "is missing (absent is not zero)"));
            if (volatility.signum() != 0) {
                reports.add(snapshot.report(Measure.IMPLIED_VOLATILITY, listed.name(), volatility, quote.timeMillis()));
            }
        }
        return reports;
    }
}
