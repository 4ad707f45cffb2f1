package io.bulwark.clearing.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.embedded.EmbeddedKafka;
import io.bulwark.clearing.event.Outbox.OutboxRecord;
import io.bulwark.clearing.ledger.IntakeTestBed;
import io.bulwark.clearing.ledger.LedgerVerification;
import io.bulwark.tier.OfHouse;
import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Kafka, real PostgreSQL: from the topic into the books, from the outbox to the readers, whoever dies in between. */
@OfHouse
final class NothingLostNothingTwiceTest {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    @TempDir
    Path directory;

    private final IntakeTestBed bed = IntakeTestBed.fresh();

    @SuppressWarnings("NullAway.Init")
    private EmbeddedKafka kafka;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        Topics.create(brokers());
        Topics.create(brokers());
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    private void publish(int from, int to) {
        try (SnapshotPublisher publisher = SnapshotPublisher.to(brokers(), IntakeTestBed.READER)) {
            IntStream.range(from, to).forEach(n -> publisher.publish("a", IntakeTestBed.record(n)));
        }
    }

    @Test
    void shouldBookWhatIsPublishedAndTellOfItOnce() {
        publish(0, 20);
        publish(5, 10);
        try (IntakeWorker worker = IntakeWorker.of(brokers(), bed.intake(bed.source()))) {
            assertEquals(new IntakeWorker.Round.Worked(25), worker.drain(PATIENCE));
            assertEquals(new IntakeWorker.Round.Worked(0), worker.work(PATIENCE));
        }
        try (OutboxRelay relay = OutboxRelay.of(brokers(), bed.outbox(bed.source()))) {
            assertEquals(20, relay.drain());
            assertEquals(0, relay.drain());
        }
        assertEquals(20, bed.entries());
        assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), entriesTold());
    }

    @Test
    void shouldGoOnAfterRestartsThatHappenAnywhereOnTheWayIn() {
        long seed = 20240523;
        System.out.println("intake restarts: seed " + seed);
        Random random = new Random(seed);
        publish(0, 60);
        int deaths = 0;
        for (boolean drained = false; !drained; ) {
            FailingProxy proxy = new FailingProxy(30 + random.nextInt(600), random.nextBoolean());
            try (IntakeWorker worker = IntakeWorker.of(brokers(), bed.intake(proxy.wrap(bed.source())))) {
                worker.drain(PATIENCE);
                drained = true;
            } catch (FailingProxy.Killed killed) {
                deaths++;
            }
        }
        System.out.println("intake died " + deaths + " times");
        assertTrue(deaths >= 5, "seed " + seed);
        assertEquals(60, bed.entries());
        assertEquals(60, bed.outbox());
        assertInstanceOf(LedgerVerification.Sound.class, bed.ledger().verify());
    }

    @Test
    void shouldGoOnAfterRestartsThatHappenAnywhereOnTheWayOut() {
        bookDirectly(40);
        int deaths = 0;
        String identity = bed.outbox(bed.source()).identity();
        List<Producer<String, byte[]>> left = new ArrayList<>();
        for (int call = 1; OutboxRelay.published(brokers(), identity) < 40; call++) {
            assertTrue(call < 50, "the mark must come to the end");
            FailingProxy proxy = new FailingProxy(1 + call % 7 * call, call % 2 == 0);
            try {
                OutboxRelay relay = OutboxRelay.of(brokers(), new Portions(bed.outbox(bed.source())), producer -> {
                    left.add(producer);
                    return proxied(proxy, producer);
                });
                relay.drain();
            } catch (FailingProxy.Killed killed) {
                deaths++;
            }
        }
        left.forEach(Producer::close);
        System.out.println("relay died " + deaths + " times");
        assertTrue(deaths >= 3);
        assertEquals(LongStream.rangeClosed(1, 40).boxed().toList(), entriesTold());
    }

    @SuppressWarnings("unchecked")
    private static Producer<String, byte[]> proxied(FailingProxy proxy, Producer<String, byte[]> producer) {
        return proxy.wrap(Producer.class, producer);
    }

    /** Small portions, so that there are many transactions to die in. */
    private record Portions(Outbox outbox, int most) implements Outbox {
        Portions(Outbox outbox) {
            this(outbox, 7);
        }

        @Override
        public String identity() {
            return outbox.identity();
        }

        @Override
        public List<OutboxRecord> from(long sequence, int limit) {
            return outbox.from(sequence, Math.min(limit, most));
        }

        @Override
        public long told(String topic) {
            return outbox.told(topic);
        }

        @Override
        public void tell(String topic, long sequence) {
            outbox.tell(topic, sequence);
        }
    }

    @Test
    void shouldTellANewLedgerFromItsBeginning() {
        bookDirectly(3);
        try (OutboxRelay relay = OutboxRelay.of(brokers(), bed.outbox(bed.source()))) {
            assertEquals(3, relay.drain());
        }
        IntakeTestBed anew = IntakeTestBed.fresh();
        RecordSink sink = anew.intake(anew.source());
        sink.next(IntakeTestBed.TOPIC);
        sink.take(IntakeTestBed.TOPIC, 0, 0, IntakeTestBed.record(0));
        try (OutboxRelay relay = OutboxRelay.of(brokers(), anew.outbox(anew.source()))) {
            assertEquals(1, relay.drain());
        }
        assertEquals(List.of(1L, 2L, 3L, 1L), entriesTold());
    }

    /** A broker forgets the mark of a group that rests for a week; the books do not. */
    @Test
    void shouldNotTellAgainWhatABrokerForgotThatItWasTold() throws Exception {
        bookDirectly(3);
        try (OutboxRelay relay = OutboxRelay.of(brokers(), bed.outbox(bed.source()))) {
            assertEquals(3, relay.drain());
        }
        try (var admin = Topics.admin(brokers())) {
            admin.deleteConsumerGroups(List.of("bulwark-outbox-relay")).all().get();
        }
        try (OutboxRelay relay = OutboxRelay.of(brokers(), bed.outbox(bed.source()))) {
            assertEquals(0, relay.drain());
        }
        assertEquals(List.of(1L, 2L, 3L), entriesTold());
    }

    /** The broken control of the way out: the mark is set after the transaction, not in it. It tells twice. */
    @Test
    void shouldTellTwiceWhenTheMarkIsOutsideTheTransaction() {
        bookDirectly(10);
        Outbox outbox = bed.outbox(bed.source());
        long mark = 0;
        for (boolean diesBeforeTheMark : new boolean[] {true, false}) {
            List<OutboxRecord> records = outbox.from(mark + 1, 100);
            try (SnapshotPublisher plain = SnapshotPublisher.to(brokers(), IntakeTestBed.READER)) {
                records.forEach(record -> plain.publish(record.key(), record.event()));
            }
            mark = diesBeforeTheMark ? mark : mark + records.size();
        }
        assertTrue(read(Topic.SNAPSHOTS).size() > 10, "the broken control must double");
    }

    @Test
    void shouldFenceTheRelayThatIsNoLongerTheOne() {
        bookDirectly(10);
        try (OutboxRelay old = OutboxRelay.of(brokers(), new Portions(bed.outbox(bed.source())))) {
            assertEquals(7, old.relay());
            try (OutboxRelay successor = OutboxRelay.of(brokers(), bed.outbox(bed.source()))) {
                assertThrows(KafkaException.class, old::relay);
                assertEquals(3, successor.drain());
            }
        }
        assertEquals(10, entriesTold().size());
    }

    /** A mark that stands in a transaction which is still open is waited for: who took the one before would tell again. */
    @Test
    void shouldWaitForAMarkWhoseTransactionIsOpen() throws Exception {
        bookDirectly(4);
        String identity = bed.outbox(bed.source()).identity();
        try (OutboxRelay relay = OutboxRelay.of(brokers(), new Portions(bed.outbox(bed.source()), 3))) {
            assertEquals(3, relay.relay(), "of a group without a mark Kafka knows nothing yet");
        }
        CountDownLatch marked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (OutboxRelay relay = OutboxRelay.of(
                        brokers(), bed.outbox(bed.source()), producer -> slow(producer, marked, released));
                ExecutorService both = Executors.newFixedThreadPool(2)) {
            Future<Integer> relayed = both.submit(relay::relay);
            assertTrue(marked.await(30, TimeUnit.SECONDS));
            Future<Long> published = both.submit(() -> OutboxRelay.published(brokers(), identity));
            try {
                assertThrows(
                        TimeoutException.class,
                        () -> published.get(2, TimeUnit.SECONDS),
                        "nobody knows yet how far it was told");
            } finally {
                released.countDown();
            }
            assertEquals(1, relayed.get(30, TimeUnit.SECONDS));
            assertEquals(4, published.get(30, TimeUnit.SECONDS));
        }
    }

    /** Holds a transaction open between its marks and its commit. */
    @SuppressWarnings("unchecked")
    private static Producer<String, byte[]> slow(
            Producer<String, byte[]> producer, CountDownLatch marked, CountDownLatch released) {
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commitTransaction")) {
                        marked.countDown();
                        released.await();
                    }
                    return method.invoke(producer, arguments);
                });
    }

    /** Every topic of the house, and the broker's own, is flushed before anything is acknowledged; one of before as well. */
    @Test
    void shouldFlushEveryTopicBeforeItAcknowledges() throws Exception {
        try (var admin = Topics.admin(brokers())) {
            ConfigResource ledger = new ConfigResource(ConfigResource.Type.TOPIC, Topic.LEDGER.id());
            admin.incrementalAlterConfigs(Map.of(
                            ledger,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("flush.messages", String.valueOf(Long.MAX_VALUE)),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            Topics.create(brokers());
            bookDirectly(1);
            try (OutboxRelay relay = OutboxRelay.of(brokers(), bed.outbox(bed.source()))) {
                relay.drain();
            }
            List<String> topics = new ArrayList<>(List.of("__consumer_offsets", "__transaction_state"));
            Arrays.stream(Topic.values()).map(Topic::id).forEach(topics::add);
            for (String topic : topics) {
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
                assertEquals(
                        "1",
                        Objects.requireNonNull(admin.describeConfigs(List.of(resource))
                                        .all()
                                        .get()
                                        .get(resource))
                                .get("flush.messages")
                                .value(),
                        topic);
            }
        }
    }

    @Test
    void shouldRefuseToSkipWhatTheTopicNoLongerHas() throws Exception {
        publish(0, 3);
        try (IntakeWorker worker = IntakeWorker.of(brokers(), bed.intake(bed.source()))) {
            worker.drain(PATIENCE);
        }
        publish(3, 6);
        try (var admin = Topics.admin(brokers())) {
            admin.deleteRecords(Map.of(new TopicPartition(Topic.SNAPSHOTS.id(), 0), RecordsToDelete.beforeOffset(5)))
                    .all()
                    .get();
        }
        try (IntakeWorker worker = IntakeWorker.of(brokers(), bed.intake(bed.source()))) {
            assertThrows(OffsetOutOfRangeException.class, () -> worker.drain(PATIENCE));
        }
        assertEquals(3, bed.entries());
    }

    /** The process that books and tells is really killed, again and again; Kafka and PostgreSQL live on. */
    @Test
    void shouldSurviveRealKills() throws Exception {
        long seed = 20240525;
        System.out.println("real kills: seed " + seed);
        Random random = new Random(seed);
        int records = 1_500;
        publish(0, records);
        int killed = 0;
        for (int life = 0; life < 4; life++) {
            Process child = child();
            awaitFirstWork(child);
            boolean ended = child.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();
            killed += ended ? 0 : 1;
        }
        Process last = child();
        assertTrue(last.waitFor(120, TimeUnit.SECONDS), "the last life must finish");
        assertEquals(0, last.exitValue());
        System.out.println("killed " + killed + " times with work left");
        assertTrue(killed >= 2, "seed " + seed);
        assertEquals(records, bed.entries());
        assertInstanceOf(LedgerVerification.Sound.class, bed.ledger().verify());
        assertEquals(LongStream.rangeClosed(1, records).boxed().toList(), entriesTold());
    }

    private Topics.Brokers brokers() {
        return new Topics.Brokers(kafka.bootstrapServers(), kafka.user(), kafka.password());
    }

    private Process child() throws Exception {
        Database.Configuration database = bed.configuration();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IntakeProcess.class.getName(),
                        brokers().servers(),
                        database.jdbcUrl(),
                        database.user(),
                        database.password(),
                        brokers().user(),
                        brokers().password())
                .redirectError(new File(directory.toFile(), "child.log"))
                .start();
    }

    private static void awaitFirstWork(Process child) throws Exception {
        assertEquals('w', child.getInputStream().read(), "the child must say that it works");
    }

    private void bookDirectly(int records) {
        RecordSink sink = bed.intake(bed.source());
        sink.next(IntakeTestBed.TOPIC);
        IntStream.range(0, records).forEach(n -> sink.take(IntakeTestBed.TOPIC, n, n, IntakeTestBed.record(n)));
    }

    /** The entries of which committed records of the ledger's topic tell, in their order. */
    private List<Long> entriesTold() {
        return read(Topic.LEDGER).stream()
                .map(Event::of)
                .map(event ->
                        assertInstanceOf(Event.SnapshotBooked.class, event).entry())
                .toList();
    }

    /** All that is committed, up to where the log ends: a broker under load says a while after a commit that it is one. */
    private List<byte[]> read(Topic topic) {
        TopicPartition partition = new TopicPartition(topic.id(), 0);
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> anything = consumer("read_uncommitted");
                KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = anything.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(PATIENCE).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                brokers().with(Map.of("isolation.level", isolation)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Test
    void shouldReadBackEveryEvent() {
        VenueAccount account = new VenueAccount(3, "main/7");
        Digest digest = Digest.sha256("x".getBytes(StandardCharsets.UTF_8));
        for (Event event : List.of(
                new Event.SnapshotBooked(account, digest, 4),
                new Event.SnapshotContradicted(account, digest, digest),
                new Event.SnapshotReversed(account, digest, 9),
                new Event.SnapshotRefused(digest, "field", "must be something"),
                new Event.TransferPosted(digest, 5),
                new Event.StatementIssued(6, 7, digest),
                new Event.EpochSealed(8, digest, digest))) {
            assertEquals(event, Event.of(event.canonical().encode()));
            assertEquals(event.topic(), Topic.of(event.topic().id()));
        }
    }
}
