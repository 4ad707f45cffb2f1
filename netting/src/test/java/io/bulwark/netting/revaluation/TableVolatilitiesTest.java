package io.bulwark.netting.revaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceBook;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.publication.PublishedMargins;
import io.bulwark.netting.revaluation.PublishedTable.Unpriced;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.scenario.ScenarioParameters.SurfaceModel;
import io.bulwark.netting.surface.EssviSurface;
import io.bulwark.netting.surface.SmileSlice;
import io.bulwark.netting.surface.SurfaceParameters;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the choice of a surface does to a table. */
class TableVolatilitiesTest {
    private static final long NOW = 1_716_487_860_000L;
    private static final long DAY = 86_400_000;
    private static final int SPOT = 3_000;
    private static final EssviSurface TRUTH = new EssviSurface(
            List.of(new SmileSlice(7 / 365.0, 0.0072, -0.2, 0.07), new SmileSlice(30 / 365.0, 0.034, -0.1, 0.16)));
    private static final int UNQUOTED = 4;
    private static final int WRONG = 17;

    private final Listing listing = listing();
    private final Market market = market();

    @Test
    void shouldPriceAnOptionThatNobodyQuotesFromTheSurface() {
        PublishedTable marks = table(ParameterSet.founding());
        PublishedTable fitted = table(choice(1));
        assertEquals(
                List.of(UNQUOTED),
                marks.leftOut().stream().map(Unpriced::number).toList());
        assertEquals(List.of(), fitted.leftOut());
        assertEquals(List.of(), PublishedMargins.violations(fitted.table()));
        InstrumentRisk unquoted = fitted.table().instruments().get(UNQUOTED);
        Amount volatility = TableVolatilities.of(listing, market, choice(1))
                .volatility(UNQUOTED)
                .orElseThrow();
        assertEquals(TRUTH.volatility(logStrike(UNQUOTED), years(UNQUOTED)), ListedPayoffs.value(volatility), 0.002);
        assertTrue(unquoted.value() > 0);
    }

    @Test
    void shouldNotLetOneWrongMarkIntoTheTable() {
        TableVolatilities volatilities = TableVolatilities.of(listing, market, choice(1));
        double truth = TRUTH.volatility(logStrike(WRONG), years(WRONG));
        assertEquals(truth + 0.2, ListedPayoffs.value(market.volatility(WRONG).orElseThrow()), 1e-6);
        assertEquals(truth, ListedPayoffs.value(volatilities.volatility(WRONG).orElseThrow()), 0.005);
    }

    @Test
    void shouldSayInTheProvenanceWhatWasChosenAndFitted() {
        String marks = table(ParameterSet.founding()).table().builder().toString();
        String fitted = table(choice(1)).table().builder().toString();
        assertFalse(marks.contains("volatilities"));
        assertTrue(fitted.contains("FITTED") && fitted.contains("bulwark-surface"));
        CanonicalValue tree =
                TableVolatilities.of(listing, market, choice(2)).canonical().orElseThrow();
        assertTrue(tree.toString().contains("learned surface: TOO_FEW_QUOTES"), tree.toString());
        assertEquals(
                tree.sha256(),
                TableVolatilities.of(listing(), market(), choice(2))
                        .canonical()
                        .orElseThrow()
                        .sha256());
    }

    @Test
    void shouldKeepTheVenuesMarksWhereTheFitIsWorseThanGovernanceAllows() {
        ParameterSet strict =
                choice(1).with(SurfaceParameters.FIT_MOST, 5_000).with(SurfaceParameters.OUTLIER_LEAST, 200_000);
        TableVolatilities volatilities = TableVolatilities.of(listing, market, strict);
        assertEquals(market.volatility(0), volatilities.volatility(0));
        assertTrue(volatilities.volatility(UNQUOTED).isEmpty());
        assertTrue(volatilities.canonical().orElseThrow().toString().contains("worse than surface.fitMost"));
    }

    private PublishedTable table(ParameterSet parameters) {
        return RiskTableBuilder.marginTable(listing, market, parameters);
    }

    private static ParameterSet choice(long model) {
        return ParameterSet.founding().with(SurfaceModel.CHOICE, model);
    }

    /** Eleven strikes of two expiries. */
    private static Listing listing() {
        List<ListedInstrument> options = new ArrayList<>();
        for (int number = 0; number < 22; number++) {
            Instrument contract = new Instrument.Option(
                    "ETH",
                    "ETH",
                    strike(number) < SPOT ? OptionRight.PUT : OptionRight.CALL,
                    Amount.of(strike(number)),
                    NOW + (number < 11 ? 7 : 30) * DAY);
            options.add(new ListedInstrument(number, name(number), 1, name(number), 1, contract, Amount.of("0.1")));
        }
        return new Listing(
                List.of(new ListedVenue(1, "deribit", "venue:deribit", 1, EvidenceGrade.UNSIGNED)),
                List.of(new RiskGroup(0, "USD"), new RiskGroup(1, "ETH")),
                List.of(),
                options);
    }

    private static Market market() {
        List<PriceReport> reports = new ArrayList<>();
        reports.add(new PriceReport(1, Measure.INDEX_PRICE, "ETH", Amount.of(SPOT), NOW));
        for (int number = 0; number < 22; number++) {
            double volatility = TRUTH.volatility(logStrike(number), years(number)) + (number == WRONG ? 0.2 : 0);
            if (number != UNQUOTED) {
                reports.add(new PriceReport(
                        1,
                        Measure.IMPLIED_VOLATILITY,
                        name(number),
                        Amount.of(BigDecimal.valueOf(volatility)
                                .setScale(8, RoundingMode.HALF_EVEN)
                                .toPlainString()),
                        NOW));
            }
        }
        return Market.of(listing(), new PriceBook(reports, NOW, 1));
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "ETH-%02d", number);
    }

    private static int strike(int number) {
        return number < 11 ? 2_500 + 100 * number : 2_000 + 200 * (number - 11);
    }

    private static double logStrike(int number) {
        return Math.log(strike(number) / (double) SPOT);
    }

    private static double years(int number) {
        return (number < 11 ? 7 : 30) / 365.0;
    }
}
