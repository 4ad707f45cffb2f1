package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.adapter.recording.Recording;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.liquidity.AddOnSlopes.SlopeBasis;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.placement.DislocationSlopes;
import io.bulwark.netting.risktable.GroupCharges.Dislocation;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What venues show is sealed, charges by one step an epoch, and follows again from the bytes alone. */
@OfHouse
class ObservedJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BTC = 0;
    private static final int ETH = 1;
    private static final String DRACO = "DRACO";

    @Test
    void shouldChargeWhatMarksPartByAndFindItAgain(@TempDir Path home) throws Exception {
        try (House house = House.open(new Home(home))) {
            Foundation founded = founded(house);
            ComputedEpoch calm = seal(house, founded, Map.of());
            // Both venues mark both coins alike, so the governed least stands.
            assertEquals(Map.of("hyperliquid", 10_000, "dydx", 10_000), slopes(calm.table(), ETH));
            assertEquals(List.of(SlopeBasis.FLOOR), bases(calm.table(), ETH));
            ComputedEpoch apart = seal(house, founded, Map.of("hyperliquid", later("1716487920000", "4163.28")));
            // |4,163.28 - 3,974.04| / 3,974.04 = 4.761904...: a quarter of what was is the step of one epoch.
            assertEquals(Map.of("hyperliquid", 12_500, "dydx", 12_500), slopes(apart.table(), ETH));
            assertEquals(Map.of("hyperliquid", 10_000, "dydx", 10_000), slopes(apart.table(), BTC));
            assertEquals(List.of(SlopeBasis.OBSERVED), bases(apart.table(), ETH));
            assertEquals(
                    List.of(47_620L),
                    DislocationSlopes.published(apart.table()).stream()
                            .filter(p -> p.group() == ETH)
                            .map(p -> p.slope().observed().orElseThrow())
                            .distinct()
                            .toList());
            ComputedEpoch still = seal(house, founded, Map.of());
            assertEquals(Map.of("hyperliquid", 15_625, "dydx", 15_625), slopes(still.table(), ETH));
            for (ComputedEpoch epoch : List.of(calm, apart, still)) {
                assertEquals(byHand(epoch), given(epoch).dislocation(), "as derived from the published table");
                assertTrue(house.archive().replay(epoch.number()).orElseThrow().equal());
            }
            System.out.println("DRACO, marks that part by venue: " + given(calm).dislocation() + ", "
                    + given(apart).dislocation() + ", " + given(still).dislocation() + " u; initial margin "
                    + given(calm).initialMargin() + ", " + given(apart).initialMargin() + ", "
                    + given(still).initialMargin() + " u");
            refuses(house, house.epochs().epoch(3).orElseThrow().inputs());
        }
    }

    /** An epoch starts from what the one before sealed, or from nothing that anybody believes. */
    private static void refuses(House house, EpochInputs inputs) {
        SortedMap<String, Digest> documents = inputs.documents();
        for (String name : List.of("table", "record")) {
            SortedMap<String, Digest> other = new TreeMap<>(documents);
            other.put(name, Objects.requireNonNull(documents.get("market")));
            assertThrows(
                    IllegalStateException.class,
                    () -> house.archive().material().before(with(inputs, other), 3));
            SortedMap<String, Digest> without = new TreeMap<>(documents);
            without.remove(name);
            assertThrows(
                    IllegalStateException.class,
                    () -> house.archive().material().before(with(inputs, without), 3));
        }
        SortedMap<String, Digest> blind = new TreeMap<>(documents);
        blind.keySet().removeAll(List.of("market", "table", "record"));
        assertThrows(
                IllegalStateException.class,
                () -> house.archive().material().before(with(inputs, blind), 3),
                "who has observed may not stop");
        MarketRecord record =
                house.archive().material().before(inputs, 3).orElseThrow().record();
        assertEquals(documents.get("record"), record.canonical().sha256());
    }

    private static EpochInputs with(EpochInputs inputs, SortedMap<String, Digest> documents) {
        return new EpochInputs(
                inputs.epochTimeMillis(), inputs.snapshots(), inputs.reports(), documents, inputs.accounts());
    }

    /** Σ over groups and venues of ⌈slope · |Σ lots · δ|⌉. */
    private static long byHand(ComputedEpoch epoch) {
        RiskTable table = epoch.table();
        long sum = 0;
        for (var group : table.groups()) {
            for (Dislocation slope : group.charges().map(c -> c.dislocation()).orElse(List.of())) {
                long delta = draco(epoch).lots().positions().stream()
                        .mapToLong(held -> {
                            InstrumentRisk risk =
                                    table.instrument(held.number()).orElseThrow();
                            return risk.venue() != slope.venue()
                                    ? 0
                                    : risk.delta().stream()
                                            .filter(leg -> leg.group() == group.number())
                                            .mapToLong(leg -> held.lots() * leg.amount())
                                            .sum();
                        })
                        .sum();
                sum += Rounding.cdiv(slope.ppm() * Math.abs(delta), Rounding.PPM);
            }
        }
        return sum;
    }

    private static io.bulwark.house.epoch.AccountLine draco(ComputedEpoch epoch) {
        return epoch.accounts().stream()
                .filter(line -> line.name().equals(DRACO))
                .findFirst()
                .orElseThrow();
    }

    private static Requirement given(ComputedEpoch epoch) {
        return draco(epoch).margin().stated().orElseThrow().given();
    }

    private static Map<String, Integer> slopes(RiskTable table, int group) {
        Map<String, Integer> slopes = new TreeMap<>();
        table.group(group).orElseThrow().charges().orElseThrow().dislocation().forEach(slope -> {
            String venue = table.venueRisk().venues().get(slope.venue()).id();
            if (!venue.startsWith("deribit")) {
                slopes.put(venue, slope.ppm());
            }
        });
        return slopes;
    }

    /** Of the two venues that mark the coin without a date; Deribit's options have no such mark. */
    private static List<SlopeBasis> bases(RiskTable table, int group) {
        return DislocationSlopes.published(table).stream()
                .filter(p -> p.group() == group && p.slope().days() > 0)
                .map(p -> p.slope().basis())
                .distinct()
                .toList();
    }

    private static Foundation founded(House house) throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(Demonstration.foundingFile());
        ((ObjectNode) file.get("parameters")).put("table.design", 1).put("liquidity.observed", 1);
        return house.cycle()
                .found(
                        file.toString().getBytes(StandardCharsets.UTF_8),
                        Path.of("").toAbsolutePath());
    }

    private static ComputedEpoch seal(House house, Foundation founded, Map<String, Recording> others)
            throws IOException, InterruptedException {
        Map<String, Recording> recordings = new TreeMap<>();
        founded.file().listing().venues().forEach(v -> recordings.put(v.name(), Recording.bundled(v.name())));
        recordings.putAll(others);
        try (RecordedVenues recorded = new RecordedVenues(recordings)) {
            house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
        }
        return house.cycle().seal(founded);
    }

    /** Hyperliquid a minute later, with another mark of ETH. */
    private static Recording later(String timeMillis, String mark) throws IOException {
        try (InputStream bundled =
                Objects.requireNonNull(Recording.class.getResourceAsStream("/recordings/hyperliquid.json"))) {
            String text = new String(bundled.readAllBytes(), StandardCharsets.UTF_8);
            String changed = text.replace("1716487860000", timeMillis)
                    .replace("\"markPx\": \"3784.8\"", "\"markPx\": \"" + mark + "\"")
                    .replace("\"markPx\":\"3784.8\"", "\"markPx\":\"" + mark + "\"");
            assertTrue(changed.contains(mark), "the recording has such a mark");
            return Recording.of(changed.getBytes(StandardCharsets.UTF_8));
        }
    }
}
