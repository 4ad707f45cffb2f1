package io.bulwark.clearing.event;

import io.bulwark.clearing.event.Outbox.OutboxRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Tells Kafka what the outbox holds, each record once for readers who read committed ones.
 *
 * <p>Records and the mark that says how far they go are one Kafka transaction. The transactional id is always the same: a relay that
 * starts fences the one before and
 * settles what that left open, and only then asks how far it came. The mark is an offset of a consumer group that nobody else uses; it
 * counts outbox sequences. A broker forgets such a mark after a week's rest (offsets.retention.minutes): the outbox remembers too how far
 * this topic was told, after the fact and never ahead of it.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final String IDENTITY = "bulwark-outbox-relay";
    private static final TopicPartition MARK = new TopicPartition(Topic.LEDGER.id(), 0);
    private static final int BATCH_MAX = 500;

    private final Producer<String, byte[]> producer;
    private final ConsumerGroupMetadata group;
    private final Outbox outbox;
    private final String identity;
    private final String topic;
    private long next;

    private OutboxRelay(
            Producer<String, byte[]> producer,
            ConsumerGroupMetadata group,
            Outbox outbox,
            String identity,
            String topic,
            long next) {
        this.producer = producer;
        this.group = group;
        this.outbox = outbox;
        this.identity = identity;
        this.topic = topic;
        this.next = next;
    }

    /** A relay that goes on where the last one came to. */
    public static OutboxRelay of(Topics.Brokers brokers, Outbox outbox) {
        return of(brokers, outbox, UnaryOperator.identity());
    }

    /** With the producer wrapped, for those who want it to fail. */
    static OutboxRelay of(Topics.Brokers brokers, Outbox outbox, UnaryOperator<Producer<String, byte[]>> wrapping) {
        Map<String, Object> properties = brokers.with(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                IDENTITY,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topics.RECORD_BYTES_MAX));
        Producer<String, byte[]> producer =
                wrapping.apply(new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()));
        try {
            producer.initTransactions();
            String identity = outbox.identity();
            String topic = Topics.identity(brokers, Topic.LEDGER).toString();
            long published = Math.max(published(brokers, identity), outbox.told(topic));
            return new OutboxRelay(producer, group(brokers), outbox, identity, topic, published + 1);
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    private static ConsumerGroupMetadata group(Topics.Brokers brokers) {
        try (KafkaConsumer<byte[], byte[]> marks = marks(brokers)) {
            return marks.groupMetadata();
        }
    }

    /** A group without members, in which only the marks are kept. Kafka hands its name out through a consumer only. */
    private static KafkaConsumer<byte[], byte[]> marks(Topics.Brokers brokers) {
        return new KafkaConsumer<>(
                brokers.with(Map.of(ConsumerConfig.GROUP_ID_CONFIG, IDENTITY)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * The last sequence of this ledger that was published; 0 if none. Waits for a transaction that is still open: a consumer asks again,
     * where an admin client leaves such a mark out.
     */
    static long published(Topics.Brokers brokers, String identity) {
        try (KafkaConsumer<byte[], byte[]> marks = marks(brokers)) {
            return Optional.ofNullable(marks.committed(Set.of(MARK)).get(MARK))
                    .filter(mark -> mark.metadata().equals(identity))
                    .map(mark -> mark.offset() - 1)
                    .orElse(0L);
        }
    }

    /**
     * Publishes the next records, some hundreds at most.
     *
     * @return how many; 0 if there is nothing to tell
     * @throws org.apache.kafka.common.KafkaException if Kafka failed or another relay took over: close this one, and start another if
     *     this is the one that should run
     */
    public int relay() {
        List<OutboxRecord> records = outbox.from(next, BATCH_MAX);
        if (records.isEmpty()) {
            return 0;
        }
        if (records.getFirst().sequence() != next || records.getLast().sequence() != next + records.size() - 1) {
            throw new IllegalStateException("outbox must be without gaps from " + next + "; have "
                    + records.getFirst().sequence() + "…" + records.getLast().sequence() + " in " + records.size()
                    + " records");
        }
        producer.beginTransaction();
        for (OutboxRecord record : records) {
            // The commit below fails if a send did.
            var _ = producer.send(new ProducerRecord<>(record.topic().id(), record.key(), record.event()));
        }
        long after = next + records.size();
        producer.sendOffsetsToTransaction(Map.of(MARK, new OffsetAndMetadata(after, identity)), group);
        producer.commitTransaction();
        next = after;
        outbox.tell(topic, after - 1);
        return records.size();
    }

    /** Relays until nothing is left. */
    public long drain() {
        long total = 0;
        for (int relayed = relay(); relayed > 0; relayed = relay()) {
            total += relayed;
        }
        return total;
    }

    @Override
    public void close() {
        producer.close();
    }
}
