package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.event.Topic;
import io.bulwark.clearing.ledger.JournalEntry;
import io.bulwark.house.House;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A house on a PostgreSQL and three brokers that are not its own: brokers and database are killed and come back while it books and seals,
 * and then the process that seals is.
 */
@Drawn(2)
@OfHouse
@Sized
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealServersJourneyTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long SEED = 20_240_523;

    /** Within which a kill comes while an epoch is computed and sealed. */
    private static final int SEALING_MILLIS = 1_500;

    @TempDir
    private static Path files;

    @TempDir
    private static Path folder;

    private static RealServers servers;
    private static RecordedVenues recorded;

    @BeforeAll
    static void start() throws Exception {
        servers = RealServers.start(files);
        servers.nameIn(folder);
        recorded = RecordedVenues.bundled();
    }

    @AfterAll
    static void close() throws Exception {
        recorded.close();
        servers.close();
    }

    @Test
    @Order(1)
    void shouldLoseNothingAndDoubleNothingWhicheverServerIsKilled() throws Exception {
        System.out.println("kills of the database: seed " + SEED);
        Random random = new Random(SEED);
        try (House house = House.open(new Home(folder))) {
            assertFalse(Files.exists(folder.resolve("postgres")), "the house brings no database of its own");
            assertFalse(Files.exists(folder.resolve("kafka")), "nor a broker");
            Foundation founded = house.cycle().found(Demonstration.foundingFile());
            VenueSurvey survey = RecordedSurvey.of(house, founded.file(), recorded);
            int broker = servers.killLeader();
            assertEquals(survey.snapshots().size(), house.cycle().intake(survey, founded.file()));
            house.cycle().assess(house.cycle().seal(founded));
            servers.startAgain(broker);
            for (int round = 0; round < Tier.size(2, 20); round++) {
                sealedWhileTheDatabaseIsKilled(house, founded, random.nextInt(SEALING_MILLIS));
            }
            assertEquals(0, persist(() -> house.cycle().intake(survey, founded.file())), "known already");
            persist(() -> house.cycle().seal(founded));
            everythingIsThereOnce(house, survey.snapshots().size());
        }
    }

    private static void sealedWhileTheDatabaseIsKilled(House house, Foundation founded, int millis) throws Exception {
        long before = persist(() -> house.archive().last());
        Thread killing = Thread.ofVirtual().start(() -> {
            pause(millis);
            servers.killDatabase();
        });
        long now = before;
        while (now == before) {
            try {
                house.cycle().seal(founded);
            } catch (DatabaseException cut) {
                assertTrue(cut.isAway(), cut::toString);
            }
            now = persist(() -> house.archive().last());
        }
        assertEquals(before + 1, now);
        killing.join();
        System.out.println("database killed " + millis + " ms into epoch " + now);
    }

    /** What a caller does whom the house told that its database is away: asks again. */
    private static <T> T persist(Supplier<T> step) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                return step.get();
            } catch (DatabaseException away) {
                if (System.nanoTime() > end || !away.isAway()) {
                    throw away;
                }
                pause(50);
            }
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void everythingIsThereOnce(House house, int snapshots) {
        long last = house.archive().last();
        assertEquals(snapshots, house.verify().entries());
        List<JournalEntry> entries = house.ledger().entries(1, 1_000);
        assertEquals(
                entries.size(),
                entries.stream().map(JournalEntry::source).distinct().count());
        assertTrue(house.archive().replay(last).orElseThrow().equal());
        for (long epoch = 1; epoch <= last; epoch++) {
            assertEquals(3, house.epochs().signatures(epoch).size(), "signatures on epoch " + epoch);
        }
        assertEquals(List.of(), house.archive().changes());
        List<byte[]> told = read(Topic.EPOCHS);
        assertEquals(last, told.size(), "each epoch is told once");
        assertEquals(last, told.stream().map(Arrays::hashCode).distinct().count(), "and none twice");
        assertEquals(snapshots, read(Topic.LEDGER).size(), "and each entry");
    }

    private static List<byte[]> read(Topic topic) {
        TopicPartition partition = new TopicPartition(topic.id(), 0);
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                servers.client(Map.of("isolation.level", "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    /** One of two processes seals, the other says who does; killed, it is followed by the other, and no number is given twice. */
    @Test
    @Order(2)
    void shouldBeSealedByOneOfTwoProcessesAndByTheOtherOnceThatIsKilled() throws Exception {
        Path founding = Files.write(files.resolve("house.json"), Demonstration.foundingFile());
        secret("deribit.secret", ReadingKey.RECORDED.secret());
        Path venues = secret("venues.json", PollVerbJourneyTest.venues(recorded, "\"secretFile\": \"deribit.secret\""));
        String[] poll = {
            "venue",
            "poll",
            "--house",
            founding.toString(),
            "--venues",
            venues.toString(),
            "--every",
            "1",
            "--port",
            "0"
        };
        try (Program first = Program.start(folder, poll)) {
            first.await("epoch \\d+: \\d+ snapshots, 0 new entries");
            try (House second = House.open(new Home(folder))) {
                Foundation founded = second.cycle().found(Demonstration.foundingFile());
                String who = "process " + first.pid() + " on ";
                assertTrue(second.sealedByAnother().orElse("").startsWith(who), second::toString);
                for (Runnable step : List.<Runnable>of(
                        () -> second.cycle().seal(founded),
                        () -> second.cycle().intake(new VenueSurvey(List.of(), List.of()), founded.file()))) {
                    String refused = String.valueOf(
                            assertThrows(IllegalStateException.class, step::run).getMessage());
                    assertTrue(refused.contains(who) && refused.contains("reads, proves and serves"), refused);
                }
                assertTrue(second.archive().last() > 1, "it reads what the other seals");
                first.kill();
                long killed = System.nanoTime();
                while (second.sealedByAnother().isPresent()) {
                    assertTrue(System.nanoTime() - killed < LONGEST.toNanos(), "nobody follows");
                    pause(20);
                }
                System.out.println("the sealer was killed: another one is elected after "
                        + (System.nanoTime() - killed) / 1_000_000 + " ms");
                long before = second.archive().last();
                assertEquals(before + 1, second.cycle().seal(founded).number());
                assertEquals(
                        LongStream.rangeClosed(1, before + 1).boxed().toList(),
                        second.epochs().epochs(1, Integer.MAX_VALUE).stream()
                                .map(one -> one.epoch().number())
                                .toList());
                second.verify();
            }
        }
    }

    /** One more process answers for the house and needs none of its keys: where their folder would be lies what is none. */
    @Test
    @Order(3)
    void shouldServeWithoutTheKeysOfTheHouse() throws Exception {
        Path home = Files.createDirectories(files.resolve("server"));
        servers.nameIn(home);
        Path signing = Files.writeString(home.resolve("signing"), "no folder");
        try (Program server = Program.start(home, "run", "--serve-only", "--port", "0");
                HttpClient client = HttpClient.newHttpClient()) {
            String address = server.await("Bulwark answers at (http\\S+)").group(1);
            for (Map.Entry<String, String> asked :
                    Map.of("/house.json", "bulwark-house", "/health", "UP").entrySet()) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(address).resolve(asked.getKey()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertEquals(200, answer.statusCode(), answer::body);
                assertTrue(answer.body().contains(asked.getValue()), answer::body);
            }
        }
        try (House house = House.toServe(new Home(home))) {
            long last = house.archive().last();
            assertTrue(last > 1);
            SealedEpoch sealed = house.archive().epoch(last).orElseThrow().sealed();
            BadInput refused = assertThrows(BadInput.class, () -> house.attestForChains(sealed));
            assertTrue(String.valueOf(refused.getMessage()).contains("without its signing keys"), refused::getMessage);
            assertThrows(BadInput.class, () -> house.signing().reader());
            assertThrows(BadInput.class, () -> house.signing().quorum());
        }
        assertEquals("no folder", Files.readString(signing));
        Path alone = Files.createDirectories(files.resolve("alone"));
        Program.refused(2, alone, "must name external servers", "run", "--serve-only", "--port", "0");
    }

    /** What the program runs as can neither change what is sealed nor the locks on it. */
    @Test
    @Order(4)
    void shouldOwnNothing() {
        try (Database database = Database.open(servers.application())) {
            for (String attempt : List.of(
                    "update epoch set digest = digest",
                    "delete from journal_leg",
                    "drop trigger append_only on epoch")) {
                DatabaseException refused = assertThrows(
                        DatabaseException.class, () -> database.write(transaction -> transaction.update(attempt)));
                assertEquals("42501", refused.state(), attempt);
            }
        }
    }

    private static Path secret(String name, String text) throws Exception {
        Path file = Files.writeString(files.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
