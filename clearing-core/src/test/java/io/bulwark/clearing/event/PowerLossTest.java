package io.bulwark.clearing.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.ledger.LedgerVerification;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes: of what broker and database wrote, only what they flushed is there afterwards, or that and whatever files the kernel
 * happened to write by itself. What was acknowledged is in the books, once, and is told of, once.
 *
 * <p>A small library that is preloaded ({@code flushed.c}) copies every file beside its folder when it is flushed.
 */
@Drawn(1)
@OfHouse
@Sized
final class PowerLossTest {
    private static final int ROUNDS = Tier.isSoak() ? 20 : 2;

    @TempDir
    Path folder;

    @Test
    void shouldKeepWhatWasAcknowledgedAndTellOfItOnce() throws Exception {
        long seed = 20240526;
        System.out.println("power loss: seed " + seed);
        Random random = new Random(seed);
        Path library = compiled();
        try (HouseProcess house = new HouseProcess(home())) {
            house.open();
        }
        int published = 0;
        for (int round = 0; round < ROUNDS; round++) {
            copy(home(), kept());
            Acknowledged acknowledged = loseThePower(library, published, 20 + random.nextInt(60));
            // First only what was flushed; then with some of the files that nobody had flushed.
            int written = round % 2 == 0 ? 0 : written(random);
            delete(home());
            copy(kept(), home());
            try (HouseProcess house = new HouseProcess(home())) {
                long entries = house.entries();
                assertTrue(entries >= acknowledged.booked(), entries + " of " + acknowledged);
                house.book();
                published = Math.toIntExact(house.entries());
                assertTrue(published >= acknowledged.published(), published + " of " + acknowledged);
                assertInstanceOf(LedgerVerification.Sound.class, new Ledger(house.database()).verify());
                house.tell();
                assertEquals(LongStream.rangeClosed(1, published).boxed().toList(), told(house), "round " + round);
                System.out.println(acknowledged + "; there " + entries + ", booked again " + (published - entries)
                        + ", files beyond what was flushed " + written);
            }
        }
    }

    /** The broker's disk is put back from a copy while the database's is not: what comes next stands where the topic was before. */
    @Test
    void shouldBookWhatComesAfterATopicLostItsEnd() throws IOException, InterruptedException {
        Path topics = home().resolve("kafka");
        try (HouseProcess house = new HouseProcess(home())) {
            house.open();
            house.publish(0, 2);
            house.book();
        }
        copy(topics, kept());
        try (HouseProcess house = new HouseProcess(home())) {
            house.publish(2, 6);
            house.book();
            assertEquals(6, house.entries());
        }
        delete(topics);
        copy(kept(), topics);
        try (HouseProcess house = new HouseProcess(home())) {
            house.publish(6, 10);
            house.book();
            assertEquals(10, house.entries());
            assertInstanceOf(LedgerVerification.Sound.class, new Ledger(house.database()).verify());
        }
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path kept() {
        return folder.resolve("kept");
    }

    private record Acknowledged(long published, long booked) {}

    private Acknowledged loseThePower(Path library, int from, int lines) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HouseProcess.class.getName(),
                        home().toString(),
                        String.valueOf(from))
                .redirectError(folder.resolve("child.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "LD_PRELOAD", library.toString(),
                        "FLUSHED_FROM", home().toRealPath().toString(),
                        "FLUSHED_TO", kept().toRealPath().toString()));
        Process child = builder.start();
        Map<String, Long> said = new HashMap<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (int line = 0; line < lines; line++) {
                String read = output.readLine();
                assertTrue(read != null, () -> "the child died: " + log());
                String[] words = Objects.requireNonNull(read).split(" ", 2);
                said.put(words[0], Long.parseLong(words[1]));
            }
        } finally {
            ProcessHandle.of(said.getOrDefault("postgres", -1L)).ifPresent(ProcessHandle::destroyForcibly);
            child.destroyForcibly().waitFor();
        }
        awaitNobody();
        return new Acknowledged(said.getOrDefault("published", (long) from), said.getOrDefault("booked", (long) from));
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("child.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL's own processes notice that their first one died. */
    private void awaitNobody() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
                if (all.noneMatch(process -> isIn(process.pid()))) {
                    return;
                }
            }
            assertTrue(System.nanoTime() < deadline, "a server's process must end after its first one died");
            Thread.sleep(20);
        }
    }

    private boolean isIn(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(pid), "cwd"))
                    .startsWith(home());
        } catch (IOException | UnsupportedOperationException gone) {
            return false;
        }
    }

    /** Some files as they were written, flushed or not: a kernel writes what it likes, when it likes. */
    private int written(Random random) throws IOException {
        int files = 0;
        for (Path file : files(home())) {
            if (random.nextBoolean()) {
                Path place = kept().resolve(home().relativize(file));
                Files.createDirectories(place.getParent());
                Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                files++;
            }
        }
        return files;
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Path compiled() throws IOException, InterruptedException {
        Path source = folder.resolve("flushed.c");
        Path library = folder.resolve("flushed.so");
        try (InputStream file =
                Objects.requireNonNull(PowerLossTest.class.getResourceAsStream("flushed.c"), "flushed.c")) {
            Files.copy(file, source);
        }
        run("gcc", "-O1", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl");
        return library;
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        delete(to);
        run("cp", "-a", from.toString(), to.toString());
    }

    private static void delete(Path folder) throws IOException, InterruptedException {
        run("rm", "-rf", folder.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }

    /** The entries of which committed records of the ledger's topic tell, in their order. */
    private static List<Long> told(HouseProcess house) {
        TopicPartition partition = new TopicPartition(Topic.LEDGER.id(), 0);
        List<Long> told = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> anything = consumer(house, "read_uncommitted");
                KafkaConsumer<byte[], byte[]> consumer = consumer(house, "read_committed")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = anything.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(HouseProcess.PATIENCE)
                        .forEach(record -> told.add(((Event.SnapshotBooked) Event.of(record.value())).entry()));
            }
        }
        return told;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(HouseProcess house, String isolation) {
        return new KafkaConsumer<>(
                house.brokers().with(Map.of("isolation.level", isolation)),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
