package io.bulwark.clearing.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What liars among observers can move, in simulated attacks: nothing beyond what honest observers saw. */
@Sized
class ObservationsTest {
    private static final int ATTACKS = Tier.size(2_000, 100_000);
    private static final VenueAccount MARKET = new VenueAccount(7, VenueAccount.MARKET);

    /** The venue of this test says "price holding", or nothing that can be understood. */
    private static Optional<VenueSnapshot> meaning(RawSnapshot raw) {
        String said = new String(raw.readings().getFirst().result(), StandardCharsets.UTF_8);
        if (!said.matches("[0-9]+ [0-9]+")) {
            return Optional.empty();
        }
        String[] numbers = said.split(" ", 2);
        List<PriceReport> reports = numbers[0].equals("0")
                ? List.of()
                : List.of(new PriceReport(
                        7,
                        Measure.INDEX_PRICE,
                        "BTC",
                        Amount.of(numbers[0]),
                        raw.horizon().timeMillis()));
        return Optional.of(new VenueSnapshot(
                raw, List.of(new Holding.Collateral(1, Amount.of(numbers[1]))), reports, EvidenceGrade.UNSIGNED));
    }

    private static RawSnapshot said(long price, long holding, long time) {
        return said(price + " " + holding, time);
    }

    private static RawSnapshot said(String text, long time) {
        return new RawSnapshot(
                MARKET,
                new Horizon.VenueTime(time),
                List.of(new Reading("said", "", text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Digest node(int number) {
        return Digest.sha256(new byte[] {(byte) number});
    }

    @Test
    void shouldStayBetweenTwoHonestObservationsInEveryAttack() {
        for (int seed = 1; seed <= ATTACKS; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(31);
            int t = 2 * n / 3 + 1;
            int f = n - t;
            int lying = f == 0 ? 0 : random.nextInt(f + 1);
            int showing = t + random.nextInt(n - t + 1);
            // Of those who show something the liars are as many as there are.
            int honest = showing - Math.min(lying, showing);
            long price = 1_000 + random.nextInt(1_000_000);
            long spread = 1 + random.nextInt(1_000);
            long holding = random.nextInt(1_000);
            List<Long> prices = new ArrayList<>();
            List<Long> times = new ArrayList<>();
            TreeMap<Digest, RawSnapshot> contents = new TreeMap<>();
            for (int i = 0; i < honest; i++) {
                prices.add(price + random.nextLong(spread));
                times.add(1_000_000 + random.nextLong(5_000));
                contents.put(node(i), said(prices.getLast(), holding, times.getLast()));
            }
            for (int i = honest; i < showing; i++) {
                contents.put(node(i), lie(random, prices, holding));
            }
            VenueSnapshot together;
            try {
                together = Observations.meaning(new Observations(t, contents).sealed(), ObservationsTest::meaning);
            } catch (CanonicalException tooFew) {
                assertTrue(showing < n, "seed " + seed + ": with all honest nodes there is an observation; " + tooFew);
                continue;
            }
            String seeded = "seed " + seed;
            assertEquals(List.of(new Holding.Collateral(1, Amount.of(holding))), together.holdings(), seeded);
            between(together.raw().horizon().timeMillis(), times, seeded);
            for (PriceReport report : together.reports()) {
                long median = report.value().toDecimal().longValueExact();
                between(median, prices, seeded);
                between(report.timeMillis(), times, seeded);
            }
            assertTrue(showing < n || together.reports().size() == 1, seeded);
        }
    }

    private static void between(long median, List<Long> honest, String seeded) {
        long least = honest.stream().mapToLong(x -> x).min().orElseThrow();
        long most = honest.stream().mapToLong(x -> x).max().orElseThrow();
        assertTrue(least <= median && median <= most, seeded + ": " + median + " of " + honest);
    }

    private static RawSnapshot lie(Random random, List<Long> honest, long holding) {
        long time = random.nextBoolean() ? Long.MAX_VALUE / 2 : random.nextLong(3_000_000);
        return switch (random.nextInt(7)) {
            case 0 -> said(1, holding, time);
            case 1 -> said(Long.MAX_VALUE, holding, time);
            case 2 -> said(honest.stream().mapToLong(x -> x).max().orElse(1) + 1, holding + 1, time);
            case 3 -> said(Math.max(1, honest.stream().mapToLong(x -> x).min().orElse(1) - 1), holding + 1, time);
            case 4 -> said("nonsense", time);
            case 5 -> said(0, holding + 1, time);
            default -> said(1 + random.nextLong(10_000_000), random.nextLong(5), time);
        };
    }

    @Test
    void shouldBeOneBytesForOneSetOfObservations() {
        TreeMap<Digest, RawSnapshot> contents = new TreeMap<>();
        for (int i = 0; i < 7; i++) {
            contents.put(node(i), said(100 + i / 3, 5, 10));
        }
        RawSnapshot sealed = new Observations(5, contents).sealed();
        assertEquals(1 + 3, sealed.readings().size(), "each content once");
        assertEquals(new Observations(5, contents), Observations.of(sealed));
        RawSnapshot later = new RawSnapshot(MARKET, new Horizon.VenueTime(11), sealed.readings());
        assertThrows(CanonicalException.class, () -> Observations.of(later), "at another horizon");
        List<Reading> twice = new ArrayList<>(sealed.readings());
        twice.add(twice.getLast());
        RawSnapshot doubled = new RawSnapshot(MARKET, sealed.horizon(), twice);
        assertThrows(CanonicalException.class, () -> Observations.of(doubled), "one content twice");
        TreeMap<Digest, RawSnapshot> nested = new TreeMap<>(contents);
        nested.put(node(0), sealed);
        assertThrows(CanonicalException.class, () -> new Observations(5, nested), "observations of observations");
    }

    @Test
    void shouldTakeNoHoldingsThatNoHonestNodeNeedHaveRead() {
        TreeMap<Digest, RawSnapshot> contents = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            contents.put(node(i), said(100, i < 2 ? 99 : i, 10));
        }
        RawSnapshot sealed = new Observations(5, contents).sealed();
        CanonicalException refused =
                assertThrows(CanonicalException.class, () -> Observations.meaning(sealed, ObservationsTest::meaning));
        assertEquals("observations.holdings", refused.field());
    }

    @Test
    void shouldNameAPriceBeyondTheTermsAndNoneAtThem() {
        TreeMap<Digest, RawSnapshot> contents = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            contents.put(node(i), said(i == 0 ? 1_050 : i == 1 ? 1_051 : 1_000, 5, 10));
        }
        List<Observations.Deviation> beyond = new Observations(5, contents).outliers(ObservationsTest::meaning, 50_000);
        assertEquals(
                List.of(node(1)),
                beyond.stream().map(Observations.Deviation::node).toList());
        assertEquals(Amount.of(1_000), beyond.getFirst().median());
    }
}
