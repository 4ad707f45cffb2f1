package io.bulwark.insurance.liquidation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidationCascade;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.risktable.IntColumn;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** The cascade in time, against its twin, against the fixed point of the buffer, against the closed form of a sliced sale, and by hand. */
final class LiquidationReplayTest {
    private static final int BOOKS = 300;
    private static final long USD = 1_000_000;

    /** Account A of CONT-001: 100,000 USD of BTC, equity 9,000, MM 5,000; 0.2 ppm a dollar. */
    private static DrawnBook hand(long equityUsd) {
        return new DrawnBook(
                List.of(new LiquidityGroup(
                        "BTC", new ImpactLadder(List.of(new ImpactLadder.Step(0, 200_000))), 500_000, 0, 0, List.of())),
                List.of(new DrawnBook.Held(new long[] {100_000 * USD, 0}, equityUsd * USD, 5_000 * USD)));
    }

    private static LiquidationReplay replay(DrawnBook book, PricePath path, SaleSpeed speed) {
        return LiquidationReplay.of(book.book(), book.groups(), path, speed, 500_000);
    }

    /** CONT-010, first row: all sold at once at −5 % moves the price by 2 % and costs half of it. */
    @Test
    void shouldSellAtOnceAtHalfTheWay() {
        LiquidationReplay sold = replay(hand(9_000), hand(9_000).fallen(950_000, 1), SaleSpeed.atOnce(0));
        assertEquals(100_000 * USD, sold.forcedFlow());
        assertEquals(1_000 * USD, sold.impactCost());
        assertEquals(IntColumn.of(930_000), sold.lowestPpm());
        assertEquals(1, sold.liquidated());
        assertEquals(0, sold.uncovered());
    }

    /** CONT-010, second row: two slices, market recovered between them: due = 0.4 + 0.4·due, so two thirds are sold, a third a slice, and the account lives. */
    @Test
    void shouldSellLessWhenTheFirstSliceMovesThePriceLess() {
        LiquidationReplay sold = replay(hand(9_000), hand(9_000).fallen(950_000, 1), new SaleSpeed(2, 1_000_000, 1, 0));
        assertEquals(66_667.0 * USD, (double) sold.forcedFlow(), 10.0 * USD);
        // A third of 100,000 at half of 6,667 ppm, twice.
        assertEquals(222.2 * USD, (double) sold.impactCost(), 0.2 * USD);
        assertEquals(950_000 - 6_667, sold.lowestPpm().at(0), 2);
        assertEquals(2, sold.moments());
    }

    /** CONT-010, third row: a price that falls on while the house waits; 10 of 20 slices are sold below where all could have been. */
    @Test
    void shouldLoseMoreByWaitingOnAFallingPath() {
        // Down to 700,000 ppm in 20 equal moves.
        PricePath falling = new PricePath(IntStream.rangeClosed(0, 20)
                .mapToObj(step -> IntColumn.of(PricePath.START - 15_000 * step))
                .toList());
        LiquidationReplay atOnce = replay(hand(9_000), falling, SaleSpeed.atOnce(500_000));
        LiquidationReplay slowly = replay(hand(9_000), falling, new SaleSpeed(20, 1_000_000, 1, 500_000));
        assertTrue(
                slowly.uncovered() > atOnce.uncovered() + 5_000 * USD,
                () -> "waiting must cost; have " + slowly + " and " + atOnce);
        assertTrue(slowly.impactCost() < atOnce.impactCost());
    }

    @Test
    void shouldAgreeWithThePlainTwin() {
        List<SaleSpeed> speeds = List.of(
                SaleSpeed.atOnce(300_000),
                new SaleSpeed(3, 1_000_000, 1, 1_000_000),
                new SaleSpeed(4, 3_000_000, 50_000, 700_001));
        int liquidated = 0;
        for (long seed = 0; seed < 60; seed++) {
            DrawnBook book = DrawnBook.of(seed);
            PricePath path = book.wandering(seed);
            for (SaleSpeed speed : speeds) {
                LiquidationReplay replay = book.replay(path, speed);
                assertEquals(PlainReplay.of(book, path, speed), replay, "seed " + seed + " " + speed);
                liquidated += replay.liquidated();
            }
        }
        assertTrue(liquidated > 500, "the books must be forced to sell; have " + liquidated);
    }

    @Test
    void shouldBeTheLeastFixedPointOfTheBufferInOneMoment() {
        int moved = 0;
        for (long seed = 0; seed < BOOKS; seed++) {
            DrawnBook book = DrawnBook.of(seed);
            PricePath path = book.fallen(900_000, 1);
            LiquidationReplay replay = book.replay(path, SaleSpeed.atOnce(1_000_000));
            LiquidationCascade cascade = LiquidationCascade.of(
                    book.book(),
                    book.groups(),
                    IntColumn.of(book.groups().stream().mapToInt(g -> -100_000).toArray()),
                    new ContagionRules(DrawnBook.SPAN, 0, 0));
            for (int k = 0; k < book.groups().size(); k++) {
                assertEquals(
                        900_000 - cascade.vector().down(k), replay.lowestPpm().at(k), "seed " + seed);
                assertEquals(
                        900_000 + cascade.vector().up(k), replay.highestPpm().at(k), "seed " + seed);
                moved += cascade.vector().down(k) > 0 ? 1 : 0;
            }
            assertEquals(
                    cascade.flows().amounts().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    replay.forcedFlow(),
                    "seed " + seed);
            assertEquals(cascade.liquidated(), replay.liquidated(), "seed " + seed);
        }
        assertTrue(moved > BOOKS / 2, "prices must be moved; have " + moved);
    }

