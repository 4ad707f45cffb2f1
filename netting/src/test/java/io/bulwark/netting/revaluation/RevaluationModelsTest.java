package io.bulwark.netting.revaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.Exercise;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.pricing.AmericanOption;
import io.bulwark.netting.pricing.Black76Jumps;
import io.bulwark.netting.revaluation.Revaluation.InstrumentRows;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.GroupRange;
import io.bulwark.netting.scenario.House;
import io.bulwark.netting.scenario.PriceMoves;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.scenario.ScenarioRows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which model fills an option's rows, and that each row is what its model says of the moved world. */
class RevaluationModelsTest {
    private static final double UNITS = 1e4;

    /** Half a year; the forward 3 % over the spot of 100, so that waiting with a put costs interest. */
    private static final double YEARS = 0.5;

    private static final double GROWTH = 1.03;
    private static final double RATE = StrictMath.log(GROWTH) / YEARS;

    /** What a tree of 128 steps leaves of an option on 100, in u: 1e-4 of the strike. */
    private static final double TREE_TOLERANCE = 100;

    private final List<ScenarioRow> rows = ScenarioRows.joint();
    private final GroupMoves moves = new PriceMoves(List.of(), List.of(), 1_000_000, true)
            .of(new GroupRange(1, "BTC", 160_000, 350_000), rows, es());
    private final Revaluation revaluation = new Revaluation(
            rows,
            CellPairs.of(rows, List.of(new Family("J", List.of(IntColumn.of(0))))),
            List.of(moves),
            es(),
            SurfaceRule.PUBLISHED);

    @Test
    void shouldFillAnAmericanOptionWithItsExactPriceInEveryRow() {
        for (OptionRight right : OptionRight.values()) {
            InstrumentRows american = revaluation.rows(new Payoff.American(european(right, 105), GROWTH, 128));
            AmericanOption now = american(right, 105, 0, YEARS, 0.6);
            assertEquals(UNITS * now.price(), (double) american.value(), TREE_TOLERANCE);
            assertEquals(100 * UNITS * now.delta(), american.delta().getFirst().amount(), 100 * TREE_TOLERANCE);
            for (int row = 0; row < 27; row++) {
                double shock = rows.get(row).volatilityShock().doubleValue();
                double wait = shock > 0 ? 0 : 2 / 365.0;
                double volatility =
                        0.6 * (1 + SurfaceRule.PUBLISHED.level(shock) * SurfaceRule.PUBLISHED.termFactor(YEARS));
                double moved = american(right, 105, moves.shock().at(row) / 1e6, YEARS - wait, volatility)
                        .price();
                assertEquals(
                        UNITS * moved,
                        (double) (american.value() + american.row().at(row)),
                        TREE_TOLERANCE,
                        "row " + row);
            }
        }
    }

    @Test
    void shouldNeverFillAnAmericanOptionBelowItsEuropeanTwinOrBelowNothing() {
        for (OptionRight right : OptionRight.values()) {
            for (double strike : new double[] {60, 100, 180}) {
                InstrumentRows european = revaluation.rows(european(right, strike));
                InstrumentRows american = revaluation.rows(new Payoff.American(european(right, strike), GROWTH, 128));
                assertTrue(american.value() >= european.value());
                for (int row = 0; row < rows.size(); row++) {
                    long worth = american.value() + american.row().at(row);
                    assertTrue(worth >= european.value() + european.row().at(row), "row " + row);
                    assertTrue(worth >= 0, "a paid-up long must never owe");
                }
            }
        }
    }

    @Test
    void shouldPayForExerciseWhereInterestIsToBeHad() {
        long european = revaluation.rows(european(OptionRight.PUT, 140)).value();
        long american = revaluation
                .rows(new Payoff.American(european(OptionRight.PUT, 140), GROWTH, 128))
                .value();
        assertTrue(american > european + 0.5 * UNITS, american + " and " + european);
        assertTrue(american >= 40 * UNITS, "at least what exercise pays now");
    }

    @Test
    void shouldKeepTheMarkWhereJumpsGovern() {
        for (double strike : new double[] {70, 100, 150}) {
            InstrumentRows plain = revaluation.rows(european(OptionRight.CALL, strike));
            InstrumentRows jumps = revaluation.rows(
                    new Payoff.JumpDiffusion(european(OptionRight.CALL, strike), new Black76Jumps(6, 0.4)));
            assertTrue(Math.abs(plain.value() - jumps.value()) <= 1, "strike " + strike);
        }
    }

    @Test
    void shouldBeBlack76WhereNoShareOfTheVarianceJumps() {
        InstrumentRows plain = revaluation.rows(european(OptionRight.PUT, 90));
        InstrumentRows jumps =
                revaluation.rows(new Payoff.JumpDiffusion(european(OptionRight.PUT, 90), new Black76Jumps(6, 0)));
        for (int row = 0; row < rows.size(); row++) {
            assertEquals(plain.row().at(row), jumps.row().at(row), 1, "row " + row);
        }
    }

