package io.bulwark.house.node;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage.Seal;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.house.epoch.FollowingEpoch;
import io.bulwark.house.node.NodeHome.Kept;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What other nodes show as the last epoch, beside what this one sealed: their signatures on the same are kept with it, whoever signed
 * another is named, with both.
 */
final class Heads {
    private final NodeHome home;
    private final FollowingEpoch following;
    private final Consumer<String> log;
    private final Consumer<Evidence> convicted;
    private final Set<Digest> named = new HashSet<>();

    /**
     * Over a home.
     *
     * @param log takes a line for people
     * @param convicted takes evidence that is new
     */
    Heads(NodeHome home, FollowingEpoch following, Consumer<String> log, Consumer<Evidence> convicted) {
        this.home = home;
        this.following = following;
        this.log = log;
        this.convicted = convicted;
    }

    /**
     * Looks at what a node shows of an epoch that is sealed here. What it signed is believed, and nothing else that it says.
     *
     * @param heard what was heard in that epoch's round beside the signatures that lie with it
     * @throws IllegalStateException if t nodes signed another: then more lied than may, and this node goes on from neither
     */
    void compare(Kept shown, List<Signed> heard) {
        long number = shown.sealed().epoch().number();
        Kept ours = home.kept(number).orElseThrow();
        NodeList nodes = home.nodes(number);
        if (shown.sealed().digest().equals(ours.sealed().digest())) {
            merge(ours, Stream.concat(shown.seals().stream(), heard.stream()).toList(), nodes);
            return;
        }
        List<Signed> others = shown.seals().stream()
                .filter(said -> isOther(said, ours, nodes) && said.holds())
                .toList();
        if (others.isEmpty()) {
            return;
        }
        Path file = kept(shown);
        for (Signed other : others) {
            if (named.add(other.id())) {
                name(other, ours, heard, shown, nodes, file);
            }
        }
        long signers = others.stream().map(Signed::node).distinct().count();
        if (signers >= nodes.threshold()) {
            throw new IllegalStateException(
                    "epoch " + number + " was signed by " + signers + " nodes otherwise than as "
                            + ours.sealed().digest() + " (" + file + "): this node goes on from neither");
        }
    }

    private Path kept(Kept shown) {
        byte[] content = shown.canonical().encode();
        Path file = NodeFiles.made(home.home().folder().resolve("node/heads"))
                .resolve(Digest.sha256(content).hex());
        if (!Files.exists(file)) {
            NodeFiles.write(file, content);
        }
        return file;
    }

    /**
     * What t nodes of a list signed of an epoch that another node shows, with these signatures and no others; empty if they did not, or
     * signed something else.
     */
    static Optional<Kept> signed(Kept shown, NodeList nodes, Turn turn) {
        return shown.seals().stream()
                .map(Heads::value)
                .flatMap(Optional::stream)
                .distinct()
                .filter(one -> one.statement().number() == turn.epoch()
                        && one.statement().digest().equals(shown.sealed().digest())
                        && one.record().equals(shown.record().digest())
                        && shown.record().flaw(nodes, turn).isEmpty())
                .map(one -> new Kept(shown.sealed(), shown.record(), seals(shown.seals(), nodes, one)))
                .filter(kept -> kept.seals().size() >= nodes.threshold())
                .findFirst();
    }

    private static Optional<Value> value(Signed said) {
        return said.message() instanceof Seal seal ? Optional.of(seal.value()) : Optional.empty();
    }

    /** Who signed a value in both ways, each once. */
    private static List<Signed> seals(List<Signed> said, NodeList nodes, Value value) {
        TreeMap<Digest, Signed> seals = new TreeMap<>();
        said.stream()
                .filter(one ->
                        value(one).filter(value::equals).isPresent() && one.holds() && Hearing.isSeal(nodes, one))
                .forEach(one -> seals.putIfAbsent(one.node(), one));
        return List.copyOf(seals.values());
    }

    /** The signatures that came after t of them, or that another node has. */
    private void merge(Kept ours, List<Signed> more, NodeList nodes) {
        Value value = value(ours.seals().getFirst()).orElseThrow();
        List<Signed> all =
                seals(Stream.concat(ours.seals().stream(), more.stream()).toList(), nodes, value);
        if (all.size() > ours.seals().size()) {
            NodeFiles.write(
                    home.home()
                            .folder()
                            .resolve("node/epochs/" + ours.sealed().epoch().number()),
                    new Kept(ours.sealed(), ours.record(), all).canonical().encode());
        }
    }

    private static boolean isOther(Signed said, Kept ours, NodeList nodes) {
        return nodes.member(said.node()).isPresent()
                && said.message() instanceof Seal seal
                && seal.turn().house().equals(ours.sealed().epoch().house())
                && seal.turn().epoch() == ours.sealed().epoch().number()
                && !seal.value().statement().digest().equals(ours.sealed().digest());
    }

    private void name(Signed other, Kept ours, List<Signed> heard, Kept shown, NodeList nodes, Path file) {
        long number = ours.sealed().epoch().number();
        log.accept("HEAD DIFFERS: " + nodes.name(other.node()) + " signed epoch " + number + " as "
                + ((Seal) other.message()).value().statement().digest() + ", which was sealed here as "
                + ours.sealed().digest() + ", signed by " + ours.seals().size() + " nodes (" + file + ")");
        Evidence evidence = Stream.concat(ours.seals().stream(), heard.stream())
                .filter(said ->
                        said.node().equals(other.node()) && said.message().isInPlaceOf(other.message()))
                .findFirst()
                .<Evidence>map(same -> new Evidence.Equivocation(same, other))
                .orElseGet(() -> new Evidence.Refuted(other, shown.record()));
        if (flaw(home, following, evidence).isEmpty() && home.keep(evidence)) {
            convicted.accept(evidence);
        }
    }

    /** Why evidence convicts nobody, in words; empty if it does. What it rests on is computed again from the home. */
    static Optional<String> flaw(NodeHome home, FollowingEpoch following, Evidence evidence) {
        NodeList nodes = home.nodes(evidence.turn().epoch());
        return evidence.flaw(
                nodes,
                following.recomputation(
                        nodes, () -> home.epoch(evidence.turn().epoch() - 1).map(following::again)));
    }
}
