package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.registry.RegistryCalls;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.house.epoch.Witness;
import io.bulwark.house.founding.Home;
import io.bulwark.house.node.ForgedHead;
import io.bulwark.house.node.NodeHome;
import io.bulwark.tier.OfChain;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Soak;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four nodes, of which three seal, and their registry on a chain. One pays: heads go there by themselves, also those that were sealed while
 * nobody reached it. Two nodes draw new keys: the registry is handed over to the next list by itself, before the first head that it
 * signed. Then nodes show another head than they signed: they are named, with both.
 */
@OfChain
@OfHouse
@Soak
class HeadsOfNodesJourneyTest {
    private static final int NODES = 4;
    private static final List<Integer> RENEWED = List.of(2, 3);
    private static final int DELAY_SECONDS = 3_600;

    @Test
    void shouldTellTheRegistryAndNameWhoShowsAnotherHead(@TempDir Path folder, @TempDir Path files) throws Exception {
        LocalRegistry.require();
        try (NodeProcesses nodes = new NodeProcesses(folder, NODES, 3, "");
                LocalRegistry registry = LocalRegistry.start(files, folder.resolve("genesis"), DELAY_SECONDS)) {
            registry.paidBy(nodes.home(0), "payer.key", LocalRegistry.RICH);
            for (int node = 1; node < NODES; node++) {
                registry.watchedBy(nodes.home(node));
            }
            for (int node = 0; node < NODES; node++) {
                nodes.start(node).await("^node listens");
            }
            nodes.program(1).await("registry.json names no key that pays .*; this node signs what hands it over");
            stands(nodes, 2);
            registry.isAway(true);
            long before = last(nodes, 0);
            nodes.program(0).await("^epoch " + (before + 3) + " [0-9a-f]{64} sealed");
            registry.isAway(false);
            stands(nodes, before + 3);
            theListStandsBeforeItsHeads(nodes, registry, folder);
            everythingStandsThere(nodes, registry);
            sealingRests(nodes);
            whoChangesWhatItShowsStopsNobody(nodes);
            whoShowsAnotherHeadIsNamed(nodes, folder);
            twoQuorumsStopTheNode(nodes);
        }
    }

    private static NodeHome home(NodeProcesses nodes, int node) {
        return new NodeHome(new Home(nodes.home(node)));
    }

    private static long last(NodeProcesses nodes, int node) {
        return home(nodes, node).last();
    }

    private static void stands(NodeProcesses nodes, long epoch) throws InterruptedException {
        nodes.program(0).await("^epoch " + epoch + " stands in registry ");
    }

    /** Two of four have new keys: too few signers of the next list are nodes of the set that the registry has. */
    private static void theListStandsBeforeItsHeads(NodeProcesses nodes, LocalRegistry registry, Path folder)
            throws Exception {
        long from = renewed(nodes, folder);
        String there = "registry " + registry.address();
        nodes.program(0)
                .await("^list 1 stands in " + there + " as set 2, block [0-9]+, in force from 2026-01-01T0[0-9:]+Z");
        stands(nodes, from - 1);
        nodes.program(0)
                .await("^epoch " + from + " is NOT in " + there
                        + ", and is tried again: [12] of its signers are nodes of set 1 there, which needs 3");
        registry.isAt(
                registry.asked(RegistryCalls.NEXT_NODE_SET).<BigInteger>get(1).longValueExact());
        stands(nodes, from + 1);
        assertEquals(1, registry.setOf(from - 1));
        assertEquals(2, registry.setOf(from));
        assertEquals(2, registry.asked(RegistryCalls.LAST_NODE_SET).<Long>get(0), "handed over once");
    }

