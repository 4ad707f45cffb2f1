package io.bulwark.house.node;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.observation.Observations;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage;
import io.bulwark.clearing.round.RoundMessage.Observed;
import io.bulwark.clearing.round.RoundMessage.Reveal;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.clearing.round.RoundRecord;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.FollowingEpoch;
import io.bulwark.house.node.NodeHome.Keys;
import io.bulwark.house.survey.Meanings;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A node's desk in one round: what it writes down, what it has of snapshots, what it computes, whom it convicts. */
final class NodeDesk implements Round.Desk, Evidence.Recomputation, AutoCloseable {
    private static final String NOTE = "bulwark-round-note";

    private final NodeHome home;
    private final NodeList nodes;
    private final Optional<Keys> keys;
    private final FollowingEpoch following;
    private final Optional<ComputedEpoch> last;
    private final Meanings meanings;
    private final RoundJournal journal;
    private final Wire wire;

    private final List<Signed> own = new ArrayList<>();
    private final Map<RoundRecord, FollowingEpoch.Made> made = new HashMap<>();
    private final Map<RoundRecord, String> unmade = new HashMap<>();
    private Optional<Note> note = Optional.empty();

    /** What the node observed before it committed to it. */
    record Note(Digest salt, List<Observed> observed) {}

    /**
     * What goes out.
     *
     * @param say hands a message to the other nodes
     * @param fetch asks the other nodes for a snapshot of an id
     * @param told takes evidence that is new
     */
    record Wire(Consumer<Signed> say, Consumer<Digest> fetch, Consumer<Evidence> told) {}

    NodeDesk(NodeHome home, NodeList nodes, FollowingEpoch following, Optional<ComputedEpoch> last, Wire wire) {
        this.home = home;
        this.nodes = nodes;
        this.keys = home.keys(nodes);
        this.following = following;
        this.last = last;
        this.meanings = new Meanings(following.foundation().file());
        this.wire = wire;
        this.journal = home.round(last.map(ComputedEpoch::number).orElse(0L) + 1);
        for (byte[] entry : journal.entries()) {
            CanonicalValue value = CanonicalReader.read(entry);
            if (CanonicalFields.of("entry", value).text("schema").equals(NOTE)) {
                note = Optional.of(note(value));
            } else {
                own.add(Signed.of(value));
            }
        }
    }

