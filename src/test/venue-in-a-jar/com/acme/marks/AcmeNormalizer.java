package com.acme.marks;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.exchange.ExchangeSnapshot;
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
import java.util.Optional;

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

    private VenueSnapshot account(ExchangeSnapshot snapshot) {
        PayloadFields answer = PayloadFields.of(AcmeVenue.KIND, "account", snapshot.reading(AcmeClient.ACCOUNT));
        snapshot.requireTime("time", answer.whole("time"));
        List<Holding> holdings = new ArrayList<>(answer.list("positions", fields -> position(snapshot, fields)));
        snapshot.balance(founding.settlement(), answer.decimal("balance")).ifPresent(holdings::add);
        answer.end();
        return snapshot.holding(holdings);
    }

    private static Holding position(ExchangeSnapshot snapshot, PayloadFields fields) {
        ListedInstrument instrument = snapshot.held("market", fields.text("market"));
        Amount size = fields.decimal("size");
        Amount entry = fields.decimal("entry");
        return new Holding.Derivative(instrument.number(), size, Optional.of(entry), Amount.ZERO);
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        PayloadFields answer = PayloadFields.of(AcmeVenue.KIND, "markets", snapshot.reading(AcmeClient.MARKETS));
        snapshot.requireTime("time", answer.whole("time"));
        List<PriceReport> reports = answer.list("markets", fields -> report(snapshot, fields)).stream()
                .flatMap(Optional::stream)
                .toList();
        answer.end();
        return snapshot.reporting(reports);
    }

    private Optional<PriceReport> report(ExchangeSnapshot snapshot, PayloadFields fields) {
        String market = fields.text("market");
        Amount mark = fields.decimal("mark");
        return founding.markets().contains(market)
                ? Optional.of(snapshot.report(
                        Measure.MARK_PRICE, snapshot.held("market", market).name(), mark))
                : Optional.empty();
    }
}
