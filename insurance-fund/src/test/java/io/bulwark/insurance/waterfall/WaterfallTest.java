package io.bulwark.insurance.waterfall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.insurance.liquidation.Bid;
import io.bulwark.insurance.waterfall.Absorption.LayerUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

class WaterfallTest {
    private static final long SEED = 20_180_910;

    /** Nasdaq Clearing, September 2018: a loss of 114 of which 7 fell on junior capital and 107 on a members' fund of 166, EUR m. */
    @Test
    void shouldUseDefaulterMarginBeforeFund() {
        Absorption nasdaq =
                new Waterfall(List.of(layer("junior capital", 7), layer("members' fund", 166))).absorb(number(114));
        assertEquals(number(107), nasdaq.layers().get(1).used());
        assertEquals(BigFraction.ZERO, nasdaq.residual());
    }

    @Test
    void shouldConserveEveryLossAndTouchNoLayerBeforeTheOneAboveIsEmpty() {
        Random random = new Random(SEED);
        for (int i = 0; i < 3_000; i++) {
            Absorption absorption = new Waterfall(layers(random)).absorb(number(random.nextInt(2_000)));
            BigFraction paid =
                    absorption.layers().stream().map(LayerUse::used).reduce(BigFraction.ZERO, BigFraction::add);
            assertEquals(absorption.loss(), paid.add(absorption.residual()));
            boolean open = false;
            for (LayerUse layer : absorption.layers()) {
                assertTrue(!open || layer.used().signum() == 0, layer.toString());
                open |= layer.used().compareTo(layer.capacity()) < 0;
                if (!layer.members().isEmpty()) {
                    assertEquals(
                            layer.used(), layer.members().values().stream().reduce(BigFraction.ZERO, BigFraction::add));
                }
            }
            assertTrue(!open || absorption.residual().signum() == 0);
        }
    }

    @Test
    void shouldChargeAMemberTheSameHoweverItSplitsItsMembership() {
        BigFraction loss = number(57);
        Map<String, BigFraction> whole = Map.of("a", number(60), "b", number(40));
        Map<String, BigFraction> split = Map.of("a1", number(59), "a2", number(1), "b", number(40));
        LayerUse first = Layer.shared("fund", new TreeMap<>(whole)).absorb(loss);
        LayerUse second = Layer.shared("fund", new TreeMap<>(split)).absorb(loss);
        assertEquals(first.members().get("b"), second.members().get("b"));
    }

    @Test
    void shouldRefuseNegativeLossesAndCapacities() {
        assertThrows(IllegalArgumentException.class, () -> layer("fund", -1));
        assertThrows(IllegalArgumentException.class, () -> new Waterfall(List.of()).absorb(number(-1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Layer("fund", number(2), new TreeMap<>(Map.of("a", number(1)))));
    }

    @Test
    void shouldProtectNoMoreThanABidWouldHaveTakenOver() {
        BigFraction clearing = number(97);
        BigFraction tolerance = number(2);
        assertEquals(
                new BigFraction(1, 30),
                Juniorisation.seniorShare(number(30), List.of(bid(97, 1)), clearing, tolerance));
        assertEquals(
                BigFraction.ONE,
                Juniorisation.seniorShare(number(30), List.of(bid(95, 30)), clearing, tolerance),
                "within the tolerance a bid counts in full");
        assertEquals(
                new BigFraction(1, 2),
                Juniorisation.seniorShare(number(30), List.of(bid(94, 30)), clearing, tolerance),
                "half way between one tolerance and two it counts half");
        assertEquals(
                BigFraction.ZERO, Juniorisation.seniorShare(number(30), List.of(bid(93, 30)), clearing, tolerance));
        assertThrows(
                IllegalArgumentException.class,
                () -> Juniorisation.seniorShare(number(30), List.of(), clearing, BigFraction.ZERO));
    }

    @Test
    void shouldCallSeniorPartsOnlyOnceEveryJuniorPartIsGone() {
        Juniorisation split = Juniorisation.bySize(
                Map.of("bidder", number(40), "absent", number(10)),
                Map.of("bidder", BigFraction.ONE, "absent", BigFraction.ZERO));
        Waterfall waterfall = new Waterfall(split.layers());
        assertEquals(Map.of("bidder", BigFraction.ZERO, "absent", number(9)), split.used(waterfall.absorb(number(9))));
        assertEquals(Map.of("bidder", number(5), "absent", number(10)), split.used(waterfall.absorb(number(15))));
    }

    @Test
    void shouldLetABidOfOneLotEscapeTheThresholdRuleOnly() {
        Map<String, BigFraction> fund = Map.of("one-lot", number(30), "absent", number(10));
        Juniorisation threshold = Juniorisation.byThreshold(fund, Map.of("one-lot", number(97)), number(97), number(2));
        assertEquals(number(30), threshold.senior().get("one-lot"));
        BigFraction share = Juniorisation.seniorShare(number(30), List.of(bid(97, 1)), number(97), number(2));
        Juniorisation bySize = Juniorisation.bySize(fund, Map.of("one-lot", share, "absent", BigFraction.ZERO));
        assertEquals(number(1), bySize.senior().get("one-lot"));
    }

    private static List<Layer> layers(Random random) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < random.nextInt(6); i++) {
            if (random.nextBoolean()) {
                layers.add(layer("layer " + i, random.nextInt(200)));
            } else {
                TreeMap<String, BigFraction> members = new TreeMap<>();
                for (int m = 0; m <= random.nextInt(7); m++) {
                    members.put("m" + m, new BigFraction(random.nextInt(300), 1 + random.nextInt(9)));
                }
                layers.add(Layer.shared("layer " + i, members));
            }
        }
        return layers;
    }

    private static Layer layer(String name, int capacity) {
        return Layer.of(name, number(capacity));
    }

    private static Bid bid(int price, int quantity) {
        return new Bid("m", number(price), number(quantity));
    }

    private static BigFraction number(int value) {
        return new BigFraction(value);
    }
}
