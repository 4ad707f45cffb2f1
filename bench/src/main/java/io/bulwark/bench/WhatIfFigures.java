package io.bulwark.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.bench.OpenLoop.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * The figures of {@code bench what-if}: one account's what-if at a constant pace against a house that serves, what it took of the
 * processor, and whether every answer was the same.
 */
final class WhatIfFigures {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = NANOS_PER_MICRO * NANOS_PER_MICRO;
    private static final double NANOS_PER_SECOND = NANOS_PER_MICRO * NANOS_PER_MILLI;
    private static final int WARMING_SECONDS = 10;
    private static final List<Integer> LOTS = List.of(-3, -2, -1, 1, 2, 3);

    /** The last tenth may be so many times as slow as the median tenth. */
    private static final double FLAT = 2;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Asked asked;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private WhatIfFigures(Asked asked) throws IOException {
        this.asked = asked;
        this.token = Files.readString(asked.token).strip();
    }

    /**
     * What is asked, and how often.
     *
     * @param url of a house that serves
     * @param token file of a token that sees the account
     * @param account its number
     * @param rate requests a second
     * @param seconds for so long
     * @param connections at once, at most
     */
    record Asked(URI url, Path token, int account, int rate, int seconds, int connections) {
        static Asked of(Map<String, String> options) {
            String home = Optional.ofNullable(System.getenv("BULWARK_HOME")).orElse(".bulwark");
            return new Asked(
                    URI.create(options.getOrDefault("--url", "http://127.0.0.1:8080")),
                    Path.of(options.getOrDefault("--token", home + "/token")),
                    number(options, "--account", 1),
                    number(options, "--rate", 1_000),
                    number(options, "--seconds", 30),
                    number(options, "--connections", 64));
        }

        private static int number(Map<String, String> options, String name, int absent) {
            String said = options.getOrDefault(name, Integer.toString(absent));
            if (!said.matches("[1-9][0-9]{0,5}")) {
                throw new IllegalArgumentException(name + " takes a whole number from 1 to 999999; have " + said);
            }
            return Integer.parseInt(said);
        }

        static final List<String> OPTIONS =
                List.of("--url", "--token", "--account", "--rate", "--seconds", "--connections");
    }

    static ObjectNode measure(Asked asked) throws IOException, InterruptedException {
        return new WhatIfFigures(asked).measure();
    }

    private ObjectNode measure() throws IOException, InterruptedException {
        List<String> bodies = bodies();
        OpenLoop loop =
                new OpenLoop(asked.url, bodies.stream().map(this::onTheWire).toList(), asked.connections);
        Outcome _ = loop.run(asked.rate, WARMING_SECONDS);
        Optional<Double> before = processorNanos();
        Outcome outcome = loop.run(asked.rate, asked.seconds);
        Optional<Double> after = processorNanos();
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.put("requests", bodies.size());
        figures.put("rate", asked.rate);
        figures.put("seconds", asked.seconds);
        figures.put("answeredPerSecond", rounded(answered(outcome) * NANOS_PER_SECOND / outcome.nanos()));
        figures.put("unanswered", outcome.unanswered());
        outcome.answers().forEach((status, count) -> figures.put("answers" + status, count));
        figures.put("differentAnswers", outcome.kinds().size());
        Histogram latency = outcome.latency();
        for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
            figures.put("p" + percentile + "Millis", rounded(millis(latency, percentile)));
        }
        ArrayNode tenths = figures.putArray("p99MillisByTenth");
        outcome.parts().forEach(part -> tenths.add(rounded(millis(part, 99))));
        before.ifPresent(from -> after.ifPresent(to -> figures.put(
                "serverProcessorMicrosARequest", rounded((to - from) / NANOS_PER_MICRO / answered(outcome)))));
        figures.put("flat", isFlat(outcome, bodies.size()));
        return figures;
    }

    private static long answered(Outcome outcome) {
        return outcome.answers().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Everything was answered, each time the same, and the end was about as fast as the middle. */
    private boolean isFlat(Outcome outcome, int requests) {
        List<Double> tenths =
                outcome.parts().stream().map(part -> millis(part, 99)).toList();
        double median = tenths.stream().sorted().toList().get(tenths.size() / 2);
        return outcome.unanswered() == 0
                && outcome.answers().keySet().equals(Set.of(200))
                && outcome.kinds().size() == requests
                && tenths.getLast() <= FLAT * median;
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    private static BigDecimal rounded(double figure) {
        return MarginFigures.rounded(figure);
    }

    /** More and less of each position that the account holds; cash alone where it holds none. */
    private List<String> bodies() throws IOException, InterruptedException {
        ObjectNode unchanged = JSON.createObjectNode().put("account", asked.account);
        unchanged.putArray("changes");
        List<String> bodies = new ArrayList<>();
        for (JsonNode held : JSON.readTree(post(unchanged.toString())).at("/before/portfolio/positions")) {
            for (int lots : LOTS) {
                ObjectNode request = unchanged.deepCopy();
                request.withArray("changes")
                        .addObject()
                        .put("in", "positions")
                        .put("id", held.path("id").asText())
                        .put("lots", lots);
                bodies.add(request.toString());
            }
        }
        return bodies.isEmpty() ? List.of(unchanged.toString()) : bodies;
    }

    private String post(String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(asked.url.resolve("/margin/what-if"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    "the house must answer; it says " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private byte[] onTheWire(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        String head =
                "POST /margin/what-if HTTP/1.1\r\nHost: " + asked.url.getAuthority() + "\r\nAuthorization: Bearer "
                        + token + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        return (head + body).getBytes(US_ASCII);
    }

    /** What the house has taken of the processor since it began; empty where the token may not ask. */
    private Optional<Double> processorNanos() throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(asked.url.resolve("/prometheus"))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.body()
                .lines()
                .filter(line -> line.startsWith("process_cpu_time_ns_total "))
                .map(line -> Double.valueOf(line.substring(line.indexOf(' ') + 1)))
                .findFirst();
    }
}