    /** A lost account is sold whole whatever prices do, so its cost is that of the closed form: within a ppm of what is sold, for rates are rounded up. */
    @Test
    void shouldCostWhatASlicedSaleCosts() {
        for (int kept : new int[] {0, 500_000, 1_000_000}) {
            for (int slices : new int[] {1, 2, 5, 20}) {
                LiquidationReplay sold = replay(
                        hand(-20_000), hand(-20_000).fallen(1_000_000, 1), new SaleSpeed(slices, 1_000_000, 1, kept));
                // 100,000 USD at 2·10⁻⁷ of the price a dollar.
                BigFraction cost = SlicedSale.cost(
                        new BigFraction(100_000),
                        new BigFraction(2, 10_000_000),
                        new BigFraction(kept, 1_000_000),
                        slices);
                assertEquals(100_000 * USD, sold.forcedFlow());
                assertEquals(
                        cost.doubleValue() * USD, (double) sold.impactCost(), 0.11 * USD, slices + " slices, " + kept);
                assertEquals(slices, sold.moments());
            }
        }
    }

    /** Rates are rounded up to a ppm and money to a unit, once a slice: the only room that the property has. */
    @Test
    void shouldNeverLoseMoreInBatchesWherePricesStandStillAndTheMarketRecovers() {
        SaleSpeed batches = new SaleSpeed(5, 4_000_000, 10_000, 0);
        long saved = 0;
        for (long seed = 0; seed < BOOKS; seed++) {
            DrawnBook book = DrawnBook.of(seed);
            PricePath path = book.fallen(880_000, 1);
            LiquidationReplay atOnce = book.replay(path, SaleSpeed.atOnce(0));
            LiquidationReplay slowly = book.replay(path, batches);
            long rounding = atOnce.forcedFlow() / USD + 40L * book.accounts().size();
            assertTrue(slowly.uncovered() <= atOnce.uncovered() + rounding, "uncovered, seed " + seed);
            assertTrue(slowly.impactCost() <= atOnce.impactCost() + rounding, "cost, seed " + seed);
            assertTrue(slowly.forcedFlow() <= atOnce.forcedFlow() + rounding, "flow, seed " + seed);
            for (int k = 0; k < book.groups().size(); k++) {
                assertTrue(slowly.lowestPpm().at(k) >= atOnce.lowestPpm().at(k), "price, seed " + seed);
            }
            saved += atOnce.uncovered() - slowly.uncovered();
        }
        assertTrue(saved > 0, "batches must save something; have " + saved);
    }

    @Test
    void shouldNotDependOnTheOrderOfAccounts() {
        SaleSpeed speed = new SaleSpeed(4, 3_000_000, 50_000, 700_001);
        for (long seed = 0; seed < BOOKS; seed++) {
            DrawnBook book = DrawnBook.of(seed);
            PricePath path = book.wandering(seed);
            assertEquals(book.replay(path, speed), book.shuffled(seed).replay(path, speed), "seed " + seed);
        }
    }

    /** Without equity everything is sold and the market keeps nothing: what was sold is what was held, to the unit. */
    @Test
    void shouldSellWhatIsHeldToTheUnit() {
        for (long seed = 0; seed < BOOKS; seed++) {
            DrawnBook drawn = DrawnBook.of(seed);
            DrawnBook lost = new DrawnBook(
                    drawn.groups(),
                    drawn.accounts().stream()
                            .map(a -> new DrawnBook.Held(a.held(), -1_000_000 * USD, a.maintenance() + 1))
                            .toList());
            long held = lost.accounts().stream()
                    .flatMapToLong(a -> java.util.Arrays.stream(a.held()))
                    .sum();
            LiquidationReplay replay = lost.replay(lost.wandering(seed), new SaleSpeed(7, 2_000_000, 30_000, 600_000));
            assertEquals(held, replay.forcedFlow(), "seed " + seed);
            assertEquals(lost.accounts().size(), replay.insolvent());
        }
    }

    @Test
    void shouldSlowDownAsDepthFalls() {
        SaleSpeed speed = new SaleSpeed(5, 4_000_000, 10_000, 0);
        assertEquals(
                List.of(5, 13, 20, 20),
                IntStream.of(0, 5_000, 10_000, 90_000)
                        .map(speed::slicesAt)
                        .boxed()
                        .toList());
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        DrawnBook book = hand(9_000);
        PricePath two = new PricePath(List.of(IntColumn.of(1, 2)));
        assertEquals(
                "there must be 1 groups and prices; have 1 and 2",
                assertThrows(IllegalArgumentException.class, () -> replay(book, two, SaleSpeed.atOnce(0)))
                        .getMessage());
        assertEquals(
                "a price of moment 0 must be within 0 … 100000000 ppm; have -1",
                assertThrows(IllegalArgumentException.class, () -> new PricePath(List.of(IntColumn.of(-1))))
                        .getMessage());
        assertEquals(
                "keptPpm must be within 0 … 1000000; have 1000001",
                assertThrows(IllegalArgumentException.class, () -> SaleSpeed.atOnce(1_000_001))
                        .getMessage());
    }
}
