package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.Venues;
import io.bulwark.api.node.LyingNode;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs.SnapshotInput;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.node.NodeList.Fault;
import io.bulwark.clearing.observation.Observations;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage;
import io.bulwark.clearing.round.RoundMessage.Proposal;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.clearing.round.RoundMessage.Vote;
import io.bulwark.house.epoch.WrongTable;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import io.bulwark.house.node.NodeHome;
import io.bulwark.house.survey.Meanings;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Soak;
import io.bulwark.tier.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seven nodes as seven processes, two of which lie, in another way each epoch, by night in every way thought of: epochs go on being sealed,
 * what liars say moves no number, and each lie is named by evidence that convinces a stranger. A node that is killed rejoins; with three
 * gone sealing stops and says why, and goes on when one is back. An audit of the folder that a node publishes finds all of it again.
 */
@OfHouse
@Soak
class NodesJourneyTest {
    private static final int KILLED = 4;
    private static final int FIRST_LIAR = 5;
    private static final int SECOND_LIAR = 6;

    /** How the two lie, an epoch after the other; afterwards they are gone. */
    private static final List<String> FIRST = Tier.isSoak()
            ? List.of("PRICE", "EQUIVOCATING", "TABLE", "MISMATCH", "PRICE", "TABLE")
            : List.of("PRICE", "TABLE");

    private static final List<String> SECOND = Tier.isSoak()
            ? List.of("COPIED", "MISMATCH", "REPLAYING", "LATE", "SILENT", "EQUIVOCATING")
            : List.of("COPIED", "EQUIVOCATING");

    private static final int EPOCHS = FIRST.size();

    @Test
    void shouldSealTruthWhateverTwoOfSevenSay(@TempDir Path folder) throws Exception {
        try (NodeProcesses nodes = new NodeProcesses(folder)) {
            nodes.startLying(FIRST_LIAR, FIRST, true).await("^node listens");
            nodes.startLying(SECOND_LIAR, SECOND, false).await("^node listens");
            for (int node = 0; node < FIRST_LIAR; node++) {
                nodes.start(node);
            }
            nodes.program(KILLED).await("^epoch 1 [0-9a-f]{64} sealed");
            nodes.program(KILLED).kill();
            nodes.start(KILLED);
            for (int node = 0; node < FIRST_LIAR; node++) {
                nodes.program(node).await("^epoch " + EPOCHS + " [0-9a-f]{64} sealed");
            }
            // A wrong table takes its time: what is told after the epoch was sealed convicts too, if it is told at all.
            nodes.program(0).await("^EVIDENCE refuted: .* in epoch " + (FIRST.lastIndexOf("TABLE") + 1));
            stopsWithThreeAndSaysWhy(nodes);
            everybodySealedTheSame(nodes);
            liarsMovedNothing(nodes);
            List<Evidence> named = everyLieIsNamed(nodes);
            aTableWrongByOneUnitIsRefuted(nodes);
            evidenceIsTrueOrRefused(nodes, named, folder);
            anAuditFindsItAgain(nodes, named, folder);
        }
    }

