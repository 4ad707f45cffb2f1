package io.bulwark.adapter.derive;

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
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From the venue's words to holdings. A perpetual's gain runs from its average entry; what the venue settled of it in advance is taken
 * off, pending funding is added, both as accrued. Interest that is pending is part of the settlement asset's balance. Margins, which the
 * venue states net of what they require, are no holdings.
 */
record DeriveNormalizer(DeriveVenue.Configuration configuration) {
    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(DeriveDecoder.VENUE, raw, listing);
        snapshot.requireTime(
                DeriveClient.TIME,
                DeriveDecoder.decoded("get_time", snapshot.reading(DeriveClient.TIME))
                        .time());
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        FactSheet subaccount =
                DeriveDecoder.decoded("get_subaccount, margin_watch", snapshot.reading(DeriveClient.SUBACCOUNT));
        String told = subaccount.one("value").words().getOrDefault("subaccount id", "");
        long asked = DeriveClient.subaccount(snapshot.raw().account().address());
        if (!told.equals(Long.toString(asked))) {
            throw snapshot.refusal("subaccount_id", told, "must be the account's " + asked);
        }
        List<Holding> holdings = new ArrayList<>();
        for (Fact held : subaccount.all(FactKind.POSITION)) {
            ListedInstrument listed = snapshot.held("instrument_name", held.subject());
            requireNamed(snapshot, listed);
            holdings.add(holding(subaccount, held, listed));
        }
        Amount interest = Amount.ZERO;
        for (Fact asset : subaccount.all("amount")) {
            snapshot.balance(asset.subject(), asset.signed()).ifPresent(holdings::add);
            interest = interest.plus(
                    subaccount.inRow(asset, "interest not yet settled").signed());
        }
        snapshot.balance(configuration.settlement(), interest).ifPresent(holdings::add);
        return snapshot.holding(holdings, DeriveDecoder.INSTANCE.standings(subaccount));
    }

    /** A perpetual accrues what is pending less what was paid of the gain already; its entry is before fees where the venue says it so. */
    private static Holding holding(FactSheet subaccount, Fact held, ListedInstrument listed) {
        if ("option".equals(held.words().get("instrument type"))) {
            return new Holding.Derivative(listed.number(), held.signed(), Optional.empty(), Amount.ZERO);
        }
        Optional<Amount> entry = subaccount
                .sameRow(held, "entry price before fees")
                .map(Fact::signed)
                .or(() -> held.besides("entry price"));
        Amount pending = subaccount.inRow(held, "funding not yet settled").signed();
        Amount settled = subaccount.inRow(held, "settled in all").signed();
        return new Holding.Derivative(listed.number(), held.signed(), entry, pending.minus(settled));
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
        snapshot.requireNamed(same, "instrument_name", listed, "perpetual or option");
    }

    /** The index of a group is that of its first perpetual; a mark or volatility of zero is none. */
    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        List<PriceReport> reports = new ArrayList<>();
        List<MarketReport> shown = new ArrayList<>();
        Set<String> indexed = new HashSet<>();
        for (String question : DeriveClient.questions(configuration)) {
            FactSheet tickers = DeriveDecoder.decoded("get_tickers", snapshot.reading(DeriveClient.TICKERS, question));
            for (Fact mark : tickers.all("mark price")) {
                snapshot.listed(mark.subject()).ifPresent(listed -> {
                    reports.addAll(reports(snapshot, listed, tickers, mark, indexed));
                    snapshot.spread(tickers, mark.subject(), listed, "best bid", "best ask", tickers.time(mark))
                            .filter(report -> !listed.paidUp())
                            .ifPresent(shown::add);
                });
            }
        }
        return snapshot.reporting(reports, shown);
    }

    private List<PriceReport> reports(
            ExchangeSnapshot snapshot, ListedInstrument listed, FactSheet tickers, Fact mark, Set<String> indexed) {
        requireNamed(snapshot, listed);
        List<PriceReport> reports = new ArrayList<>();
        long time = tickers.time(mark);
        boolean option = listed.contract() instanceof Instrument.Option;
        if (!option && indexed.add(snapshot.group(listed))) {
            Amount index = tickers.inRow(mark, "index price").signed();
            reports.add(snapshot.report(Measure.INDEX_PRICE, snapshot.group(listed), index, time));
        }
        if (mark.signed().signum() != 0) {
            reports.add(snapshot.report(Measure.MARK_PRICE, listed.name(), mark.signed(), time));
        }
        if (option) {
            Amount volatility = tickers.one(mark.subject(), "mark volatility").signed();
            if (volatility.signum() != 0) {
                reports.add(snapshot.report(Measure.IMPLIED_VOLATILITY, listed.name(), volatility, time));
            }
        }
        return reports;
    }
}
