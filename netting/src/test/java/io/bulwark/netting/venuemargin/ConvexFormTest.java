package io.bulwark.netting.venuemargin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.Exponential;
import io.bulwark.netting.venuemargin.HeldExpiry.HeldOption;
import io.bulwark.netting.venuemargin.Pmrm1.Pmrm1Margin;
import io.bulwark.netting.venuemargin.Pmrm1.Pmrm1Portfolio;
import io.bulwark.netting.venuemargin.Pmrm1.PmrmMarket;
import io.bulwark.netting.venuemargin.VenueBook.LinearHolding;
import io.bulwark.netting.venuemargin.VenueBook.OptionHolding;
import io.bulwark.netting.venuemargin.VenueBook.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Which engines are configurations of our own formula, a maximum of linear forms of the quantities and so convex, and which have only a convex requirement beside them.
 * Seeded books of two expiries, three strikes and a perpetual, quantities from −2 to 2.
 */
final class ConvexFormTest {
    private static final double SPOT = 3_000;
    private static final int BOOKS = 120;
    private static final double SLACK = 1e-7;

    private long state = 20_240_523;

    @Test
    void shouldBeConvexWhereTheEngineIsAConfiguration() {
        assertEquals(0, violations(book -> venue(book, new VenueEngine.DerivePmrm1(TestEngines.PMRM1))));
        assertEquals(0, violations(book -> venue(book, new VenueEngine.Span(TestEngines.SCAN_ALONE))));
    }

    @Test
    void shouldNotBeConvexWhereOnlyABoundIsClaimed() {
        assertTrue(violations(book -> venue(book, standard())) > 0, "the smaller of two requirements");
        assertTrue(violations(book -> venue(book, new VenueEngine.Span(TestEngines.SPAN))) > 0, "calendar spreads");
    }

    @Test
    void shouldNotBeConvexWhereASkewScenarioTakesAnAbsoluteValue() {
        // Bought wings against a sold straddle: raised wings lift the book's value through 0, where gains are
        // discounted and losses marked up.
        int found = 0;
        for (double sold = 0.05; sold < 0.6; sold += 0.005) {
            double middle = venue(wings(sold), skewAlone());
            double mean = 0.5 * (venue(wings(sold - 0.005), skewAlone()) + venue(wings(sold + 0.005), skewAlone()));
            found += middle > mean + 0.01 ? 1 : 0;
        }
        assertTrue(found > 0);
    }

    @Test
    void shouldJumpWhereDeribitsDampenerEnds() {
        // Sold calls at 10 000: only the far table sees them, and it sees nothing below 200 000 USD.
        int found = 0;
        for (double sold = 1_000; sold < 20_000; sold += 500) {
            double middle = farCalls(sold, DeribitPortfolioMargin.Rule.VENUE);
            double mean = 0.5
                    * (farCalls(sold - 500, DeribitPortfolioMargin.Rule.VENUE)
                            + farCalls(sold + 500, DeribitPortfolioMargin.Rule.VENUE));
            found += middle > mean + 1 ? 1 : 0;
            assertTrue(farCalls(sold, DeribitPortfolioMargin.Rule.CONVEX_HULL) >= middle);
        }
        assertEquals(1, found);
    }

    private static double farCalls(double sold, DeribitPortfolioMargin.Rule rule) {
        return DeribitPortfolioMargin.margin(
                        TestEngines.DERIBIT_ETH,
                        SPOT,
                        List.of(new CoinMarginPosition.Option(
                                "call", OptionRight.CALL, 10_000, -sold, SPOT, 0.6, 10 / 365.0)),
                        DeribitPortfolioMargin.VenueCharges.NONE,
                        rule)
                .worstCase();
    }

    private static double[] wings(double sold) {
        double[] book = new double[14];
        book[7] = 1;
        book[10] = 1;
        book[8] = -sold;
        book[9] = -sold;
        return book;
    }

    @Test
    void shouldBoundEveryEngineByAConvexRequirement() {
        for (VenueEngine engine :
                List.of(pmrm2(), skewAlone(), standard(), deribit(), new VenueEngine.Span(TestEngines.SPAN), pmrm1())) {
            assertEquals(0, violations(book -> convex(book, engine)), engine.toString());
            for (int i = 0; i < BOOKS; i++) {
                double[] book = book();
                assertTrue(convex(book, engine) >= venue(book, engine) - SLACK, engine::toString);
            }
        }
    }

