package io.bulwark.netting.liquidity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.SharedReference;
import io.bulwark.netting.liquidity.LiquidityObservations.AssetLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.GroupLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.InstrumentLiquidity;
import io.bulwark.netting.liquidity.LiquidityObservations.OneSided;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.SizeCharge;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AddOnSlopesTest {
    private static final AddOnSlopes SLOPES = new AddOnSlopes(ParameterSet.founding());

    @Test
    void shouldTakeTheDepthOfOneHourInTwenty() {
        long[] hours = LongStream.rangeClosed(1, 2_160).toArray();
        assertEquals(108, StressDepth.of(hours), "RISK-001");
        long[] spoofed = hours.clone();
        spoofed[2_000] = Long.MAX_VALUE;
        assertEquals(108, StressDepth.of(spoofed));
        long[] older =
                LongStream.concat(LongStream.of(0, 0, 0), LongStream.of(hours)).toArray();
        assertEquals(108, StressDepth.of(older), "only 90 days count");
        assertEquals(7, StressDepth.of(new long[] {9, 7, 8}));
        assertThrows(IllegalArgumentException.class, () -> StressDepth.of(new long[0]));
        assertThrows(IllegalArgumentException.class, () -> StressDepth.of(new long[] {1, -1}));
    }

    @Test
    void shouldChargeTheAverageOfTheSquareRootLaw() {
        // RISK-002: OI = 4·D, β = 1/4: ⅔·2 %·√1 = 1.3333 %, rounded up.
        assertEquals(13_334, SquareRootImpact.average(400, 100, 250_000, 50_000));
        // RISK-003: OI = 1.8225·D, β = 1/4: ⅔·2 %·0.675 = 0.9 % exactly, the slope of the reference table's BTC
        // perpetual.
        assertEquals(9_000, SquareRootImpact.average(18_225, 10_000, 250_000, 50_000));
        assertEquals(50_000, SquareRootImpact.average(1_000_000, 1, 250_000, 50_000));
        assertEquals(0, SquareRootImpact.average(0, 1, 250_000, 50_000));
        assertEquals(50_000, SquareRootImpact.average(Long.MAX_VALUE, 1, 1_000_000, 50_000));
    }

    @Test
    void shouldSurchargeAClusterOfShortStrikes() {
        OneSided interest = new OneSided(18_225, 18_225);
        // RISK-004: 0.9 % and, at 3.5 times the median, half of 0.4 %.
        assertEquals(new CrowdSlopes(9_000, 11_000), SLOPES.crowd(instrument(interest, 10_000, 3_500_000)));
        assertEquals(new CrowdSlopes(9_000, 9_000), SLOPES.crowd(instrument(interest, 10_000, 2_000_000)));
        assertEquals(new CrowdSlopes(9_000, 13_000), SLOPES.crowd(instrument(interest, 10_000, 99_000_000)));
    }

    @Test
    void shouldRiseWithOpenInterestAndFallWithDepth() {
        SplittableRandom random = new SplittableRandom(20_260_101);
        for (int round = 0; round < 20_000; round++) {
            long interest = random.nextLong(1L << random.nextInt(1, 50));
            long depth = 1 + random.nextLong(1L << random.nextInt(1, 50));
            long share = random.nextLong(100_000, 1_000_001);
            long slope = SquareRootImpact.average(interest, depth, share, 50_000);
            long more = SquareRootImpact.average(interest + random.nextLong(1L << 40), depth, share, 50_000);
            long deeper = SquareRootImpact.average(interest, depth + random.nextLong(1L << 40), share, 50_000);
            assertTrue(slope <= more && deeper <= slope && slope <= 50_000, "round " + round);
            double exact = 40_000.0 / 3 * Math.sqrt(share / 1e6 * interest / depth);
            assertEquals(Math.min(50_000, exact), (double) slope, 1 + 1e-9 * exact, "round " + round);
            assertTrue(slope >= Math.min(50_000, exact) - 1e-6 * exact, "against the account, round " + round);
        }
    }

    @Test
    void shouldGiveTheKnotsOfTheReferenceTable() {
        JsonNode table = reference();
        int lists = 0;
        for (JsonNode instrument : table.path("instruments")) {
            long linear = instrument.path("spread").asLong() + smaller(instrument.path("crowd"));
            lists += compare(instrument, linear);
        }
        for (JsonNode asset : table.path("assets")) {
            lists += compare(asset, smaller(asset.path("crowd")));
        }
        for (JsonNode group : table.path("groups")) {
            JsonNode impact = group.path("impact");
            long linear =
                    Math.min(impact.path("long").asLong(), impact.path("short").asLong());
            lists += compare(impact, linear);
        }
        System.out.println("own-size lists of the reference table found again: " + lists);
        assertTrue(lists > 80);
    }

    @Test
    void shouldNeverChargeOwnSizeAboveThreePerCentOfTheSlope() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 5_000; round++) {
            long linear = random.nextLong(1L << random.nextInt(1, 31));
            List<Knot> knots = OwnSize.knots(linear, 1 + random.nextLong(1L << random.nextInt(1, 50)));
            long own = knots.stream().mapToLong(Knot::slope).sum();
            assertTrue(100 * own <= 3 * linear, "linear " + linear);
            assertTrue(linear < 100 || knots.size() == 2, "linear " + linear);
            assertTrue(knots.size() < 2
                    || knots.getFirst().threshold() < knots.getLast().threshold());
        }
    }

    @Test
    void shouldChargeShortVegaBeyondWhatIsUsuallyHeldLong() {
        assertEquals(0, SLOPES.crowding(group(1, 1, 100, 100)).chi());
        // RISK-005: half as much again: 2.5 volatility points, with increments of 1 % and 2 % at a tenth and half of
        // the capacity.
        GroupCharges.Crowding half = SLOPES.crowding(group(1, 1, 150_000, 100_000));
        assertEquals(
                new GroupCharges.Crowding(2_500_000, List.of(new Knot(10_000, 25_000), new Knot(50_000, 50_000))),
                half);
        assertEquals(new GroupCharges.Crowding(5_000_000, List.of()), SLOPES.crowding(group(1, 1, 999, 100)));
        assertEquals(new GroupCharges.Crowding(5_000_000, List.of()), SLOPES.crowding(group(1, 1, 1, 0)));
        assertEquals(0, SLOPES.crowding(group(1, 1, 0, 0)).chi());
    }

    @Test
    void shouldChargeSkewBasisAndThinDepth() {
        assertEquals(250_000, SLOPES.psi(OptionalLong.empty()));
        assertEquals(375_000, SLOPES.psi(OptionalLong.of(500_000)));
        assertEquals(500_000, SLOPES.psi(OptionalLong.of(3_000_000)));
        assertEquals(0, SLOPES.psi(OptionalLong.of(-2_000_000)));
        // RISK-006: the basis keys of the reference table.
        assertEquals(
                List.of(2_000L, 4_110L, 12_329L, 24_658L),
                LongStream.of(7, 30, 90, 180)
                        .mapToObj(days -> AddOnSlopes.basis((int) days))
                        .toList());
        // RISK-007: depth a fifth below its reference widens X by a sixteenth: 16 % becomes 17 %.
        assertEquals(170_000, SLOPES.widened(160_000, group(80, 100, 0, 0)));
        assertEquals(200_000, SLOPES.widened(160_000, group(1, 100, 0, 0)));
        assertEquals(160_000, SLOPES.widened(160_000, group(101, 100, 0, 0)));
    }

    @Test
    void shouldLetASlopeRiseByOneStepAnEpoch() {
        assertEquals(1_000, SLOPES.stepped(0, 9_000, 1_000_000), "a thousandth of the whole");
        assertEquals(10_000, SLOPES.stepped(8_000, 12_000, 1_000_000), "a quarter of what it was");
        assertEquals(3_000, SLOPES.stepped(8_000, 3_000, 1_000_000), "a fall is immediate");
    }

    @Test
    void shouldChargeTheGroupsSideOfTheNetDelta() {
        GroupLiquidity group = new GroupLiquidity(1, 10_000, 10_000, new OneSided(18_225, 40_000), 0, 0);
        SizeCharge impact = SLOPES.impact(group, SizeCharge.NONE);
        assertEquals(new SizeCharge(9_000, 13_334, List.of(new Knot(1_000, 90), new Knot(5_000, 180))), impact);
    }

    @Test
    void shouldSumBothSidesWithoutNetting() {
        assertEquals(new OneSided(7, 5), OneSided.NONE.plus(4).plus(-5).plus(3));
        assertThrows(IllegalArgumentException.class, () -> new OneSided(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new AssetLiquidity(1, 0, OneSided.NONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LiquidityObservations(
                        "twice",
                        List.of(),
                        List.of(new AssetLiquidity(1, 1, OneSided.NONE), new AssetLiquidity(1, 1, OneSided.NONE)),
                        List.of()));
    }

    /** Compares the increments at a depth of ten times the first threshold. */
    private static int compare(JsonNode entry, long linear) {
        JsonNode knots = entry.path("knots");
        List<Knot> given = List.of();
        if (knots.size() == 2) {
            given = List.of(knot(knots.path(0)), knot(knots.path(1)));
        }
        long depth = given.isEmpty() ? 1_000_000 : 10 * given.getFirst().threshold();
        assertEquals(given, OwnSize.knots(linear, depth), entry.path("id").asText());
        return 1;
    }

    private static Knot knot(JsonNode pair) {
        return new Knot(pair.path(0).asLong(), pair.path(1).asLong());
    }

    private static long smaller(JsonNode crowd) {
        return Math.min(crowd.path(0).asLong(), crowd.path(1).asLong());
    }

    private static InstrumentLiquidity instrument(OneSided interest, long depth, long crowding) {
        return new InstrumentLiquidity(1, 500, depth, interest, crowding);
    }

    private static GroupLiquidity group(long depth, long reference, long shortVega, long capacity) {
        return new GroupLiquidity(1, depth, reference, OneSided.NONE, shortVega, capacity);
    }

    private static JsonNode reference() {
        try {
            return new ObjectMapper()
                    .readTree(SharedReference.read("margin/formula_table.json"))
                    .path("table");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
