package io.bulwark.clearing.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One of many who share a topic's records as a queue (a share group, KIP-932): each record is locked for one of them, who accepts it,
 * releases it for another try, or
 * rejects it for good. Who dies lets go of its records at once, and who says nothing until the lock ends.
 *
 * <p>Delivery is at least once: who is handed a record must recognise one that is done. Not safe for use by several threads.
 */
public final class ShareWorker implements AutoCloseable {
    /**
     * How often Kafka hands a record out at most. Who counts attempts must stop before that: Kafka tells nobody when it gives a record
     * up.
     */
    public static final int DELIVERIES_MAX = 10;

    private final ShareConsumer<byte[], byte[]> consumer;

    private ShareWorker(ShareConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** What became of a record. */
    public enum Verdict {
        /** Done. */
        ACCEPT,
        /** To be tried again, by whomever. */
        RELEASE,
        /** Never to be tried again. */
        REJECT
    }

    /** Does what a record asks for. */
    public interface Work {
        /**
         * Does it.
         *
         * @param value the record's value
         * @param delivery how often it was handed out, from 1, at most {@value ShareWorker#DELIVERIES_MAX}
         */
        Verdict on(byte[] value, int delivery);
    }

    /**
     * Says how a group shares its records: from the first one on, committed ones only.
     *
     * @param lock how long a record stays with a worker that says nothing: longer than its work, at most an hour
     */
    public static void prepare(Topics.Brokers brokers, String group, Duration lock) {
        Map<String, String> configuration = Map.of(
                "share.auto.offset.reset",
                "earliest",
                "share.isolation.level",
                "read_committed",
                "share.record.lock.duration.ms",
                String.valueOf(lock.toMillis()),
                "share.delivery.count.limit",
                String.valueOf(DELIVERIES_MAX));
        List<AlterConfigOp> changes = configuration.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = Topics.admin(brokers)) {
            Topics.await(
                    admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.GROUP, group), changes))
                            .all());
        } catch (KafkaException e) {
            throw new KafkaException(
                    "group " + group + " must share a queue with locks of " + lock.toMillis()
                            + " ms: brokers need share groups (Kafka 4.2) and group.share.max.record.lock.duration.ms of as much",
                    e);
        }
    }

    /** A worker of a group on a topic. */
    public static ShareWorker of(Topics.Brokers brokers, String group, Topic topic) {
        Map<String, Object> properties = brokers.with(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                "explicit",
                ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
                "record_limit",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1));
        ShareConsumer<byte[], byte[]> consumer =
                new KafkaShareConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic.id()));
        return new ShareWorker(consumer);
    }

    /**
     * Works on what comes within this time.
     *
     * @return what became of it
     */
    public List<Verdict> work(Duration patience, Work work) {
        List<Verdict> verdicts = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            Verdict verdict = work.on(
                    record.value() == null ? new byte[0] : record.value(),
                    record.deliveryCount().orElse((short) 1));
            consumer.acknowledge(record, acknowledgement(verdict));
            consumer.commitSync();
            verdicts.add(verdict);
        }
        return List.copyOf(verdicts);
    }

    private static AcknowledgeType acknowledgement(Verdict verdict) {
        return switch (verdict) {
            case ACCEPT -> AcknowledgeType.ACCEPT;
            case RELEASE -> AcknowledgeType.RELEASE;
            case REJECT -> AcknowledgeType.REJECT;
        };
    }

    @Override
    public void close() {
        consumer.close();
    }
}
