package io.bulwark.clearing.node;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.HouseStatement;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Ppm;
import java.net.URI;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes of a house from an epoch on. The first list stands in the house's genesis, whose founding document names the same keys;
 * each later one
 * is an act: a document of subject {@code nodes} with the number of the list, signed by t of the list before.
 *
 * @param house the house
 * @param number 0 for the first, consecutive
 * @param previous digest of the list before; zero in the first
 * @param from the first epoch that it seals, &ge; 1
 * @param threshold how many must sign, t; 3 t &gt; 2 n
 * @param members by their key, each once, 1 to {@value #MEMBERS_MAX}
 * @param terms by what they are held
 */
public record NodeList(
        Digest house, int number, Digest previous, int from, int threshold, List<Member> members, Terms terms) {
    /** Most nodes: contracts take no more signatures. */
    public static final int MEMBERS_MAX = 32;

    private static final String SCHEMA = "bulwark-nodes";
    private static final long VERSION = 1;
    private static final int URL_MAX = 200;

    /**
     * One node.
     *
     * @param key its Ed25519 public key: what it signs rounds and epochs with
     * @param chain what it signs with for contracts, secp256k1
     * @param url where the others reach it, http or https
     */
    public record Member(Digest key, ChainAddress chain, String url) {
        /** Checks the address. */
        public Member {
            URI at = URI.create(url);
            if (url.length() > URL_MAX
                    || at.getHost() == null
                    || !Set.of("http", "https").contains(String.valueOf(at.getScheme()))) {
                throw new CanonicalException("nodes.url", url, "must be http:// or https:// with a host");
            }
        }
    }

    /** What a node may be convicted of; the word is the one in documents. */
    public enum Fault {
        /** It signed two things of which there is one. */
        EQUIVOCATION(1_000),
        /** It signed what recomputation refutes. */
        REFUTED(1_000),
        /** Its commitment is another node's. */
        COPIED(500),
        /** What it revealed is not what it committed to. */
        MISMATCH(300),
        /** A price of its own lies further from the median than the terms allow. */
        OUTLIER(50),
        /** t nodes waited for it until the deadline. */
        ABSENT(10);

        private final int points;

        Fault(int points) {
            this.points = points;
        }

        /** As it stands in documents. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Points where the terms say nothing else. */
        public int points() {
            return points;
        }
    }

    /**
     * What nodes agree to be held by: governed by the nodes themselves, changed with a list.
     *
     * @param outlierPpm how far a node's price may lie from the median of all, millionths of the median, 1 to 10⁶
     * @param removalAt points against one key at which its node is to be taken off the list, &ge; 1
     * @param penalties points of each fault, &ge; 0
     */
    public record Terms(int outlierPpm, int removalAt, Map<Fault, Integer> penalties) {
        /** What holds where a list is drawn up without terms of its own: 5 %, 1,000 points. */
        public static final Terms INITIAL = new Terms(
                50_000, 1_000, List.of(Fault.values()).stream().collect(Collectors.toMap(f -> f, Fault::points)));

        /** Copies, and checks the ranges. */
        public Terms {
            penalties = new EnumMap<>(penalties);
            if (outlierPpm < 1 || outlierPpm > Ppm.ONE || removalAt < 1) {
                throw new CanonicalException(
                        "nodes.terms",
                        outlierPpm + ", " + removalAt,
                        "must allow 1…1000000 millionths and remove at 1 point or more");
            }
            if (penalties.size() != Fault.values().length
                    || penalties.values().stream().anyMatch(points -> points < 0)) {
                throw new CanonicalException(
                        "nodes.terms.penalties", penalties.toString(), "must be >= 0 for each fault");
            }
        }

        /** Points of a fault. */
        public int of(Fault fault) {
            return penalties.getOrDefault(fault, 0);
        }
    }

    /** Sorts, and checks that nothing stands twice and that the threshold leaves less than a third to lie. */
    public NodeList {
        members = members.stream().sorted(Comparator.comparing(Member::key)).toList();
        if (members.isEmpty() || members.size() > MEMBERS_MAX) {
            throw new CanonicalException("nodes.members", members.size() + " nodes", "must be 1 to " + MEMBERS_MAX);
        }
        once(members, Member::key, "key");
        once(members, Member::chain, "chain");
        once(members, Member::url, "url");
        if (threshold > members.size() || 3 * threshold <= 2 * members.size()) {
            throw new CanonicalException(
                    "nodes.threshold",
                    threshold + " of " + members.size(),
                    "must be more than two thirds of the nodes and at most all");
        }
        if (from < 1 || number < 0 || (number == 0) != previous.isZero()) {
            throw new CanonicalException(
                    "nodes.number",
                    number + " from epoch " + from,
                    "must follow a list but for number 0, from epoch 1 or later");
        }
    }

    private static <T> void once(List<Member> members, Function<Member, T> of, String field) {
        if (members.stream().map(of).distinct().count() != members.size()) {
            throw new CanonicalException("nodes." + field, "twice", "must be each node's own");
        }
    }

    /** How many nodes may be silent or lie, f = n − t. With t &gt; 2 n / 3 it is less than t / 2. */
    public int faulty() {
        return members.size() - threshold;
    }

    /** Their keys, in order. */
    public List<Digest> keys() {
        return members.stream().map(Member::key).toList();
    }

    /** The node with a key. */
    public Optional<Member> member(Digest key) {
        return members.stream().filter(member -> member.key().equals(key)).findFirst();
    }

    /** Who must sign an epoch. */
    public Quorum quorum() {
        return new Quorum(threshold, Set.copyOf(keys()));
    }

    /** Whose turn it is to propose: the nodes in the order of their keys, one further with every epoch and every view. */
    public Digest proposer(long epoch, int view) {
        return members.get((int) Math.floorMod(epoch + view, (long) members.size()))
                .key();
    }

    /** Number by which people call a node: its place among the keys, from 1. */
    public String name(Digest key) {
        int place = keys().indexOf(key) + 1;
        return place == 0
                ? "a stranger " + key.hex().substring(0, 8)
                : "node " + place + " (" + key.hex().substring(0, 8) + ")";
    }

    /** The statement that t of the list before sign to make it the next. */
    public HouseStatement statement() {
        return new HouseStatement(house, number, Subject.NODES, digest());
    }

    /**
     * Why a signed list may not come after this one, in words; empty if it may.
     *
     * @param act the document with the signatures of this list's nodes
     */
    public Optional<String> flawAfter(SignedHouseStatement act) {
        NodeList next = of(CanonicalReader.read(act.document()));
        if (!act.statement().equals(next.statement()) || !next.house.equals(house)) {
            return Optional.of("the list must be signed as number " + next.number + " of house " + house);
        }
        if (next.number != number + 1 || !next.previous.equals(digest()) || next.from <= from) {
            return Optional.of(
                    "the list must be number " + (number + 1) + " after " + digest() + ", from an epoch after " + from
                            + "; have number " + next.number + " after " + next.previous + " from epoch " + next.from);
        }
        return quorum().verdict(act.statement(), act.signatures())
                        instanceof Quorum.Verdict.Unattested(int valid, int needed)
                ? Optional.of("the list must be signed by " + needed + " nodes of the list before; " + valid + " did")
                : Optional.empty();
    }

    /**
     * The lists of a house, one after the other, each in force from its first epoch until that of the next.
     *
     * @param first number 0: who founded the house
     * @param acts the lists after it, each with the signatures that made it the next
     */
    public record Succession(NodeList first, List<SignedHouseStatement> acts) {
        /** Copies, and checks that each list follows the one before it and is signed by t of that. */
        public Succession {
            acts = List.copyOf(acts);
            if (first.number != 0) {
                throw new CanonicalException("nodes[0]", "number " + first.number, "must be the first list, number 0");
            }
            NodeList last = first;
            for (int i = 0; i < acts.size(); i++) {
                Optional<String> flaw = last.flawAfter(acts.get(i));
                if (flaw.isPresent()) {
                    throw new CanonicalException("nodes[" + (i + 1) + "]", "a list", flaw.get());
                }
                last = of(CanonicalReader.read(acts.get(i).document()));
            }
        }

        /** All of them, in their order. */
        public List<NodeList> lists() {
            return Stream.concat(Stream.of(first), acts.stream().map(act -> of(CanonicalReader.read(act.document()))))
                    .toList();
        }

        /** The list that seals an epoch, &ge; 1. */
        public NodeList at(long epoch) {
            return lists().stream()
                    .filter(list -> list.from <= epoch)
                    .reduce((before, after) -> after)
                    .orElse(first);
        }
    }

    /** The tree of nodes.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                bytes(house),
                integer(number),
                bytes(previous),
                integer(from),
                integer(threshold),
                array(members.stream()
                        .map(member ->
                                array(bytes(member.key()), bytes(member.chain().bytes()), text(member.url())))
                        .toList()),
                array(
                        integer(terms.outlierPpm()),
                        integer(terms.removalAt()),
                        array(List.of(Fault.values()).stream()
                                .map(fault -> array(text(fault.word()), integer(terms.of(fault))))
                                .toList())));
    }

    /** SHA-256 of the canonical encoding. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws CanonicalException if the value is not a list of nodes in its one order
     */
    public static NodeList of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        NodeList list = new NodeList(
                fields.digest("house"),
                (int) fields.integer("number", 0, Integer.MAX_VALUE),
                fields.digest("previous"),
                (int) fields.integer("from", 1, Integer.MAX_VALUE),
                (int) fields.integer("threshold", 1, MEMBERS_MAX),
                fields.list(
                        "members", f -> new Member(f.digest("key"), ChainAddress.of(f.bytes("chain")), f.text("url"))),
                terms(fields.fields("terms")));
        fields.end();
        if (!list.canonical().equals(value)) {
            throw new CanonicalException(SCHEMA, list.digest().hex(), "must be in the one order");
        }
        return list;
    }

    private static Terms terms(CanonicalFields fields) {
        int outlier = (int) fields.integer("outlierPpm", 1, Integer.MAX_VALUE);
        int removal = (int) fields.integer("removalAt", 1, Integer.MAX_VALUE);
        Map<Fault, Integer> penalties = new EnumMap<>(Fault.class);
        fields.list(
                "penalties",
                f -> penalties.put(fault(f.text("fault")), (int) f.integer("points", 0, Integer.MAX_VALUE)));
        fields.end();
        return new Terms(outlier, removal, penalties);
    }

    private static Fault fault(String word) {
        return List.of(Fault.values()).stream()
                .filter(fault -> fault.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new CanonicalException("nodes.terms.fault", "\"" + word + "\"", "must be a known fault"));
    }
}
