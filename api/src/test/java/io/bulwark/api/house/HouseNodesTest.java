package io.bulwark.api.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.node.NodeList.Member;
import io.bulwark.clearing.node.NodeList.Succession;
import io.bulwark.clearing.node.NodeList.Terms;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.prover.binding.ProverLibrary;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nodes 0 to 3 found a house, 1 to 4 keep it from epoch 3 on, 2 to 5 from epoch 5 on; three of four sign. */
final class HouseNodesTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long TIME = 1_716_487_200_000L;
    private static final List<QuorumKey> KEYS =
            Stream.generate(QuorumKey::generate).limit(6).toList();
    private static final FoundingDocument FOUNDING = new FoundingDocument(
            "test", 3, IntStream.range(0, 4).mapToObj(HouseNodesTest::key).toList(), new KeyRule.Test());
    private static final NodeList FIRST = list(0, Digest.ZERO, 1, 0, 1, 2, 3);
    private static final NodeList SECOND = list(1, FIRST.digest(), 3, 1, 2, 3, 4);
    private static final NodeList THIRD = list(2, SECOND.digest(), 5, 2, 3, 4, 5);
    private static final Succession NODES = new Succession(FIRST, List.of(act(SECOND, 0, 1, 2), act(THIRD, 1, 2, 4)));

    private static Digest key(int node) {
        return KEYS.get(node).publicKey();
    }

    private static NodeList list(int number, Digest previous, int from, int... nodes) {
        return new NodeList(
                FOUNDING.house(),
                number,
                previous,
                from,
                3,
                IntStream.of(nodes)
                        .mapToObj(i -> new Member(
                                key(i), new ChainAddress("0x" + (i + 1 + "0").repeat(20)), "http://node" + i))
                        .toList(),
                Terms.INITIAL);
    }

    private static SignedHouseStatement act(NodeList next, int... signers) {
        return new SignedHouseStatement(
                next.statement(),
                next.canonical().encode(),
                IntStream.of(signers)
                        .mapToObj(i -> KEYS.get(i).sign(next.statement()))
                        .toList());
    }

    private static HouseFile.SignedEpoch epoch(long number, int... signers) {
        Digest root = Digest.parse("07".repeat(32));
        Epoch epoch = new Epoch(FOUNDING.house(), number, root, root, root, root, root, root, root, root, root, root);
        SealedEpoch sealed = new SealedEpoch(
                epoch, EpochComputation.commitment(epoch).digest(LIBRARY).digest());
        return new HouseFile.SignedEpoch(
                sealed,
                TIME,
                IntStream.of(signers)
                        .mapToObj(i -> KEYS.get(i).sign(EpochStatement.of(sealed, TIME)))
                        .toList());
    }

    private static ObjectNode json(HouseFile.SignedEpoch... epochs) {
        return MAPPER.valueToTree(
                new HouseFile(FOUNDING, Optional.of(NODES), List.of(), List.of(), List.of(epochs)).json());
    }

    private static HouseFile read(ObjectNode json) throws IOException {
        return HouseFile.read(LIBRARY, MAPPER.writeValueAsBytes(json));
    }

    /** The file with other acts than the house's; where these follow, they are written as files write them. */
    private static ObjectNode withActs(SignedHouseStatement... acts) {
        ObjectNode file = json();
        ArrayNode nodes = (ArrayNode) file.get("nodes");
        while (nodes.size() > 1) {
            nodes.remove(1);
        }
        for (SignedHouseStatement act : acts) {
            ObjectNode entry = nodes.addObject();
            entry.put("document", HexFormat.of().formatHex(act.document()));
            ArrayNode signatures = entry.putArray("signatures");
            act.signatures()
                    .forEach(signature -> signatures.add(MAPPER.<ObjectNode>valueToTree(HouseFile.json(signature))));
        }
        return file;
    }

    private static void refused(String field, ObjectNode file) {
        BadInput refusal = assertThrows(BadInput.class, () -> read(file));
        assertEquals(field, refusal.field(), refusal::getMessage);
    }

    @Test
    void shouldFollowListAfterList() throws IOException {
        ObjectNode file = json(epoch(2, 0, 1, 3), epoch(3, 1, 2, 4), epoch(5, 3, 4, 5), epoch(900, 2, 3, 4, 5));
        HouseFile read = read(file);
        assertEquals(NODES, read.nodes().orElseThrow());
        assertEquals(FIRST.quorum(), read.quorum(2));
        assertEquals(SECOND.quorum(), read.quorum(3));
        assertEquals(SECOND.quorum(), read.quorum(4));
        assertEquals(THIRD.quorum(), read.quorum(5));
        assertEquals(file, MAPPER.valueToTree(read.json()));
        assertTrue(new HouseFile(FOUNDING, List.of(), List.of(), List.of())
                .json().keySet().stream().noneMatch("nodes"::equals));
    }

    @Test
    void shouldRefuseAListThatTheOneBeforeDidNotSign() {
        refused("nodes[1].signatures", withActs(act(SECOND, 0, 1)));
        refused("nodes[1].signatures[2].signer", withActs(act(SECOND, 1, 2, 4)));
        refused("nodes[1].signatures[1].signer", withActs(act(SECOND, 0, 0, 1)));
        SignedHouseStatement lent = new SignedHouseStatement(
                SECOND.statement(),
                SECOND.canonical().encode(),
                act(THIRD, 0, 1, 2).signatures());
        refused("nodes[1].signatures[0].signature", withActs(lent));
    }

    @Test
    void shouldRefuseASkippedActAndAnOldListAfterANewOne() {
        refused("nodes[1].document", withActs(act(THIRD, 1, 2, 3)));
        NodeList renumbered = list(1, SECOND.digest(), 5, 2, 3, 4, 5);
        refused("nodes[1].document", withActs(act(renumbered, 0, 1, 2)));
        refused("nodes[2].document", withActs(act(SECOND, 0, 1, 2), act(SECOND, 1, 2, 3)));
        NodeList earlier = list(2, SECOND.digest(), 3, 2, 3, 4, 5);
        refused("nodes[2].document", withActs(act(SECOND, 0, 1, 2), act(earlier, 1, 2, 3)));
    }

    @Test
    void shouldRefuseOtherFounders() {
        ObjectNode file = json();
        ((ArrayNode) file.get("nodes")).remove(0);
        refused("nodes[0].signatures", file);
        file.putArray("nodes");
        refused("nodes", file);
        ObjectNode others = withActs();
        ((ObjectNode) others.get("nodes").get(0))
                .put(
                        "document",
                        HexFormat.of()
                                .formatHex(list(0, Digest.ZERO, 1, 1, 2, 3, 4)
                                        .canonical()
                                        .encode()));
        refused("nodes[0].document", others);
    }

    @Test
    void shouldRefuseEpochsThatOthersSignedThanWhoseTurnItWas() {
        refused("epochs[0].signatures[0].signer", json(epoch(5, 0, 1, 2)));
        refused("epochs[0].signatures", json(epoch(5, 2, 4)));
        refused("epochs[0].signatures[2].signer", json(epoch(2, 2, 3, 4)));
        ObjectNode without = json(epoch(5, 3, 4, 5));
        without.remove("nodes");
        refused("epochs[0].signatures[1].signer", without);
    }
}