    private static Note note(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, NOTE, 1);
        Note note = new Note(
                fields.digest("salt"),
                fields.list(
                        "observed",
                        f -> new Observed(
                                new VenueAccount((int) f.integer("venue", 0, Integer.MAX_VALUE), f.text("address")),
                                f.digest("snapshot"))));
        fields.end();
        return note;
    }

    /** What the node said before it was killed. */
    List<Signed> own() {
        return List.copyOf(own);
    }

    /** What it had observed before it was killed. */
    Optional<Note> noted() {
        return note;
    }

    /** Keeps what was observed, and writes it down with a salt, before anything is said of it. */
    Note observed(List<RawSnapshot> snapshots) {
        byte[] salt = new byte[Digest.LENGTH];
        new SecureRandom().nextBytes(salt);
        Note observed = new Note(
                Digest.of(salt),
                snapshots.stream()
                        .map(raw -> new Observed(raw.account(), home.snapshot(raw)))
                        .toList());
        journal.append(array(
                        text(NOTE),
                        integer(1),
                        bytes(observed.salt()),
                        array(observed.observed().stream()
                                .map(o -> array(
                                        integer(o.account().venue()),
                                        text(o.account().address()),
                                        bytes(o.snapshot())))
                                .toList()))
                .encode());
        note = Optional.of(observed);
        return observed;
    }

    @Override
    public Signed say(RoundMessage message) {
        Optional<Signed> before =
                own.stream().filter(said -> said.message().isInPlaceOf(message)).findFirst();
        Signed said = before.orElseGet(() -> {
            Signed first = message.by(keys.orElseThrow().key());
            journal.append(first.canonical().encode());
            own.add(first);
            return first;
        });
        wire.say().accept(said);
        return said;
    }

    @Override
    public boolean holds(Reveal reveal) {
        boolean all = true;
        for (Observed observed : reveal.observed()) {
            if (!home.hasSnapshot(observed.snapshot())) {
                all = false;
                wire.fetch().accept(observed.snapshot());
            }
        }
        return all;
    }

    private boolean holds(RoundRecord record) {
        return record.opened().stream().allMatch(one -> holds(one.said()));
    }

    @Override
    public Optional<Value> follows(RoundRecord record) {
        return made(record).map(follows -> follows.value(record));
    }

    /** The epoch that follows; computed once, empty while something is missing or if there is none. */
    Optional<FollowingEpoch.Made> made(RoundRecord record) {
        FollowingEpoch.Made before = made.get(record);
        if (before != null || unmade.containsKey(record) || !holds(record)) {
            return Optional.ofNullable(before);
        }
        try {
            FollowingEpoch.Made now = following.of(nodes, record, last);
            made.put(record, now);
            return Optional.of(now);
        } catch (IllegalStateException | IllegalArgumentException | ArithmeticException e) {
            unmade.put(record, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Why no epoch follows from what was revealed, for people; empty if one does. */
    Optional<String> obstacle() {
        return unmade.values().stream().findFirst();
    }

    @Override
    public Seal seal(Turn turn, Value value) {
        Keys mine = keys.orElseThrow();
        return new Seal(
                turn,
                value,
                mine.key().sign(value.statement()),
                mine.chain()
                        .sign(new ChainStatement.OfEpoch(
                                turn.house(), turn.epoch(), value.statement().digest())));
    }

    @Override
    public void convict(Evidence evidence) {
        // Nothing is held against anybody that would not convince a stranger.
        if (evidence.flaw(nodes, this).isEmpty() && home.keep(evidence)) {
            wire.told().accept(evidence);
        }
    }

    /** Whoever's prices lie beyond the terms, in what counted of a round. */
    void convictOutliers(RoundRecord record) {
        record.observed().forEach((account, observed) -> {
            TreeMap<Digest, RawSnapshot> contents = new TreeMap<>();
            observed.forEach((node, id) -> home.snapshot(id)
                    .filter(raw -> raw.account().equals(account) && !Observations.isSealed(raw))
                    .ifPresent(raw -> contents.put(node, raw)));
            if (contents.size() >= nodes.threshold()) {
                outliers(record, account, contents);
            }
        });
    }

    private void outliers(RoundRecord record, VenueAccount account, SortedMap<Digest, RawSnapshot> contents) {
        TreeSet<Digest> accused = new TreeSet<>();
        new Observations(nodes.threshold(), contents)
                .outliers(this::meaning, nodes.terms().outlierPpm())
                .forEach(deviation -> accused.add(deviation.node()));
        SortedMap<Digest, RawSnapshot> once = new TreeMap<>();
        contents.values().forEach(raw -> once.put(raw.id(), raw));
        accused.forEach(node -> convict(new Evidence.Outlier(node, account, record, List.copyOf(once.values()))));
    }

    @Override
    public Optional<VenueSnapshot> meaning(RawSnapshot raw) {
        return Observations.isSealed(raw) ? Optional.empty() : meanings.understood(raw);
    }

    /** The nodes of the round. */
    NodeList nodes() {
        return nodes;
    }

    /** Under which key this node is one of them; empty if it is not. */
    Optional<Digest> self() {
        return keys.map(mine -> mine.key().publicKey());
    }

    /** What the node signs its questions with. */
    Keys asking() {
        return keys.orElseGet(() -> NodeHome.keys(home.home()).getLast());
    }

    @Override
    public void close() {
        journal.close();
    }
}
