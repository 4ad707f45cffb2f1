package io.bulwark.clearing.event;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.position.RawSnapshot;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts raw snapshots on their way into the ledger. */
public final class SnapshotPublisher implements AutoCloseable {
    /** Schema of what is published: a snapshot with the signature of who fetched it. */
    public static final String SCHEMA = "bulwark-fetched-snapshot";

    /** Its version. */
    public static final long VERSION = 1;

    private final Producer<String, byte[]> producer;
    private final QuorumKey reader;

    private SnapshotPublisher(Producer<String, byte[]> producer, QuorumKey reader) {
        this.producer = producer;
        this.reader = reader;
    }

    /**
     * A publisher to these brokers.
     *
     * @param reader signs what is published: it answers for having fetched it
     */
    public static SnapshotPublisher to(Topics.Brokers brokers, QuorumKey reader) {
        Map<String, Object> properties = brokers.with(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2L * Topics.RECORD_BYTES_MAX,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topics.RECORD_BYTES_MAX));
        return new SnapshotPublisher(
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()), reader);
    }

    /**
     * Publishes a snapshot and waits until the brokers keep it. Publishing it again is harmless: the ledger books it once.
     *
     * @return its offset in the topic
     */
    public long publish(RawSnapshot snapshot) {
        return publish(Event.key(snapshot.account()), signed(snapshot, reader));
    }

    /** A snapshot with the signature of who fetched it, as it is published. */
    public static byte[] signed(RawSnapshot snapshot, QuorumKey reader) {
        EpochSignature answer = reader.answerFor(snapshot.id());
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(snapshot.canonical().encode()),
                        CanonicalValue.bytes(answer.signer()),
                        CanonicalValue.bytes(answer.signature()))
                .encode();
    }

    /** Publishes bytes as they are: what the ledger cannot read, it keeps in quarantine. */
    public long publish(String key, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topic.SNAPSHOTS.id(), key, value);
        RecordTrace.write(record.headers());
        Future<RecordMetadata> sent = producer.send(record);
        try {
            return sent.get().offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing", e);
        } catch (ExecutionException e) {
            throw new KafkaException("the snapshot must be kept by the brokers", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
