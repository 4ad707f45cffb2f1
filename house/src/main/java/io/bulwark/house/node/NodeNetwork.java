package io.bulwark.house.node;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList.Member;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.round.RoundMessage.Signed;
import io.bulwark.house.node.NodeHome.Keys;
import io.bulwark.house.node.Question.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a node asks of others and tells them, in threads of its own: whoever does not answer delays nobody. */
final class NodeNetwork implements AutoCloseable {
    /** From asking everybody to asking again, milliseconds. */
    static final int PULL_MILLIS = 1_000;

    private final NodeHome home;
    private final Node.Peers peers;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Asked> asking = ConcurrentHashMap.newKeySet();

    /** Up to which epoch each node has shown its head. */
    private final Map<Digest, Long> shown = new ConcurrentHashMap<>();

    private final Set<Digest> fetching = ConcurrentHashMap.newKeySet();

    private record Asked(Digest node, long epoch) {}

    NodeNetwork(NodeHome home, Node.Peers peers) {
        this.home = home;
        this.peers = peers;
    }

    int pullMillis() {
        return peers.pullMillis();
    }

    /** Does something that takes its time. */
    <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, threads);
    }

    void tellAll(List<Member> others, Signed said) {
        byte[] message = said.canonical().encode();
        others.forEach(to -> threads.execute(() -> peers.tell(to, message)));
    }

    /** Asks everybody for an epoch. One question at a time to each. */
    void pull(List<Member> others, Keys mine, long epoch, Consumer<Answer> answered) {
        others.forEach(to -> pull(to, mine, epoch, answered));
    }

    /** Asks whoever has not shown yet what it holds as the last epoch. */
    void heads(List<Member> others, Keys mine, long last, Consumer<Answer> answered) {
        others.stream()
                .filter(to -> shown.getOrDefault(to.key(), 0L) < last)
                .forEach(to -> pull(to, mine, last, answer -> {
                    if (answer.kept().isPresent()) {
                        shown.put(to.key(), last);
                        answered.accept(answer);
                    }
                }));
    }

    private void pull(Member to, Keys mine, long epoch, Consumer<Answer> answered) {
        Asked question = new Asked(to.key(), epoch);
        if (asking.add(question)) {
            threads.execute(() -> {
                try {
                    ask(to, mine, epoch, Digest.ZERO).map(Answer::read).ifPresent(answered);
                } catch (CanonicalException e) {
                    // Whoever answers nonsense has not answered.
                } finally {
                    asking.remove(question);
                }
            });
        }
    }

    private Optional<byte[]> ask(Member to, Keys mine, long epoch, Digest snapshot) {
        Question question =
                new Question(home.genesis().nodes().house(), to.key(), System.currentTimeMillis(), epoch, snapshot);
        return peers.ask(to, question.by(mine.key()));
    }

    /** Asks one after the other for a snapshot until somebody gives it. */
    void fetch(List<Member> others, Keys mine, Digest snapshot) {
        if (!fetching.add(snapshot)) {
            return;
        }
        threads.execute(() -> {
            try {
                if (others.stream().noneMatch(to -> found(to, mine, snapshot))) {
                    Thread.sleep(PULL_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                fetching.remove(snapshot);
            }
        });
    }

    private boolean found(Member to, Keys mine, Digest snapshot) {
        Optional<byte[]> answer =
                ask(to, mine, 0, snapshot).filter(bytes -> Digest.sha256(bytes).equals(snapshot));
        try {
            answer.map(bytes -> RawSnapshot.of(CanonicalReader.read(bytes))).ifPresent(home::snapshot);
            return answer.isPresent();
        } catch (CanonicalException e) {
            // What its observer called a snapshot is none: nobody will ever hold it.
            return true;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
