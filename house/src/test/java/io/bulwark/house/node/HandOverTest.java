package io.bulwark.house.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainStatement.OfAct;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.attestation.RegistryAct.RotateNodes;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.house.node.HandOver.SignedBy;
import io.bulwark.house.node.NodeHome.Keys;
import io.bulwark.house.node.Question.Answer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who signs that a registry is handed over, and what does not count. */
final class HandOverTest {
    private static final Digest HOUSE = Digest.sha256(new byte[] {1});

    private final List<Keys> keys = IntStream.range(0, 5)
            .mapToObj(i -> new Keys(QuorumKey.generate(), ChainKey.generate()))
            .toList();
    private final NodeList before = list(0, Digest.ZERO, 1, keys.subList(0, 4));
    private final NodeList next = list(1, before.digest(), 9, keys.subList(1, 5));
    private final OfAct act = act(2);

    private static NodeList list(int number, Digest previous, int from, List<Keys> nodes) {
        return new NodeList(
                HOUSE,
                number,
                previous,
                from,
                3,
                nodes.stream()
                        .map(node -> new NodeList.Member(
                                node.key().publicKey(),
                                node.chain().address(),
                                "http://" + node.key().publicKey().hex().substring(0, 8) + ".example"))
                        .toList(),
                NodeList.Terms.INITIAL);
    }

    private OfAct act(int number) {
        return new OfAct(
                new Registry(1, keys.getFirst().chain().address()),
                new RotateNodes(
                        number,
                        NodeSet.of(
                                3,
                                next.members().stream()
                                        .map(NodeList.Member::chain)
                                        .toList())));
    }

    private HandOver at(Keys... node) {
        return new HandOver(act, List.of(before, next), List.of(node));
    }

    @Test
    void shouldGatherWhatNodesOfBothListsSigned() {
        HandOver here = at(keys.get(0));
        here.take(at(keys.get(3), keys.get(4)).own());
        here.take(at(keys.get(3)).own());
        assertEquals(3, here.signed().size(), "each key once");
        SignedBy own = at(keys.get(1)).own();
        here.take(SignedBy.of(CanonicalFields.of(
                "handOver", CanonicalReader.read(own.canonical().encode()))));
        assertEquals(4, here.signed().size());
    }

    @Test
    void shouldLeaveWhatCountsForNobody() {
        HandOver here = at(keys.get(0));
        Keys stranger = new Keys(QuorumKey.generate(), ChainKey.generate());
        assertTrue(at(stranger).own().signatures().isEmpty(), "who is on neither list signs nothing");
        here.take(new SignedBy(act.digest(), List.of(stranger.chain().sign(act))));
        here.take(new SignedBy(act.digest(), List.of(keys.get(1).chain().sign(act(3)))));
        here.take(new SignedBy(act(3).digest(), List.of(keys.get(1).chain().sign(act))));
        assertEquals(1, here.signed().size());
        CanonicalValue cut = CanonicalValue.array(
                CanonicalValue.bytes(act.digest()), CanonicalValue.array(List.of(CanonicalValue.bytes(new byte[64]))));
        assertThrows(CanonicalException.class, () -> SignedBy.of(CanonicalFields.of("handOver", cut)));
    }

    @Test
    void shouldStandInAnAnswerOnlyWhileOneIsUnderWay() {
        SignedBy own = at(keys.get(1)).own();
        assertEquals(
                Optional.of(own.act()), answered(Optional.of(own)).handOver().map(SignedBy::act));
        Answer without = answered(Optional.empty());
        assertEquals(Optional.empty(), without.handOver());
        assertEquals(
                5,
                ((CanonicalValue.Array) CanonicalReader.read(without.encode()))
                        .values()
                        .size(),
                "as before there were any");
    }

    private static Answer answered(Optional<SignedBy> handOver) {
        return Answer.read(new Answer(List.of(), Optional.empty(), List.of(), handOver).encode());
    }
}