    private static long renewed(NodeProcesses nodes, Path folder) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        NodeList before = home(nodes, 0).lists().getLast();
        ObjectNode list = mapper.createObjectNode().put("threshold", before.threshold());
        ArrayNode members = list.putArray("nodes");
        for (int node = 0; node < NODES; node++) {
            Digest old =
                    NodeHome.keys(new Home(nodes.home(node))).getFirst().key().publicKey();
            String url = before.member(old).orElseThrow().url();
            List<String> verb = new ArrayList<>(List.of("node", "key", "--url", url));
            if (RENEWED.contains(node)) {
                verb.add("--new");
            }
            members.add(mapper.readTree(Verb.said(0, nodes.home(node), verb.toArray(String[]::new))));
        }
        Path next = Files.writeString(folder.resolve("next.json"), list.toString());
        String act = folder.resolve("act").toString();
        long from = last(nodes, 0) + 6;
        Verb.said(
                0,
                nodes.home(0),
                "node",
                "act",
                "draw",
                "--nodes",
                next.toString(),
                "--from",
                Long.toString(from),
                act);
        Verb.said(0, nodes.home(1), "node", "act", "sign", act);
        Verb.said(0, nodes.home(2), "node", "act", "sign", act);
        Verb.said(0, nodes.home(0), "node", "act", "take", act);
        return from;
    }

    private static void everythingStandsThere(NodeProcesses nodes, LocalRegistry registry) throws VenueException {
        long latest =
                registry.asked(RegistryCalls.LATEST_EPOCH).<BigInteger>get(0).longValueExact();
        for (long epoch = 1; epoch <= latest; epoch++) {
            assertEquals(
                    home(nodes, 0).kept(epoch).orElseThrow().sealed().digest().hex(), registry.digest(epoch));
        }
        assertTrue(latest > 8, "" + latest);
    }

    /** Two of four are left; what each of them showed of the last epoch, both have heard. */
    private static void sealingRests(NodeProcesses nodes) throws Exception {
        nodes.program(1).kill();
        nodes.program(2).kill();
        Thread.sleep(5_000);
        assertEquals(last(nodes, 0), last(nodes, 3));
        assertEquals(NODES, home(nodes, 0).kept(2).orElseThrow().seals().size(), "who signed late is kept too");
    }

    /** A node that lacks the last epoch takes it from the signatures of three, whatever else lies beside them. */
    private static void whoChangesWhatItShowsStopsNobody(NodeProcesses nodes) throws Exception {
        long last = last(nodes, 3);
        Digest sealed = home(nodes, 3).kept(last).orElseThrow().sealed().digest();
        byte[] shown = ForgedHead.changed(last, nodes.home(3));
        nodes.program(0).kill();
        Files.delete(nodes.home(0).resolve("node/epochs/" + last));
        nodes.start(0).await("^epoch " + last + " " + sealed + " sealed: signed by [34] of 4 nodes");
        Files.write(nodes.home(3).resolve("node/epochs/" + last), shown);
        assertEquals(
                home(nodes, 3).kept(last).orElseThrow().sealed(),
                home(nodes, 0).kept(last).orElseThrow().sealed());
    }

    /** One of those that are left shows another head to whoever comes and asks. */
    private static void whoShowsAnotherHeadIsNamed(NodeProcesses nodes, Path folder) throws Exception {
        long last = last(nodes, 0);
        Digest forged = ForgedHead.of(last, List.of(nodes.home(3)));
        nodes.program(0).kill();
        Program asking = nodes.start(0);
        asking.await(
                "^HEAD DIFFERS: node [1-4] .* signed epoch " + last + " as " + forged + ", which was sealed here as "
                        + home(nodes, 0).kept(last).orElseThrow().sealed().digest() + ", signed by [34] nodes");
        String file = asking.await("^EVIDENCE (?:equivocation|refuted): .* in epoch " + last + ".* \\((.*)\\)$")
                .group(1);
        String judged = Verb.said(0, nodes.home(1), "node", "evidence", file);
        assertTrue(judged.contains("; 1000 points"), judged);
        nodes.program(0).kill();
        Path published = folder.resolve("published");
        Verb.said(0, nodes.home(0), "epoch", "publish", published.toString());
        String audited = Verb.said(0, folder.resolve("auditor"), "audit", published.toString());
        assertTrue(audited.contains("convicted of " + judged.substring(0, judged.indexOf(';'))), audited);
    }

    /** Three sign another head of an epoch: more than may lie, and whoever sealed it otherwise goes on from neither. */
    private static void twoQuorumsStopTheNode(NodeProcesses nodes) throws Exception {
        long last = last(nodes, 0);
        Digest sealed = home(nodes, 0).kept(last).orElseThrow().sealed().digest();
        List<String> seen =
                Verb.said(0, nodes.home(0), "epoch", "heads").lines().toList();
        assertEquals(
                IntStream.rangeClosed(1, (int) last)
                        .mapToObj(epoch -> Witness.line(
                                home(nodes, 0).kept(epoch).orElseThrow().sealed()))
                        .toList(),
                seen);
        assertFalse(ForgedHead.of(last, List.of(nodes.home(3), nodes.home(1), nodes.home(2)))
                .equals(sealed));
        Program stopped = nodes.start(0);
        assertEquals(1, stopped.exitCode(), stopped.output());
        assertTrue(
                stopped.output()
                        .contains(
                                "the node stops: epoch " + last + " was signed by 3 nodes otherwise than as " + sealed),
                stopped.output());
    }
}
