package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.insurance.vault.Assessment;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A house as its operator has it: watched, stopped, put into a copy, and put back from it. */
@OfHouse
class OperationsJourneyTest {
    /** Names of metrics as expressions of alarms and boards write them. */
    private static final Pattern METRIC =
            Pattern.compile("\\b(bulwark|http_server|jvm|disk|process)_[a-z_]+(?=[^a-z_(]|$)");

    private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldBeWatchedAndStoppedAndPutBackFromItsCopy(@TempDir Path folder) throws Exception {
        Path home = folder.resolve(".bulwark");
        isWatched(home);
        endsWithoutFailureWhenItIsStopped(home);
        isPutBackFromItsCopy(folder);
    }

    private void isWatched(Path home) throws Exception {
        try (House house = House.open(new Home(home));
                HttpFrontDoor door = HttpFrontDoor.open(0, house, List.of());
                RecordedVenues recorded = RecordedVenues.bundled()) {
            assertEquals("0", metrics(home, door.address()).get("bulwark_epoch_latest"), "none is sealed yet");
            Foundation foundation = house.cycle().found(Demonstration.foundingFile());
            house.cycle().intake(RecordedSurvey.of(house, foundation.file(), recorded), foundation.file());
            house.ledger().refuse("stranger", "nonsense".getBytes(StandardCharsets.UTF_8), new Refusal("a", "b", "c"));
            ComputedEpoch epoch = house.cycle().seal(foundation);
            Assessment assessment = house.cycle().assess(epoch);
            Map<String, String> shown = metrics(home, door.address());
            for (int waited = 0; waited < 100 && !"1".equals(shown.get("bulwark_epoch_latest")); waited++) {
                Thread.sleep(100);
                shown = metrics(home, door.address());
            }
            // A scrape that finds a new venue shows it from the next on.
            shown = metrics(home, door.address());
            showsWhatIsSealed(shown, epoch, assessment);
            knowsEveryMetricThatAlarmsAndBoardsName(shown.keySet());
            for (String open : List.of("/health/liveness", "/health/readiness")) {
                assertEquals(
                        "UP",
                        new ObjectMapper()
                                .readTree(get(door.address().resolve(open), "").body())
                                .path("status")
                                .asText(),
                        open);
            }
            assertEquals(401, get(door.address().resolve("/prometheus"), "").statusCode());
            new OtherPrograms(door.address(), home.resolve("token")).shouldFindTheSameInteger();
        }
    }

    private static void showsWhatIsSealed(Map<String, String> shown, ComputedEpoch epoch, Assessment assessment) {
        assertEquals(7, sum(shown, "bulwark_accounts{").intValueExact(), shown.toString());
        assertEquals(
                0,
                new BigDecimal(Usd.text(assessment.demand().total()))
                        .compareTo(new BigDecimal(shown.get("bulwark_fund_demanded_usd"))),
                shown.toString());
        assertEquals(0, new BigDecimal(shown.get("bulwark_fund_held_usd")).signum(), "nothing was received");
        assertEquals(0, new BigDecimal(shown.get("bulwark_fund_coverage_ratio")).signum());
        assertEquals(
                epoch.calls().standing().size(), sum(shown, "bulwark_calls{").intValueExact());
        assertEquals(1, new BigDecimal(shown.get("bulwark_quarantined_total")).intValueExact());
        assertEquals(
                0,
                new BigDecimal(shown.get("bulwark_epoch_time_seconds"))
                        .movePointRight(3)
                        .compareTo(BigDecimal.valueOf(epoch.timeMillis())));
        assertEquals("1", shown.get("bulwark_epoch_seal_seconds_count"));
        assertTrue(shown.containsKey("bulwark_venue_data_seconds{venue=\"aave\"}"), shown.toString());
        assertFalse(shown.toString().contains("ATLAS"), "nothing of an account is shown but how many there are");
    }

