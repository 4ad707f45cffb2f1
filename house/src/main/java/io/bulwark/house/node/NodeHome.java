package io.bulwark.house.node;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundRecord;
import io.bulwark.house.epoch.FollowingEpoch;
import io.bulwark.house.epoch.SealedMaterial;
import io.bulwark.house.epoch.Witness;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a node lives: its two keys, the genesis, everything by its SHA-256 that epochs name, the epochs that were sealed, what it has
 * said in the rounds since, and evidence. Every file lies whole on the disk before anything rests on it.
 *
 * <pre>
 * signing/node.key, node.chain.key   its secrets
 * node/genesis                       what the nodes agreed on before the first epoch
 * node/documents/SHA-256             what epochs name
 * node/snapshots/SHA-256             venues' own bytes, and observations sealed together
 * node/epochs/N                      a sealed epoch: number, time, signatures both ways
 * node/rounds/N                      what this node has said of epoch N, and what it had observed
 * node/evidence/, heads/SHA-256      what convicts a node; an epoch that another node shows otherwise
 * node/acts/N                        the signed list of nodes number N
 * witness                            a line an epoch that t nodes signed, written before it is taken in
 * </pre>
 */
public final class NodeHome implements SealedMaterial.Source {
    private final Home home;
    private final Path folder;
    private final Genesis genesis;

    /** The home of a node that has a genesis. */
    public NodeHome(Home home) {
        this.home = home;
        this.folder = folder(home);
        Path file = folder.resolve("genesis");
        if (!Files.exists(file)) {
            throw new BadInput("home", home.folder().toString(), "must hold a genesis: bulwark node join FILE");
        }
        this.genesis = Genesis.read(NodeFiles.read(file));
        for (String name : List.of("documents", "snapshots", "epochs", "rounds", "evidence", "acts")) {
            NodeFiles.made(folder.resolve(name));
        }
    }

    /**
     * Takes a genesis into a home that has none.
     *
     * @throws BadInput if it has another
     */
    public static NodeHome join(Home home, byte[] genesis) {
        Genesis read = Genesis.read(genesis);
        Path file = folder(home).resolve("genesis");
        Genesis has = Files.exists(file) ? Genesis.read(NodeFiles.read(file)) : read;
        if (!has.equals(read)) {
            throw new BadInput("genesis", read.toString(), "must be the one that the home has, " + has);
        }
        NodeFiles.write(file, read.canonical().encode());
        NodeHome joined = new NodeHome(home);
        joined.document(read.file());
        read.history().ifPresent(joined::document);
        return joined;
    }

    /** Whether a home is a node's. */
    public static boolean isIn(Home home) {
        return Files.exists(home.folder().resolve("node/genesis"));
    }

    private static Path folder(Home home) {
        return NodeFiles.made(home.folder().resolve("node"));
    }

    /**
     * The keys of a node.
     *
     * @param key what it signs rounds and epochs with
     * @param chain what it signs with for contracts
     */
    public record Keys(QuorumKey key, ChainKey chain) {
        private static Keys in(Home home, int number) {
            String name = number == 1 ? "node" : "node-" + number;
            // This one first: who sees the other, as the node at work does, finds both and draws none.
            ChainKey chain = ChainKey.in(home.signing().resolve(name + ".chain.key"));
            return new Keys(QuorumKey.in(home.signing().resolve(name + ".key")), chain);
        }
    }

    /** The keys of a home, the newest last; the first are drawn where there are none. */
    public static List<Keys> keys(Home home) {
        List<Keys> keys = new ArrayList<>(List.of(Keys.in(home, 1)));
        while (Files.exists(home.signing().resolve("node-" + (keys.size() + 1) + ".key"))) {
            keys.add(Keys.in(home, keys.size() + 1));
        }
        return keys;
    }

    /** Draws keys to follow those that are there: a list of nodes that names them makes them count. */
    public static Keys drawKeys(Home home) {
        return Keys.in(home, keys(home).size() + 1);
    }

    /** The keys by which the node of this home is on a list; empty if it is not. */
    Optional<Keys> keys(NodeList list) {
        return keys(home).stream()
                .filter(keys -> list.member(keys.key().publicKey()).isPresent())
                .findFirst();
    }

    /** What the nodes agreed on before their first epoch. */
    public Genesis genesis() {
        return genesis;
    }

    /** The folder that it is over, with its keys. */
    public Home home() {
        return home;
    }

