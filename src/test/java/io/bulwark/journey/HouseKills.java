package io.bulwark.journey;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.house.House;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A house that serves, and whose children are killed with SIGKILL, one at random in each round: PostgreSQL itself, one of its workers, the
 * prover. Until it answers as before it may say that it is away (503), nothing else, and it may say so for ten seconds.
 */
final class HouseKills implements AutoCloseable {
    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Duration CALL = Duration.ofSeconds(5);
    private static final List<String> ASKED = List.of("/epochs/latest", "/house.json", "/quarantine");

    private final Program program;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CALL).build();
    private final URI door;
    private final String token;
    private final List<String> before;

    private HouseKills(Program program, URI link) throws IOException, InterruptedException {
        this.program = program;
        this.door = link.resolve("/");
        this.token = DoorToken.header(link);
        this.before = answers().orElseThrow();
    }

    /** Arguments: how many rounds, and the seed, which may be left out. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : new Random().nextInt(Integer.MAX_VALUE);
        Path home = Files.createTempDirectory("bulwark-kills");
        try (HouseKills kills = over(home)) {
            report(kills.rounds(rounds, seed));
        }
        System.exit(0);
    }

    /** Founds a house over the recorded venues, seals an epoch, and serves it in a process of its own. */
    static HouseKills over(Path home) throws Exception {
        try (House house = House.open(new Home(home));
                RecordedVenues recorded = RecordedVenues.bundled()) {
            Foundation founded = house.cycle().found(Demonstration.foundingFile());
            house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
            house.cycle().assess(house.cycle().seal(founded));
        }
        Program serving = Program.start(home, "run", "--port", "0");
        try {
            return new HouseKills(
                    serving,
                    URI.create(serving.await("For your browser: (\\S+)").group(1)));
        } catch (RuntimeException | IOException e) {
            serving.kill();
            throw e;
        }
    }

    /**
     * A kill and its end.
     *
     * @param killed what was killed
     * @param millis until everything was answered as before
     * @param away answers that said that the house is away
     */
    record Round(String killed, int millis, int away) {}

    /** So many rounds, each after the one before is over. */
    List<Round> rounds(int rounds, long seed) throws IOException, InterruptedException {
        System.out.println("kills of children: " + rounds + " rounds, seed " + seed);
        Random random = new Random(seed);
        List<Round> done = new ArrayList<>();
        for (int n = 1; n <= rounds; n++) {
            Thread.sleep(random.nextInt(300));
            SortedMap<String, List<ProcessHandle>> kinds = children();
            List<String> names = List.copyOf(kinds.keySet());
            String kind = names.get(random.nextInt(names.size()));
            List<ProcessHandle> candidates = kinds.get(kind);
            candidates.get(random.nextInt(candidates.size())).destroyForcibly();
            Round round = answeredAgain(kind);
            System.out.println("round " + n + ": " + kind + " killed, answered again after " + round.millis() + " ms, "
                    + round.away() + " answers 503 meanwhile");
            done.add(round);
        }
        return done;
    }

    /** The children that live now, by what they are. */
    private SortedMap<String, List<ProcessHandle>> children() {
        SortedMap<String, List<ProcessHandle>> kinds = new TreeMap<>();
        for (ProcessHandle child : program.descendants()) {
            kinds.computeIfAbsent(kind(child), ignored -> new ArrayList<>()).add(child);
        }
        kinds.remove("");
        if (kinds.isEmpty()) {
            throw new AssertionError("a house that serves has children:\n" + program.output());
        }
        return kinds;
    }

    private String kind(ProcessHandle child) {
        String command = commandLine(child);
        boolean isOurs =
                child.parent().filter(parent -> parent.pid() == program.pid()).isPresent();
        if (command.contains("bulwark-prover")) {
            return "the prover";
        } else if (isOurs && command.contains("postgres")) {
            return "PostgreSQL";
        } else if (command.contains("client backend") || command.contains("127.0.0.1(")) {
            return "a connection of PostgreSQL";
        }
        return command.startsWith("postgres:") ? "a worker of PostgreSQL" : "";
    }

    private static String commandLine(ProcessHandle child) {
        try {
            return Files.readString(Path.of("/proc/" + child.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    private Round answeredAgain(String killed) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int away = 0;
        while (true) {
            Optional<List<String>> now = answers();
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            if (now.isPresent()) {
                if (!now.get().equals(before)) {
                    throw new AssertionError(killed + " was killed, and the house answers otherwise: " + now.get());
                }
                if (taken.compareTo(LONGEST) <= 0) {
                    return new Round(killed, Math.toIntExact(taken.toMillis()), away);
                }
            }
            if (taken.compareTo(LONGEST) > 0) {
                throw new AssertionError(killed + " was killed, and the house does not answer within " + LONGEST + ":\n"
                        + program.output());
            }
            away++;
            Thread.sleep(20);
        }
    }

    /** What the house answers, its health last; empty where something is away. */
    private Optional<List<String>> answers() throws IOException, InterruptedException {
        List<String> bodies = new ArrayList<>();
        for (String path : ASKED) {
            HttpResponse<String> response = get(path);
            if (response.statusCode() == 503) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new AssertionError(path + " must be answered or away; have " + response.statusCode() + " "
                        + response.body() + "\n" + program.output());
            }
            bodies.add(response.body());
        }
        return get("/health").statusCode() == 200 ? Optional.of(bodies) : Optional.empty();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(door.resolve(path))
                        .header("Authorization", token)
                        .timeout(LONGEST.plus(CALL))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void report(List<Round> rounds) {
        Map<String, List<Integer>> millis = rounds.stream()
                .collect(Collectors.groupingBy(
                        Round::killed, TreeMap::new, Collectors.mapping(Round::millis, Collectors.toList())));
        millis.forEach((killed, each) -> {
            int[] sorted = each.stream().mapToInt(Integer::intValue).sorted().toArray();
            System.out.println(
                    killed + ": " + sorted.length + " kills, answered again after " + sorted[sorted.length / 2]
                            + " ms (median), " + Arrays.stream(sorted).max().orElse(0) + " ms at most");
        });
        System.out.println(
                rounds.size() + " rounds, the house answered within " + LONGEST.toSeconds() + " s each time");
    }

    @Override
    public void close() {
        client.close();
        program.close();
    }
}