    private static BigDecimal sum(Map<String, String> shown, String family) {
        return shown.entrySet().stream()
                .filter(one -> one.getKey().startsWith(family))
                .map(one -> new BigDecimal(one.getValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** An alarm that waits for a metric which nobody exports never rings; one that nobody describes is read wrongly. */
    private static void knowsEveryMetricThatAlarmsAndBoardsName(Set<String> exported) throws IOException {
        Set<String> known = exported.stream()
                .map(name -> name.replaceFirst("\\{.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = new TreeSet<>();
        Path ops = Program.checkout().resolve("ops");
        JsonNode rules = new ObjectMapper()
                .valueToTree(new Yaml(new SafeConstructor(new LoaderOptions()))
                        .load(Files.readString(ops.resolve("prometheus/bulwark.rules.yml"))));
        for (JsonNode group : rules.get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                named.addAll(metricsIn(rule.get("expr").textValue()));
                isInTheRunbooks(rule.at("/annotations/runbook").textValue());
            }
        }
        JsonNode board = new ObjectMapper().readTree(Files.readAllBytes(ops.resolve("grafana/house.json")));
        board.findValues("expr").forEach(expression -> named.addAll(metricsIn(expression.textValue())));
        assertTrue(named.size() > 25, named.toString());
        Set<String> unknown = new TreeSet<>(named);
        unknown.removeAll(known);
        assertEquals(Set.of(), unknown, "named and not exported");
        String page = Files.readString(Program.checkout().resolve("docs/operations.md"));
        Set<String> undescribed = known.stream()
                .filter(name -> name.startsWith("bulwark_") && !name.matches(".*_(bucket|count|sum|max)"))
                .filter(name -> !page.contains("`" + name + "`"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), undescribed, "exported and not in docs/operations.md");
    }

    private static Set<String> metricsIn(String expression) {
        return METRIC.matcher(expression).results().map(match -> match.group()).collect(Collectors.toSet());
    }

    private static void isInTheRunbooks(String place) throws IOException {
        String[] parts = place.split("#", 2);
        String page = Files.readString(Program.checkout().resolve(parts[0]));
        assertTrue(
                page.lines()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3).toLowerCase(Locale.ROOT).replace(' ', '-'))
                        .anyMatch(parts[1]::equals),
                place);
    }

    private static void endsWithoutFailureWhenItIsStopped(Path home) throws IOException, InterruptedException {
        try (Program house = Program.start(home, "run", "--port", "0")) {
            house.await("answers at (http://\\S+)");
            assertEquals(0, house.stop(), house.output());
            assertFalse(house.output().contains("ending all the same"), house.output());
        }
    }

    /** The commands of docs/operations.md, as they stand there. */
    private static void isPutBackFromItsCopy(Path folder) throws IOException, InterruptedException {
        String page = Files.readString(Program.checkout().resolve("docs/operations.md"));
        Matcher blocks = BLOCK.matcher(page.substring(page.indexOf("## Backup and restore")));
        assertTrue(blocks.find());
        assertEquals(0, shell(folder, blocks.group(1)));
        Path home = folder.resolve(".bulwark");
        Files.move(home, folder.resolve("lost"));
        assertTrue(blocks.find());
        assertEquals(0, shell(folder, blocks.group(1)));
        String replay = Verb.said(0, home, "epoch", "replay", "--epoch", "1");
        assertTrue(replay.contains("bit for bit"), replay);
        Verb.said(
                0, home, "epoch", "books", "--witness", home.resolve("witness").toString());
        assertEquals(Verb.said(0, folder.resolve("lost"), "epoch", "heads"), Verb.said(0, home, "epoch", "heads"));
        // What the copy lacks is missed: a house without one of the quorum's keys does not start.
        Path key;
        try (Stream<Path> keys = Files.list(home.resolve("signing"))) {
            key = keys.sorted().findFirst().orElseThrow();
        }
        Files.delete(key);
        Verb.refused(2, home, "signing", "run", "--port", "0");
    }

    private static int shell(Path folder, String commands) throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-euc", commands)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    private Map<String, String> metrics(Path home, URI door) throws IOException, InterruptedException {
        HttpResponse<String> scraped = get(
                door.resolve("/prometheus"),
                Files.readString(home.resolve("token")).strip());
        assertEquals(200, scraped.statusCode());
        Map<String, String> shown = new TreeMap<>();
        scraped.body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int value = line.lastIndexOf(' ');
            String text = line.substring(value + 1);
            shown.put(line.substring(0, value), text.endsWith(".0") ? text.substring(0, text.length() - 2) : text);
        });
        return shown;
    }

    private HttpResponse<String> get(URI address, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