    @Test
    void shouldChargeShortOptionsTheJumpsThatTheyInsure() {
        Payoff.European week = new Payoff.European(1, OptionRight.PUT, 100, 80, 7 / 365.0, 0.6, 1);
        InstrumentRows plain = revaluation.rows(week);
        InstrumentRows jumps = revaluation.rows(new Payoff.JumpDiffusion(week, new Black76Jumps(6, 0.4)));
        // In the quiet fall by half of X the far put gains more where part of its value is the jump to come.
        assertTrue(jumps.row().at(7) != plain.row().at(7), "the model must decide the row");
        for (int row = 0; row < rows.size(); row++) {
            assertTrue(jumps.value() + jumps.row().at(row) >= 0, "a paid-up long must never owe");
        }
    }

    @Test
    void shouldTakeTheModelFromTheListingAndFromGovernance() {
        ListedInstrument listed = House.LISTING.instrument(1);
        assertInstanceOf(Payoff.European.class, payoff(House.LISTING, ParameterSet.founding()));
        ParameterSet jumping = ParameterSet.founding().with(ScenarioParameters.model("BTC"), 1);
        Payoff.JumpDiffusion jumps = assertInstanceOf(Payoff.JumpDiffusion.class, payoff(House.LISTING, jumping));
        assertEquals(new Black76Jumps(6, 0.4), jumps.jumps());
        Listing american = with(american(listed));
        assertTrue(american.instrument(1).paidUp());
        Payoff.American tree = assertInstanceOf(Payoff.American.class, payoff(american, jumping));
        assertEquals(128, tree.steps());
    }

    @Test
    void shouldReadTheForwardFromEuropeanMarksAlone() {
        List<PriceReport> reports = new ArrayList<>(House.reports());
        reports.add(House.report(Measure.MARK_PRICE, "deribit:BTC-31MAY24-68000-C", "3000"));
        Market market = House.market(reports);
        ListedInstrument listed = House.LISTING.instrument(1);
        assertTrue(growth(House.LISTING, market) > 1.005, "the call's mark implies a forward over the spot");
        assertEquals(1, growth(with(american(listed)), market), 0);
    }

    @Test
    void shouldSayInTheTableWhichOptionsAreAmerican() {
        ListedInstrument listed = House.LISTING.instrument(1);
        ParameterSet founding = ParameterSet.founding();
        Market market = House.market();
        RiskTable european =
                RiskTableBuilder.marginTable(House.LISTING, market, founding).table();
        RiskTable american = RiskTableBuilder.marginTable(with(american(listed)), market, founding)
                .table();
        assertNotEquals(european.builder(), american.builder());
    }

    private static double growth(Listing listing, Market market) {
        return ForwardCurves.of(listing, market)
                .forwardOverSpot(1, ((Instrument.Option) listing.instrument(1).contract()).expiryMillis());
    }

    @Test
    void shouldChangeOnlyTheOptionsOfAGroupThatJumps() {
        ParameterSet founding = ParameterSet.founding();
        RiskTable plain = RiskTableBuilder.marginTable(House.LISTING, House.market(), founding)
                .table();
        RiskTable jumping = RiskTableBuilder.marginTable(
                        House.LISTING, House.market(), founding.with(ScenarioParameters.model("BTC"), 1))
                .table();
        for (int i = 0; i < plain.instruments().size(); i++) {
            InstrumentRisk before = plain.instruments().get(i);
            InstrumentRisk after = jumping.instruments().get(i);
            assertEquals(!before.paidUp(), before.row().equals(after.row()), before.id());
        }
    }

    private static Payoff payoff(Listing listing, ParameterSet parameters) {
        ListedPayoffs payoffs = new ListedPayoffs(listing, House.market(), parameters);
        return assertInstanceOf(ListedPayoffs.Result.Priced.class, payoffs.of(listing.instrument(1)))
                .payoff();
    }

    private static ListedInstrument american(ListedInstrument listed) {
        Instrument.Option option = (Instrument.Option) listed.contract();
        Instrument.Option early = new Instrument.Option(
                option.underlying(),
                option.settlement(),
                option.right(),
                option.strike(),
                option.expiryMillis(),
                Exercise.AMERICAN);
        return new ListedInstrument(
                listed.number(), listed.name(), listed.venue(), listed.symbol(), listed.group(), early, listed.lot());
    }

    private static Listing with(ListedInstrument replaced) {
        List<ListedInstrument> instruments = House.LISTING.instruments().stream()
                .map(i -> i.number() == replaced.number() ? replaced : i)
                .toList();
        return new Listing(House.LISTING.venues(), House.LISTING.groups(), House.LISTING.assets(), instruments);
    }

    /** One unit on a spot of 100, valued on its forward. */
    private static Payoff.European european(OptionRight right, double strike) {
        return new Payoff.European(1, right, 100 * GROWTH, strike, YEARS, 0.6, 1 / GROWTH);
    }

    /** The spot moved; the forward keeps its distance whatever time is left. */
    private static AmericanOption american(
            OptionRight right, double strike, double shock, double years, double volatility) {
        return new AmericanOption(right, 100 * (1 + shock), strike, 0, RATE * YEARS / years, years, volatility);
    }

    private static IntColumn es() {
        return IntColumn.of(IntStream.of(-100_000, 50_000).toArray());
    }
}