    /** With the liars and one honest node gone, four of the five that it needs are left. */
    private static void stopsWithThreeAndSaysWhy(NodeProcesses nodes) throws Exception {
        for (int node : List.of(FIRST_LIAR, SECOND_LIAR, KILLED)) {
            nodes.program(node).kill();
        }
        long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!nodes.shown(0).contains("4 of the 5 that it needs")) {
            assertTrue(System.nanoTime() < deadline, nodes.shown(0));
            Thread.sleep(200);
        }
        assertTrue(nodes.shown(0).contains("nothing from"), nodes.shown(0));
        long stopped = home(nodes, 0).last();
        nodes.start(KILLED);
        nodes.program(0).await("^epoch " + (stopped + 1) + " [0-9a-f]{64} sealed");
    }

    private static NodeHome home(NodeProcesses nodes, int node) {
        return new NodeHome(new Home(nodes.home(node)));
    }

    private static void everybodySealedTheSame(NodeProcesses nodes) {
        for (long epoch = 1; epoch <= EPOCHS; epoch++) {
            Digest sealed = home(nodes, 0).kept(epoch).orElseThrow().sealed().digest();
            for (int node = 1; node < FIRST_LIAR; node++) {
                assertEquals(
                        sealed,
                        home(nodes, node).kept(epoch).orElseThrow().sealed().digest());
            }
            assertTrue(home(nodes, 0).kept(epoch).orElseThrow().seals().size() >= 5);
        }
    }

    /** Every price of every epoch is one that an honest node read; here all of them read the same. */
    private static void liarsMovedNothing(NodeProcesses nodes) {
        NodeHome home = home(nodes, 0);
        Meanings meanings = new Meanings(FoundingFile.read(home.genesis().file(), Venues.ofClassPath()));
        boolean lied = false;
        for (long epoch = 1; epoch <= EPOCHS; epoch++) {
            for (SnapshotInput input : home.epoch(epoch).orElseThrow().inputs().snapshots()) {
                RawSnapshot sealed = home.snapshot(input.snapshot()).orElseThrow();
                assertTrue(Observations.isSealed(sealed));
                Observations observed = Observations.of(sealed);
                lied |= Set.copyOf(observed.contents().values()).size() > 1;
                RawSnapshot honest = observed.contents().entrySet().stream()
                        .filter(entry -> !liars(nodes).contains(entry.getKey()))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
                VenueSnapshot alone = meanings.normalise(honest);
                VenueSnapshot together = meanings.normalise(sealed);
                assertEquals(alone.holdings(), together.holdings());
                assertEquals(Set.copyOf(alone.reports()), Set.copyOf(together.reports()));
            }
        }
        assertTrue(lied, "a liar's price must have counted among those of the others");
    }

    private static List<Digest> liars(NodeProcesses nodes) {
        return List.of(key(nodes, FIRST_LIAR), key(nodes, SECOND_LIAR));
    }

    private static Digest key(NodeProcesses nodes, int node) {
        return NodeHome.keys(new Home(nodes.home(node))).getFirst().key().publicKey();
    }

    /** What convicts whoever lied so; what is replayed of another epoch is nothing in this one. */
    private static Fault fault(String way) {
        return switch (way) {
            case "PRICE" -> Fault.OUTLIER;
            case "COPIED" -> Fault.COPIED;
            case "EQUIVOCATING" -> Fault.EQUIVOCATION;
            case "TABLE" -> Fault.REFUTED;
            case "MISMATCH" -> Fault.MISMATCH;
            case "LATE", "REPLAYING", "SILENT" -> Fault.ABSENT;
            default -> throw new IllegalArgumentException(way);
        };
    }

    /** Of each lie, in its epoch, what the first node holds against the liar; nothing worse than absence against anybody else. */
    private static List<Evidence> everyLieIsNamed(NodeProcesses nodes) {
        List<Evidence> named = new ArrayList<>();
        for (Evidence evidence : home(nodes, 0).evidence()) {
            assertTrue(
                    liars(nodes).contains(evidence.accused()) || evidence.fault() == Fault.ABSENT,
                    () -> "an honest node can be late, and nothing else: " + evidence.fault() + " of "
                            + evidence.accused());
        }
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            named.add(named(nodes, FIRST_LIAR, epoch, fault(FIRST.get(epoch - 1))));
            named.add(named(nodes, SECOND_LIAR, epoch, fault(SECOND.get(epoch - 1))));
        }
        return named;
    }

    private static Evidence named(NodeProcesses nodes, int liar, int epoch, Fault fault) {
        return home(nodes, 0).evidence().stream()
                .filter(evidence -> evidence.accused().equals(key(nodes, liar))
                        && evidence.turn().epoch() == epoch
                        && evidence.fault() == fault)
                .findFirst()
                .orElseThrow(() -> new AssertionError("node " + liar + " must be convicted of " + fault.word()
                        + " in epoch " + epoch + "; the first node printed:\n"
                        + nodes.program(0).output()));
    }

    /** What the liar signed follows, but for one entry of its risk table, which is off by one unit. */
    private static void aTableWrongByOneUnitIsRefuted(NodeProcesses nodes) {
        NodeHome home = home(nodes, 0);
        int epoch = FIRST.indexOf("TABLE") + 1;
        Evidence.Refuted refuted = (Evidence.Refuted) named(nodes, FIRST_LIAR, epoch, Fault.REFUTED);
        WrongTable wrong = LyingNode.wrong(home, LyingNode.following(home), refuted.record());
        assertEquals(
                home.kept(epoch).orElseThrow().sealed().digest(),
                wrong.made().epoch().sealed().digest());
        assertEquals(
                1,
                IntStream.range(0, wrong.epoch().table().assets().size())
                        .map(i -> units(
                                wrong.epoch().table().assets().get(i),
                                wrong.made().epoch().table().assets().get(i)))
                        .sum());
        Value signed = switch (refuted.signed().message()) {
            case Vote vote -> vote.value().orElseThrow();
            case Proposal proposal -> proposal.value();
            case Seal seal -> seal.value();
            case RoundMessage other -> throw new AssertionError(other.toString());
        };
        assertEquals(wrong.value(refuted.record()), signed);
    }

    private static int units(AssetRisk one, AssetRisk other) {
        return IntStream.range(0, one.row().length())
                .map(i -> Math.abs(one.row().at(i) - other.row().at(i)))
                .sum();
    }

    /**
     * The verifier takes what is true from any home of the house, and nothing with a byte changed; nobody honest can be put in a
     * liar's place.
     */
    private static void evidenceIsTrueOrRefused(NodeProcesses nodes, List<Evidence> named, Path folder)
            throws IOException {
        NodeHome home = home(nodes, 0);
        NodeList list = home.nodes(1);
        EnumSet<Fault> forgedOf = EnumSet.noneOf(Fault.class);
        for (Evidence evidence : named) {
            Path file = home.fileOf(evidence);
            String said = Verb.said(0, nodes.home(1), "node", "evidence", file.toString());
            assertTrue(said.startsWith(evidence.fault().word() + ": " + evidence.inWords(list)), said);
            if (forgedOf.add(evidence.fault())) {
                byte[] changed = Files.readAllBytes(file);
                changed[changed.length / 2] ^= 1;
                Path forged = Files.write(folder.resolve("forged"), changed);
                assertFalse(
                        Verb.run(nodes.home(1), "node", "evidence", forged.toString())
                                        .exitCode()
                                == 0,
                        evidence.fault().word());
            }
        }
        String status = Verb.said(0, nodes.home(0), "node", "status");
        assertTrue(status.contains(list.name(key(nodes, FIRST_LIAR))), status);
        assertTrue(status.contains("by the terms it is to be taken off the list"), status);
    }

    /** From files alone: rounds, what follows from them, and evidence; a changed observation is named. */
    private static void anAuditFindsItAgain(NodeProcesses nodes, List<Evidence> named, Path folder) throws IOException {
        NodeList list = home(nodes, 0).nodes(1);
        Path published = folder.resolve("published");
        Verb.said(0, nodes.home(0), "epoch", "publish", published.toString());
        Path auditor = folder.resolve("auditor");
        String audited = Verb.said(0, auditor, "audit", published.toString());
        for (Evidence evidence : named) {
            String words = "convicted of " + evidence.fault().word() + ": " + evidence.inWords(list);
            assertTrue(audited.contains(words), () -> words + " must stand in " + audited);
        }
        Path observed = published
                .resolve("snapshots")
                .resolve(home(nodes, 0)
                        .kept(1)
                        .orElseThrow()
                        .record()
                        .observed()
                        .firstEntry()
                        .getValue()
                        .firstEntry()
                        .getValue()
                        .hex());
        byte[] bytes = Files.readAllBytes(observed);
        bytes[bytes.length / 2] ^= 1;
        Files.write(observed, bytes);
        Verb.refused(1, auditor, "must be named by the SHA-256 of its bytes", "audit", published.toString());
    }
}
