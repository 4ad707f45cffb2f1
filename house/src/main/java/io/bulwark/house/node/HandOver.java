package io.bulwark.house.node;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;

import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement.OfAct;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.node.NodeList.Member;
import io.bulwark.house.node.NodeHome.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hand-over of a registry on a chain to the next list of nodes, while they sign it: each with its keys on the list before and on
 * the one that follows. Both lists stand in this home already, the second signed by t of the first; what is signed here is good for that
 * one registry and that one number of a set there.
 */
final class HandOver {
    private final OfAct act;
    private final List<Member> members;
    private final SignedBy own;
    private final Map<ChainAddress, ChainSignature> signed = new ConcurrentSkipListMap<>();

    /**
     * What one node says of it.
     *
     * @param act what is signed
     * @param signatures with its keys on both lists
     */
    record SignedBy(Digest act, List<ChainSignature> signatures) {
        CanonicalValue canonical() {
            return array(
                    bytes(act),
                    array(signatures.stream()
                            .map(signature -> bytes(signature.bytes()))
                            .toList()));
        }

        static SignedBy of(CanonicalFields fields) {
            Digest act = fields.digest("act");
            List<ChainSignature> signatures = NodeHome.values(fields.value("signatures")).stream()
                    .filter(CanonicalValue.Bytes.class::isInstance)
                    .map(value -> signature(((CanonicalValue.Bytes) value).value()))
                    .toList();
            fields.end();
            return new SignedBy(act, signatures);
        }

        private static ChainSignature signature(byte[] bytes) {
            try {
                return new ChainSignature(bytes);
            } catch (IllegalArgumentException e) {
                throw new CanonicalException(
                        "handOver.signatures", bytes.length + " bytes", String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Signs it.
     *
     * @param between the list before, and the one that follows
     * @param keys of this home
     */
    HandOver(OfAct act, List<NodeList> between, List<Keys> keys) {
        this.act = act;
        this.members = between.stream()
                .flatMap(list -> list.members().stream())
                .distinct()
                .toList();
        Set<Digest> named = members.stream().map(Member::key).collect(Collectors.toSet());
        this.own = new SignedBy(
                act.digest(),
                keys.stream()
                        .filter(mine -> named.contains(mine.key().publicKey()))
                        .map(mine -> mine.chain().sign(act))
                        .toList());
        take(own);
    }

    /** What this node says of it. */
    SignedBy own() {
        return own;
    }

    /** Everything that was signed. */
    List<ChainSignature> signed() {
        return List.copyOf(signed.values());
    }

    /** Takes what a node says of it: what no node of the two lists signed is left. */
    void take(SignedBy said) {
        if (said.act().equals(own.act())) {
            said.signatures()
                    .forEach(signature -> signature
                            .signer(act)
                            .filter(signer -> members.stream()
                                    .anyMatch(member -> member.chain().equals(signer)))
                            .ifPresent(signer -> signed.putIfAbsent(signer, signature)));
        }
    }

    /** The one that is under way at a node, if one is: begun by whoever looks at the chain, signed while the node asks and answers. */
    static final class UnderWay {
        private final NodeHome home;
        private volatile Optional<HandOver> begun = Optional.empty();

        UnderWay(NodeHome home) {
            this.home = home;
        }

        private List<Keys> keys() {
            return NodeHome.keys(home.home());
        }

        /** Signs one, the same or another; gives all that was signed of it by now. */
        List<ChainSignature> sign(OfAct act, List<NodeList> between) {
            if (!home.lists().containsAll(between)) {
                throw new IllegalStateException("a registry must be handed over between lists of this home");
            }
            HandOver now =
                    begun.filter(before -> before.act.equals(act)).orElseGet(() -> new HandOver(act, between, keys()));
            begun = Optional.of(now);
            return now.signed();
        }

        /** What this node says of it. */
        Optional<SignedBy> own() {
            return begun.map(HandOver::own);
        }

        /** What another node says of it. */
        void take(SignedBy said) {
            begun.ifPresent(now -> now.take(said));
        }

        /** Whom the node asks: the others, and everybody who is to sign. */
        List<Member> asked(List<Member> others) {
            Set<Digest> mine =
                    keys().stream().map(each -> each.key().publicKey()).collect(Collectors.toSet());
            return Stream.concat(others.stream(), begun.stream().flatMap(now -> now.members.stream()))
                    .filter(member -> !mine.contains(member.key()))
                    .distinct()
                    .toList();
        }
    }
}
