package io.bulwark.clearing.event;

import io.bulwark.clearing.event.RecordSink.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Hands each record of {@link Topic#SNAPSHOTS} to a sink exactly once.
 *
 * <p>It belongs to no consumer group: the sink says which record is next, and takes it in the same transaction as its effect. Whoever
 * is slower than another worker finds
 * its record taken, and ends. A record that the topic no longer has is an error, never skipped.
 */
public final class IntakeWorker implements AutoCloseable {
    private static final TopicPartition PARTITION = new TopicPartition(Topic.SNAPSHOTS.id(), 0);

    private final Consumer<byte[], byte[]> consumer;
    private final RecordSink sink;
    private final String topicIdentity;
    private long next;

    private IntakeWorker(Consumer<byte[], byte[]> consumer, RecordSink sink, String topicIdentity, long next) {
        this.consumer = consumer;
        this.sink = sink;
        this.topicIdentity = topicIdentity;
        this.next = next;
    }

    /**
     * Sees before anything is published whether the topic still holds what was taken from it. One that ends earlier lost its end with the
     * broker's disk: it is read from its beginning again, for what is published next would stand at places that were taken.
     */
    public static void align(Topics.Brokers brokers, RecordSink sink) {
        try (IntakeWorker worker = of(brokers, sink)) {
            if (worker.next > worker.end()) {
                sink.again(worker.topicIdentity);
            }
        }
    }

    private long end() {
        return consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
    }

    /** A worker that goes on where the sink stands. */
    public static IntakeWorker of(Topics.Brokers brokers, RecordSink sink) {
        String identity = Topics.identity(brokers, Topic.SNAPSHOTS).toString();
        Map<String, Object> properties = brokers.with(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                Topics.RECORD_BYTES_MAX));
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(PARTITION));
        long next = sink.next(identity);
        consumer.seek(PARTITION, next);
        return new IntakeWorker(consumer, sink, identity, next);
    }

    /** What a round of work came to. */
    public sealed interface Round {
        /** So many records were taken; 0 when none came within the time. */
        record Worked(int records) implements Round {}

        /** Another worker is at it: this one must end. */
        record Fenced() implements Round {}
    }

    /**
     * Takes what comes within this time.
     *
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if the topic has lost the record that is next
     */
    public Round work(Duration patience) {
        int taken = 0;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            long expected = next;
            if (RecordTrace.taking(record, () -> sink.take(topicIdentity, expected, record.offset(), value))
                    == Taken.FENCED) {
                return new Round.Fenced();
            }
            next = record.offset() + 1;
            taken++;
        }
        return new Round.Worked(taken);
    }

    /**
     * Works until the sink has taken every record that the topic holds now.
     *
     * @return how many were taken, or that another worker is at it
     */
    public Round drain(Duration patience) {
        long end = end();
        int taken = 0;
        while (consumer.position(PARTITION) < end) {
            switch (work(patience)) {
                case Round.Worked(int records) -> taken += records;
                case Round.Fenced fenced -> {
                    return fenced;
                }
            }
        }
        return new Round.Worked(taken);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