    /**
     * The lists of nodes, the first of the genesis, each next signed by t of the one before.
     *
     * @throws IllegalStateException if an act does not follow
     */
    public NodeList.Succession succession() {
        try {
            return new NodeList.Succession(genesis.nodes(), acts());
        } catch (CanonicalException e) {
            throw new IllegalStateException("the acts in " + folder.resolve("acts") + ": " + e.getMessage(), e);
        }
    }

    /** The lists themselves. */
    public List<NodeList> lists() {
        return succession().lists();
    }

    /** The list that seals an epoch. */
    public NodeList nodes(long epoch) {
        return succession().at(epoch);
    }

    /** The signed lists after the first. */
    List<SignedHouseStatement> acts() {
        List<SignedHouseStatement> acts = new ArrayList<>();
        for (long number = 1; Files.exists(folder.resolve("acts/" + number)); number++) {
            acts.add(NodeActs.read(NodeFiles.read(folder.resolve("acts/" + number))));
        }
        return acts;
    }

    /**
     * Takes the next list in.
     *
     * @return why not, in words; empty if it was taken, or is there already
     */
    Optional<String> act(SignedHouseStatement act, long sealed) {
        List<NodeList> lists = lists();
        NodeList next = NodeList.of(CanonicalReader.read(act.document()));
        if (lists.contains(next)) {
            return Optional.empty();
        }
        Optional<String> flaw = lists.getLast().flawAfter(act);
        if (flaw.isEmpty() && next.from() <= sealed + 1) {
            flaw = Optional.of("the list must begin after epoch " + (sealed + 1) + ", which is under way; it does with "
                    + next.from());
        }
        if (flaw.isEmpty()) {
            NodeFiles.write(folder.resolve("acts/" + next.number()), NodeActs.write(act));
        }
        return flaw;
    }

    /**
     * The file form of a list with signatures and that of this home's node.
     *
     * @throws BadInput if this node is not on the list before
     */
    public byte[] signed(NodeList next, List<EpochSignature> signatures) {
        Keys mine = keys(lists().getLast())
                .orElseThrow(() -> new BadInput("node", home.folder().toString(), "must be on the list that signs"));
        List<EpochSignature> all = new ArrayList<>(signatures);
        all.removeIf(signature -> signature.signer().equals(mine.key().publicKey()));
        all.add(mine.key().sign(next.statement()));
        return NodeActs.write(
                new SignedHouseStatement(next.statement(), next.canonical().encode(), all));
    }

    /** The same of a file that others signed. */
    public byte[] signed(byte[] file) {
        SignedHouseStatement act = NodeActs.given(file);
        return signed(NodeList.of(CanonicalReader.read(act.document())), act.signatures());
    }

    /** Takes a list in; gives why not, in words. */
    public Optional<String> take(byte[] file) {
        return act(NodeActs.given(file), last());
    }

    /** The number of the last sealed epoch; 0 before the first. */
    public long last() {
        return names("epochs", "[1-9][0-9]{0,17}")
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
    }

    private Stream<String> names(String of, String like) {
        try (Stream<Path> files = Files.list(folder.resolve(of))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            return names.stream().filter(name -> name.matches(like)).sorted();
        } catch (IOException e) {
            throw new UncheckedIOException("home " + folder, e);
        }
    }

    /**
     * A sealed epoch as nodes keep it and hand it on.
     *
     * @param sealed the epoch
     * @param record what was revealed in its round
     * @param seals who signed it
     */
    public record Kept(SealedEpoch sealed, RoundRecord record, List<Signed> seals) {
        private static final String SCHEMA = "bulwark-node-epoch";

        /** Copies. */
        public Kept {
            seals = List.copyOf(seals);
        }

        CanonicalValue canonical() {
            return array(
                    text(SCHEMA),
                    integer(1),
                    sealed.epoch().canonical(),
                    bytes(sealed.digest()),
                    record.canonical(),
                    array(seals.stream().map(Signed::canonical).toList()));
        }

        static Kept read(byte[] encoded) {
            CanonicalFields fields = CanonicalFields.document(CanonicalReader.read(encoded), SCHEMA, 1);
            SealedEpoch sealed = new SealedEpoch(Epoch.of(fields.value("epoch")), fields.digest("digest"));
            RoundRecord record = RoundRecord.of(fields.value("record"));
            List<Signed> seals =
                    values(fields.value("seals")).stream().map(Signed::of).toList();
            fields.end();
            return new Kept(sealed, record, seals);
        }
    }