    @Test
    void shouldEqualFamiliesOfCellsForPmrm1() {
        for (int i = 0; i < BOOKS; i++) {
            Underlying held = held(book());
            List<HeldExpiry> expiries = expiries(held);
            double perpetuals = held.linear().getFirst().size();
            double joint = Double.NEGATIVE_INFINITY;
            for (SpotVolatilityScenario f : TestEngines.PMRM1.scenarios()) {
                double loss = -perpetuals * SPOT * (f.spotFactor() - 1);
                for (HeldExpiry group : expiries) {
                    double mark = group.value(1, HeldOption::volatility);
                    double shocked = group.value(f.spotFactor(), o -> o.volatility() * factor(f, group));
                    double discount = 0.95 * Exponential.exp(-group.years() * 0.05);
                    loss += Math.max(mark - shocked, mark - discount * shocked);
                }
                joint = Math.max(joint, loss);
            }
            double basis = 0;
            for (HeldExpiry group : expiries) {
                double mark = group.value(1, HeldOption::volatility);
                double up = mark - group.value(1.05, HeldOption::volatility);
                double down = mark - group.value(0.95, HeldOption::volatility);
                basis += (0.25 + 0.01 * group.years()) * Math.max(0, Math.max(up, down));
            }
            double naked =
                    expiries.stream().mapToDouble(HeldExpiry::nakedShorts).sum();
            double linear = 0.01 * SPOT * naked + 0.02 * SPOT * Math.abs(perpetuals);
            Pmrm1Margin margin = Pmrm1.margin(
                    TestEngines.PMRM1,
                    new PmrmMarket(SPOT, 1, 1, SPOT, 1),
                    new Pmrm1Portfolio(0, perpetuals, 0, 0, expiries));
            assertEquals(Math.max(joint, basis) + linear, margin.markToMarket() - margin.maintenance(), 1e-7);
        }
    }

    private static double factor(SpotVolatilityScenario scenario, HeldExpiry expiry) {
        return switch (scenario.volatility()) {
            case UP -> TestEngines.PMRM1.volatility().up((double) expiry.seconds());
            case DOWN -> TestEngines.PMRM1.volatility().down((double) expiry.seconds());
            case NONE, LINEAR, ABSOLUTE -> 1;
        };
    }

    /** Pairs of books whose middle asks more than the mean of both. */
    private int violations(ToDoubleFunction<double[]> requirement) {
        int found = 0;
        for (int i = 0; i < BOOKS; i++) {
            double[] first = book();
            double[] second = book();
            double[] middle = first.clone();
            for (int k = 0; k < middle.length; k++) {
                middle[k] = 0.5 * (first[k] + second[k]);
            }
            double mean = 0.5 * (requirement.applyAsDouble(first) + requirement.applyAsDouble(second));
            found += requirement.applyAsDouble(middle) > mean + 0.01 ? 1 : 0;
        }
        return found;
    }

    private static double venue(double[] book, VenueEngine engine) {
        return VenueMargin.of(new VenueBook(List.of(held(book)), List.of()), engine)
                        .venue()
                        .initial()
                / 1e4;
    }

    private static double convex(double[] book, VenueEngine engine) {
        return VenueMargin.of(new VenueBook(List.of(held(book)), List.of()), engine)
                        .convex()
                        .initial()
                / 1e4;
    }

    private double[] book() {
        double[] book = new double[14];
        for (int k = 0; k < book.length; k++) {
            book[k] = 4 * draw() - 2;
        }
        return book;
    }

    private static Underlying held(double[] book) {
        List<OptionHolding> options = new ArrayList<>();
        double[] strikes = {2_400, 3_000, 3_600};
        for (int k = 0; k < 12; k++) {
            OptionRight right = k % 2 == 0 ? OptionRight.CALL : OptionRight.PUT;
            double years = k < 6 ? 10 / 365.0 : 60 / 365.0;
            double strike = strikes[k / 2 % 3];
            options.add(new OptionHolding("o" + k, right, strike, book[k], SPOT, 0.6 + 0.05 * (k % 3), years));
        }
        List<LinearHolding> linear = List.of(
                new LinearHolding("perpetual", book[12], SPOT, 0),
                new LinearHolding("future", book[13], SPOT, 60 / 365.0));
        return new Underlying("ETH", SPOT, linear, options, 0);
    }

    private static List<HeldExpiry> expiries(Underlying held) {
        List<HeldExpiry> expiries = new ArrayList<>();
        for (int days : new int[] {10, 60}) {
            List<HeldOption> options = held.options().stream()
                    .filter(o -> Math.round(o.years() * 365) == days)
                    .map(o -> new HeldOption(o.right(), o.strike(), o.size(), o.volatility()))
                    .toList();
            expiries.add(new HeldExpiry(days * 86_400L, 0, SPOT, 0, 1, options));
        }
        return expiries;
    }

    /** A linear congruential generator, from its high bits: a number in 0…1. */
    private double draw() {
        state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return (state >>> 11) * 0x1.0p-53;
    }

    private static VenueEngine pmrm1() {
        return new VenueEngine.DerivePmrm1(TestEngines.PMRM1);
    }

    private static VenueEngine pmrm2() {
        return new VenueEngine.DerivePmrm2(TestEngines.PMRM2, 0.01, 0.02);
    }

    /** Without the grid, which often hides the tilts. */
    private static VenueEngine skewAlone() {
        Pmrm2Parameters all = TestEngines.PMRM2;
        List<SpotVolatilityScenario> tilts = all.scenarios().stream()
                .filter(scenario -> scenario.volatility().isSkew())
                .toList();
        return new VenueEngine.DerivePmrm2(
                new Pmrm2Parameters(
                        all.basis(),
                        all.charges(),
                        all.factors(),
                        all.volatility(),
                        all.leastVolatilityUp(),
                        all.skew(),
                        tilts),
                0.01,
                0.02);
    }

    private static VenueEngine standard() {
        return new VenueEngine.DeriveStandard(TestEngines.STANDARD);
    }

    private static VenueEngine deribit() {
        return new VenueEngine.Deribit(Map.of("ETH", TestEngines.DERIBIT_ETH));
    }
}
