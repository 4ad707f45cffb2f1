package io.bulwark.house;

import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.Database.SessionLock;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.event.OutboxRelay;
import io.bulwark.clearing.event.SnapshotPublisher;
import io.bulwark.clearing.event.Topics.Brokers;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.OutboxTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process tells Kafka: one publisher and one relay, kept open. A producer that failed is closed, and the next one begins where
 * the books say. Of several processes one relays at a time: a relay that begins fences the one before.
 */
final class Producers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Producers.class);
    private static final String TURN = "bulwark-relay";
    private static final Duration TURN_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Brokers brokers;
    private final Database database;
    private final Supplier<QuorumKey> reader;
    private @Nullable SnapshotPublisher publisher;
    private @Nullable OutboxRelay relay;
    private volatile boolean behind;

    Producers(Brokers brokers, Database database, Supplier<QuorumKey> reader) {
        this.brokers = brokers;
        this.database = database;
        this.reader = reader;
    }

    /**
     * Puts snapshots on their way into the ledger, signed by this machine's reader.
     *
     * @throws KafkaException if the brokers do not keep one: publishing all of them again is harmless
     */
    synchronized void publish(List<RawSnapshot> snapshots) {
        SnapshotPublisher open = publisher == null ? SnapshotPublisher.to(brokers, reader.get()) : publisher;
        publisher = open;
        try {
            snapshots.forEach(open::publish);
        } catch (KafkaException e) {
            publisher = null;
            open.close();
            throw e;
        }
    }

    /**
     * Tells what the outbox holds. Where Kafka does not take it, it stays there and is told later: it is in the books, which are the truth.
     *
     * @return whether nothing is left to tell
     */
    synchronized boolean relay() {
        try (SessionLock turn = turn()) {
            behind = true;
            try {
                drain();
            } catch (KafkaException fenced) {
                closeRelay();
                drain();
            }
            behind = !turn.isHeld();
        } catch (KafkaException | DatabaseException e) {
            behind = true;
            closeRelay();
            LOG.warn("what happened is in the books, and is told later: {}", e.getMessage());
        }
        return !behind;
    }

    /** Whether something is left to tell that Kafka did not take. */
    boolean isBehind() {
        return behind;
    }

    private void drain() {
        OutboxRelay open = relay == null ? OutboxRelay.of(brokers, new OutboxTable(database)) : relay;
        relay = open;
        open.drain();
    }

    private SessionLock turn() {
        long end = System.nanoTime() + TURN_MAX.toNanos();
        while (true) {
            Optional<SessionLock> turn = database.tryLock(TURN);
            if (turn.isPresent()) {
                return turn.get();
            }
            if (System.nanoTime() > end) {
                throw new KafkaException("another process relays for longer than " + TURN_MAX);
            }
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted while another process relays", e);
            }
        }
    }

    private void closeRelay() {
        if (relay != null) {
            relay.close();
            relay = null;
        }
    }

    @Override
    public synchronized void close() {
        closeRelay();
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
    }
}
