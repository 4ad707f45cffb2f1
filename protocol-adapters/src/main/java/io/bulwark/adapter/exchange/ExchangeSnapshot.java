package io.bulwark.adapter.exchange;

import io.bulwark.adapter.MarginBalance;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * A raw snapshot of such a venue while it is said in the house's words.
 *
 * @param name the venue's room, for refusals
 * @param raw the sealed bytes
 * @param listing what the house lists
 */
public record ExchangeSnapshot(String name, RawSnapshot raw, Listing listing) {
    private static final int SPREAD_PLACES = 9;

    /** Whether it speaks of the venue's market, and not of an account. */
    public boolean ofMarket() {
        return raw.account().address().equals(VenueAccount.MARKET);
    }

    /** The answer to a question that was asked once. */
    public byte[] reading(String method) {
        return raw.readings().stream()
                .filter(r -> r.method().equals(method))
                .map(Reading::result)
                .findFirst()
                .orElseThrow(() -> refusal(method, "", "is missing"));
    }

    /** The answer to a question with these parameters. */
    public byte[] reading(String method, String parameters) {
        return readings(method).stream()
                .filter(r -> r.parameters().equals(parameters))
                .map(Reading::result)
                .findFirst()
                .orElseThrow(() -> refusal(method + " " + parameters, "", "is missing"));
    }

    /** The answers to a question that is asked more than once, in the order of asking. */
    public List<Reading> readings(String method) {
        return raw.readings().stream().filter(r -> r.method().equals(method)).toList();
    }

    /**
     * Checks that an answer names the snapshot's horizon.
     *
     * @param field names the time in a refusal
     * @param timeMillis what the answer says
     */
    public void requireTime(String field, long timeMillis) {
        if (timeMillis != raw.horizon().timeMillis()) {
            throw refusal(
                    field,
                    Long.toString(timeMillis),
                    "must be the horizon's " + raw.horizon().timeMillis());
        }
    }

    /**
     * The listed instrument of a position.
     *
     * @throws PayloadRefused if the house does not list it
     */
    public ListedInstrument held(String field, String symbol) {
        return listed(symbol).orElseThrow(() -> refusal(field, symbol, "must be listed: its risk is unknown"));
    }

    /**
     * Refuses an instrument that the house lists as another contract than its symbol names.
     *
     * @param same whether it is listed as what it names
     * @param named what that is, in words
     */
    public void requireNamed(boolean same, String field, ListedInstrument listed, String named) {
        if (!same) {
            throw refusal(
                    field,
                    listed.symbol(),
                    "must be listed as the " + named + " that it names; listed is " + listed.contract());
        }
    }

    /** The listed instrument of a quote; empty if the house does not list it. */
    public Optional<ListedInstrument> listed(String symbol) {
        return listing.instrumentAt(raw.account().venue(), symbol);
    }

    /** The name of the risk group of an instrument. */
    public String group(ListedInstrument instrument) {
        return listing.group(instrument.group()).name();
    }

    /** The holding that a balance is, on the venue's word alone; empty if it is zero or not listed. */
    public Optional<Holding> balance(String asset, Amount signed) {
        return MarginBalance.holding(name, listing, asset, signed);
    }

    /**
     * A report of the venue.
     *
     * @throws PayloadRefused unless the value is &gt; 0
     */
    public PriceReport report(Measure measure, String subject, Amount value, long timeMillis) {
        if (value.signum() <= 0) {
            throw refusal(measure + " of " + subject, value.toString(), "must be > 0");
        }
        return new PriceReport(raw.account().venue(), measure, subject, value, timeMillis);
    }

    /** The same at the snapshot's horizon. */
    public PriceReport report(Measure measure, String subject, Amount value) {
        return report(measure, subject, value, raw.horizon().timeMillis());
    }

    /**
     * A product of what the venue says, with every digit.
     *
     * @throws PayloadRefused if it has more places than the house counts
     */
    public Amount product(String field, Amount... factors) {
        BigDecimal product = BigDecimal.ONE;
        for (Amount factor : factors) {
            product = product.multiply(factor.toDecimal());
        }
        product = product.stripTrailingZeros();
        if (product.scale() > Amount.SCALE_MAX) {
            throw refusal(field, product.toString(), "must have at most " + Amount.SCALE_MAX + " places");
        }
        return Amount.of(product);
    }

    /** What an account holds at a venue that tells nothing of what it counts itself. */
    public VenueSnapshot holding(List<Holding> holdings) {
        return holding(holdings, List.of(VenueStanding.of(new VenueStanding.NotTold("equity and requirement"))));
    }

    /** What an account holds and what the venue counts of it, on the venue's word alone. */
    public VenueSnapshot holding(List<Holding> holdings, List<VenueStanding> standings) {
        return new VenueSnapshot(raw, holdings, List.of(), EvidenceGrade.UNSIGNED, standings);
    }

    /** What the market reports. */
    public VenueSnapshot reporting(List<PriceReport> reports) {
        return reporting(reports, List.of());
    }

    /** What the market reports, and what else it shows. */
    public VenueSnapshot reporting(List<PriceReport> reports, List<MarketReport> shown) {
        return new VenueSnapshot(raw, List.of(), reports, EvidenceGrade.UNSIGNED, List.of(), shown);
    }

    /** What a market shows of a contract, on the venue's word alone. */
    public MarketReport shown(MarketReport.Kind kind, ListedInstrument listed, Amount value, long timeMillis) {
        return new MarketReport(raw.account().venue(), kind, listed.name(), value, EvidenceGrade.UNSIGNED, timeMillis);
    }

    /**
     * What the best bid and ask of a contract are apart; empty where nobody bids or asks. A bid above the ask is no market.
     *
     * @param sheet the answer
     * @param symbol as the venue calls the contract
     * @param bid the measure of the best bid
     * @param ask the measure of the best ask
     */
    public Optional<MarketReport> spread(
            FactSheet sheet, String symbol, ListedInstrument listed, String bid, String ask, long timeMillis) {
        Optional<Amount> sold = quoted(sheet, symbol, bid);
        Optional<Amount> bought = quoted(sheet, symbol, ask);
        if (sold.isEmpty() || bought.isEmpty() || sold.orElseThrow().compareTo(bought.orElseThrow()) >= 0) {
            return Optional.empty();
        }
        BigDecimal low = sold.orElseThrow().toDecimal();
        BigDecimal high = bought.orElseThrow().toDecimal();
        BigDecimal apart =
                high.subtract(low).multiply(BigDecimal.TWO).divide(high.add(low), SPREAD_PLACES, RoundingMode.CEILING);
        return Optional.of(shown(MarketReport.Kind.SPREAD, listed, Amount.of(apart), timeMillis));
    }

    private static Optional<Amount> quoted(FactSheet sheet, String symbol, String measure) {
        return sheet.all(measure).stream()
                .filter(fact -> fact.subject().equals(symbol))
                .filter(fact -> fact.figure().isPresent())
                .map(Fact::signed)
                .filter(price -> price.signum() > 0)
                .findFirst();
    }

    /** A refusal of this venue. */
    public PayloadRefused refusal(String field, String value, String rule) {
        return new PayloadRefused(name, field, value, rule);
    }
}
