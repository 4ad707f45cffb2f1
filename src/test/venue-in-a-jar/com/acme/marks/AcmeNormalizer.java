package com.acme.marks;

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
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.ArrayList;
import java.util.List;

/** From Acme's words to holdings and reports: pure. */
final class AcmeNormalizer {
    private final AcmeFounding founding;

    AcmeNormalizer(AcmeFounding founding) {
        this.founding = founding;
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(AcmeVenue.KIND, raw, listing);
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private static FactSheet decoded(String kind, byte[] answer) {
        return AcmeDecoder.INSTANCE.decode(kind, answer).whole();
    }

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        FactSheet answer = decoded("account", snapshot.reading(AcmeClient.ACCOUNT));
        Fact balance = answer.one("balance");
        snapshot.requireTime("time", answer.time());
        List<Holding> holdings = new ArrayList<>();
        for (Fact held : answer.all(FactKind.POSITION)) {
            holdings.add(position(snapshot, held));
        }
        snapshot.balance(founding.settlement(), balance.signed()).ifPresent(holdings::add);
        return snapshot.holding(holdings);
    }

    private static Holding position(ExchangeSnapshot snapshot, Fact held) {
        ListedInstrument instrument = snapshot.held("market", held.subject());
        Amount size = held.signed();
        return new Holding.Derivative(instrument.number(), size, held.besides("entry price"), Amount.ZERO);
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        FactSheet answer = decoded("markets", snapshot.reading(AcmeClient.MARKETS));
        snapshot.requireTime("time", answer.time());
        List<PriceReport> reports = new ArrayList<>();
        for (Fact mark : answer.all("mark price")) {
            if (founding.markets().contains(mark.subject())) {
                String listed = snapshot.held("market", mark.subject()).name();
                reports.add(snapshot.report(Measure.MARK_PRICE, listed, mark.signed()));
            }
        }
        return snapshot.reporting(reports);
    }
}
