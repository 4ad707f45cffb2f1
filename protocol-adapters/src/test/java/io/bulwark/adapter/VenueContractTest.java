package io.bulwark.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bulwark.adapter.RecordedSnapshots.Recorded;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.NotTold;
import io.bulwark.tier.Heavy;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every adapter must keep, over every recorded account and market. A new venue only adds its recording. */
@Heavy
@Sized
class VenueContractTest {
    private static final long SEED = 20240523;
    private static final int MUTATIONS = Tier.size(75, 150);
    private static final int ALIKE = Tier.size(2, 3);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static List<Recorded> snapshots() {
        return RecordedSnapshots.ofEveryVenue();
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void shouldSayTheSameFromTheSealedBytesAlone(Recorded recorded) {
        RawSnapshot raw = recorded.raw();
        RawSnapshot replayed =
                RawSnapshot.of(CanonicalReader.read(raw.canonical().encode()));
        assertEquals(raw.id(), replayed.id());
        assertEquals(said(recorded), said(recorded.with(replayed)));
        assertEquals(
                recorded.normalised().standings(),
                recorded.with(replayed).normalised().standings());
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void shouldSpeakOfOneSealableHorizon(Recorded recorded) {
        RawSnapshot raw = recorded.raw();
        assertTrue(raw.horizon().sealable());
        RawSnapshot moved = new RawSnapshot(raw.account(), later(raw.horizon()), raw.readings());
        boolean clockInTheAnswer = !recorded.adapter().profile().name().equals("deribit");
        if (clockInTheAnswer) {
            PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> said(recorded.with(moved)));
            assertFalse(refusal.rule().isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void shouldHoldSignedQuantitiesAndUnsignedPrices(Recorded recorded) {
        RawSnapshot raw = recorded.raw();
        VenueSnapshot snapshot = recorded.normalised();
        for (Holding holding : snapshot.holdings()) {
            switch (holding) {
                case Holding.Derivative derivative -> {
                    assertTrue(derivative.quantity().signum() != 0);
                    derivative.settledPrice().ifPresent(price -> assertTrue(price.signum() > 0));
                }
                case Holding.Collateral collateral ->
                    assertTrue(collateral.quantity().signum() > 0);
                case Holding.Debt debt -> assertTrue(debt.quantity().signum() > 0);
                case Holding.Cash cash -> assertTrue(cash.quantity().signum() != 0);
            }
        }
        boolean market = raw.account().address().equals(VenueAccount.MARKET);
        assertEquals(market, snapshot.holdings().isEmpty());
        assertEquals(market, !snapshot.reports().isEmpty());
        assertTrue(recorded.adapter().profile().grades().contains(snapshot.grade()));
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void shouldRefuseAFieldThatTheVenueNeverHad(Recorded recorded) {
        for (Mutant mutant : mutants(recorded, VenueContractTest::surprises)) {
            PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> said(mutant.recorded()), mutant.what());
            assertTrue(refusal.field().endsWith("surprise"), mutant.what() + ": " + refusal.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void shouldNeverTakeAbsentForZero(Recorded recorded) {
        List<Object> truth = said(recorded);
        List<VenueStanding> standings = recorded.normalised().standings();
        for (Mutant mutant : mutants(recorded, VenueContractTest::absences)) {
            assertRefusedOrSame(truth, standings, mutant);
        }
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void shouldRefuseAnotherTypeOfAFieldThatItReads(Recorded recorded) {
        List<Object> truth = said(recorded);
        List<VenueStanding> standings = recorded.normalised().standings();
        for (Mutant mutant : mutants(recorded, VenueContractTest::otherTypes)) {
            assertRefusedOrSame(truth, standings, mutant);
        }
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void shouldRefuseTruncatedAnswers(Recorded recorded) {
        RawSnapshot raw = recorded.raw();
        for (int i = 0; i < raw.readings().size(); i++) {
            byte[] whole = raw.readings().get(i).result();
            for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
                RawSnapshot cut = replaced(raw, i, Arrays.copyOf(whole, length));
                assertThrows(
                        PayloadRefused.class,
                        () -> said(recorded.with(cut)),
                        raw.readings().get(i) + " cut to " + length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void shouldRefuseOrUnderstandMutatedBytesAndNothingElse(Recorded recorded) {
        RawSnapshot raw = recorded.raw();
        Random random = new Random(SEED);
        for (int n = 0; n < MUTATIONS; n++) {
            int reading = random.nextInt(raw.readings().size());
            byte[] bytes = raw.readings().get(reading).result();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : 32 + random.nextInt(95));
            }
            RawSnapshot mutated = replaced(raw, reading, bytes);
            try {
                said(recorded.with(mutated));
            } catch (PayloadRefused refusal) {
                assertFalse(refusal.field().isEmpty() && refusal.rule().isEmpty());
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "seed " + SEED + ", mutation " + n + " of "
                                + raw.readings().get(reading),
                        e);
            }
        }
    }

    private record Mutant(Recorded recorded, String what) {}

    private static void assertRefusedOrSame(List<Object> truth, List<VenueStanding> standings, Mutant mutant) {
        try {
            VenueSnapshot snapshot = mutant.recorded().normalised();
            assertEquals(truth, said(snapshot), mutant.what());
            assertNoMoreTold(standings, snapshot.standings(), mutant);
        } catch (PayloadRefused refusal) {
            assertInstanceOf(String.class, refusal.field(), mutant.what());
        }
    }

    /** Holdings and reports: everything that a snapshot says beside its bytes. */
    private static List<Object> said(Recorded recorded) {
        return said(recorded.normalised());
    }

    private static List<Object> said(VenueSnapshot snapshot) {
        List<Object> said = new ArrayList<>(snapshot.holdings());
        said.addAll(snapshot.reports());
        said.add(snapshot.grade());
        return said;
    }

    /** What is left out may leave a standing untold or a price unsaid, and never makes one better. */
    private static void assertNoMoreTold(List<VenueStanding> truth, List<VenueStanding> standings, Mutant mutant) {
        for (VenueStanding told : standings) {
            boolean known = truth.stream()
                    .anyMatch(before -> before.pocket().equals(told.pocket())
                            && (told.count() instanceof NotTold || told.count().equals(before.count()))
                            && before.limits().containsAll(told.limits()));
            assertTrue(known, () -> mutant.what() + ": " + told);
        }
    }

    private static Horizon later(Horizon horizon) {
        return switch (horizon) {
            case Horizon.Block b ->
                new Horizon.Block(b.chainId(), b.number() + 1, Digest.ZERO, b.finality(), b.timeMillis());
            case Horizon.Sequence s -> new Horizon.Sequence(s.number() + 1, s.timeMillis());
            case Horizon.VenueTime t -> new Horizon.VenueTime(t.timeMillis() + 1);
        };
    }

    /** One change to an object of a tree. */
    private record Change(ObjectNode object, Consumer<ObjectNode> what) {
        /** The tree's bytes with the change, which is then undone: every member in its place, so that the changes of other objects hold. */
        byte[] applied(JsonNode root) {
            ObjectNode before = JSON.objectNode();
            before.setAll(object);
            what.accept(object);
            byte[] bytes = root.toString().getBytes(StandardCharsets.UTF_8);
            object.removeAll();
            object.setAll(before);
            return bytes;
        }
    }

    /** Every mutant of a kind, one change each; of equal elements of an array only the first are changed, by night the first three. */
    private static List<Mutant> mutants(Recorded recorded, Function<JsonNode, List<Change>> kind) {
        RawSnapshot raw = recorded.raw();
        List<Mutant> mutants = new ArrayList<>();
        for (int i = 0; i < raw.readings().size(); i++) {
            Reading reading = raw.readings().get(i);
            JsonNode tree = JsonText.tree("test", "reading", reading.result());
            List<Change> changes = kind.apply(tree);
            for (int n = 0; n < changes.size(); n++) {
                byte[] bytes = changes.get(n).applied(tree);
                mutants.add(new Mutant(
                        recorded.with(replaced(raw, i, bytes)),
                        reading.method() + " change " + n + ": " + shortened(bytes)));
            }
        }
        return mutants;
    }

    private static List<Change> surprises(JsonNode root) {
        List<Change> changes = new ArrayList<>();
        walk(root, "", object -> changes.add(new Change(object, changed -> changed.put("surprise", 1))));
        return changes;
    }

    private static List<Change> absences(JsonNode root) {
        List<Change> changes = new ArrayList<>();
        walk(
                root,
                "",
                object -> object.fieldNames().forEachRemaining(name -> {
                    changes.add(new Change(object, changed -> changed.remove(name)));
                    changes.add(new Change(object, changed -> changed.putNull(name)));
                    changes.add(new Change(object, changed -> changed.put(name, "")));
                }));
        return changes;
    }

    private static List<Change> otherTypes(JsonNode root) {
        List<Change> changes = new ArrayList<>();
        List<JsonNode> others = List.of(
                BooleanNode.TRUE, TextNode.valueOf("1e999"), IntNode.valueOf(7), JSON.arrayNode(), JSON.objectNode());
        walk(
                root,
                "",
                object -> object.fieldNames()
                        .forEachRemaining(name -> others.stream()
                                .filter(other ->
                                        other.getNodeType() != object.get(name).getNodeType())
                                .forEach(other ->
                                        changes.add(new Change(object, changed -> changed.set(name, other))))));
        return changes;
    }

    /** Objects whose content the house documents as unread are left out: whatever is in them changes nothing. */
    private static final Set<String> UNREAD = Set.of(
            "crossMarginSummary",
            "leverage",
            "cumFunding",
            "delta_total_map",
            "options_gamma_map",
            "options_vega_map",
            "options_theta_map",
            "estimated_liquidation_ratio_map",
            "storageProof");

    /** Objects whose keys are names of markets or assets. */
    private static final Set<String> KEYED_BY_DATA =
            Set.of("markets", "openPerpetualPositions", "assetPositions", "tickers");

    private static void walk(JsonNode node, String name, Consumer<ObjectNode> visit) {
        if (UNREAD.contains(name)) {
            return;
        }
        if (node instanceof ObjectNode object) {
            boolean keysAreData = KEYED_BY_DATA.contains(name);
            if (!keysAreData) {
                visit.accept(object);
            }
            object.properties().forEach(member -> walk(member.getValue(), member.getKey(), visit));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < Math.min(ALIKE, array.size()); i++) {
                walk(array.get(i), "", visit);
            }
        }
    }

    private static RawSnapshot replaced(RawSnapshot raw, int index, byte[] result) {
        List<Reading> readings = new ArrayList<>(raw.readings());
        Reading old = readings.get(index);
        readings.set(index, new Reading(old.method(), old.parameters(), result));
        return new RawSnapshot(raw.account(), raw.horizon(), readings);
    }

    private static String shortened(byte[] bytes) {
        return new String(bytes, 0, Math.min(160, bytes.length), StandardCharsets.UTF_8);
    }
}