    static List<CanonicalValue> values(CanonicalValue value) {
        return value instanceof CanonicalValue.Array(List<CanonicalValue> values) ? values : List.of();
    }

    /** A sealed epoch; empty if it is not there. */
    public Optional<Kept> kept(long number) {
        Path file = folder.resolve("epochs/" + number);
        return Files.exists(file) ? Optional.of(Kept.read(NodeFiles.read(file))) : Optional.empty();
    }

    /** Keeps a sealed epoch, which follows the last; everything that it names is there already. */
    void keep(Kept epoch) {
        long number = epoch.sealed().epoch().number();
        if (number != last() + 1) {
            throw new IllegalStateException("epoch " + number + " must follow the last, " + last());
        }
        Digest seen = witness().seen().getOrDefault(number, epoch.sealed().digest());
        if (!seen.equals(epoch.sealed().digest())) {
            throw new IllegalStateException("epoch " + number + " was seen sealed as " + seen + " (" + home.witness()
                    + "): it cannot be " + epoch.sealed().digest());
        }
        witness().see(List.of(epoch.sealed()));
        NodeFiles.write(folder.resolve("epochs/" + number), epoch.canonical().encode());
    }

    /** Which epochs it saw sealed, beside what it keeps of them: what was sealed is not sealed again otherwise. */
    public Witness witness() {
        return new Witness(home.witness());
    }

    /** What this node has said of an epoch. */
    RoundJournal round(long number) {
        return new RoundJournal(folder.resolve("rounds/" + number));
    }

    /** Keeps evidence; gives whether it is new. */
    boolean keep(Evidence evidence) {
        Path file = folder.resolve("evidence/" + evidence.digest().hex());
        if (Files.exists(file)) {
            return false;
        }
        NodeFiles.write(file, evidence.canonical().encode());
        return true;
    }

    /** Everything that convicts a node here. */
    public List<Evidence> evidence() {
        return names("evidence", "[0-9a-f]{64}")
                .map(name -> Evidence.read(NodeFiles.read(folder.resolve("evidence/" + name))))
                .toList();
    }

    /** Where evidence lies. */
    public Path fileOf(Evidence evidence) {
        return folder.resolve("evidence/" + evidence.digest().hex());
    }

    /** Keeps a document; gives its SHA-256. */
    Digest document(byte[] content) {
        Digest digest = Digest.sha256(content);
        Path file = folder.resolve("documents/" + digest.hex());
        if (!Files.exists(file)) {
            NodeFiles.write(file, content);
        }
        return digest;
    }

    /** Keeps a snapshot; gives its id. */
    Digest snapshot(RawSnapshot raw) {
        byte[] content = raw.canonical().encode();
        Digest id = Digest.sha256(content);
        Path file = folder.resolve("snapshots/" + id.hex());
        if (!Files.exists(file)) {
            NodeFiles.write(file, content);
        }
        return id;
    }

    boolean hasSnapshot(Digest id) {
        return Files.exists(folder.resolve("snapshots/" + id.hex()));
    }

    @Override
    public Optional<EpochRecord> epoch(long number) {
        return kept(number)
                .map(kept -> new EpochRecord(
                        kept.sealed(),
                        EpochInputs.of(CanonicalReader.read(
                                document(kept.sealed().epoch().inputsSha256()).orElseThrow()))));
    }

    @Override
    public Optional<byte[]> document(Digest digest) {
        return named("documents/" + digest.hex(), digest);
    }

    @Override
    public Optional<RawSnapshot> snapshot(Digest id) {
        return named("snapshots/" + id.hex(), id).map(bytes -> RawSnapshot.of(CanonicalReader.read(bytes)));
    }

    /** Bytes that are not those of their name are not there: a disk may change them. */
    private Optional<byte[]> named(String name, Digest digest) {
        Path file = folder.resolve(name);
        return Files.exists(file)
                ? Optional.of(NodeFiles.read(file))
                        .filter(content -> Digest.sha256(content).equals(digest))
                : Optional.empty();
    }

    /** Epochs of nodes name the list that sealed them, and neither proving keys nor superseded snapshots. */
    @Override
    public void requireSigned(Subject subject, Digest document) {
        throw new IllegalStateException("an epoch of nodes must name no list of " + subject.word() + "; it names "
                + document + " beside " + FollowingEpoch.NODES);
    }
}
