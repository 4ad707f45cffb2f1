package io.bulwark.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.bench.WhatIfFigures.Asked;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code bulwark bench margin|proofs|contagion|boundary [--calls N]|polling [--seconds N]|what-if [--rate N …] [--json]}. */
final class Bench {
    private static final String BOUNDARY = "boundary";
    private static final String POLLING = "polling";
    private static final String WHAT_IF = "what-if";
    private static final int NEGATIVE = 1;
    private static final int BAD_INPUT = 2;

    private Bench() {}

    /** Measures, prints, and exits with 0; with 1 if what was measured is refused by its own rule; with 2 and one line if the arguments are not known. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        boolean json = words.contains("--json");
        List<String> rest =
                words.stream().filter(word -> !word.equals("--json")).toList();
        String verb = rest.isEmpty() ? "" : rest.getFirst();
        boolean alone = !List.of(BOUNDARY, POLLING, WHAT_IF).contains(verb);
        switch (rest.size() == 1 || !alone ? verb : "") {
            case "margin" -> print(MarginFigures.measure(), json);
            case "proofs" -> print(ProofFigures.measure(), json);
            case "contagion" -> print(ContagionFigures.measure(), json);
            case BOUNDARY -> {
                ObjectNode figures = BoundaryFigures.measure(calls(rest), json);
                print(figures, json);
                System.exit(figures.get("flat").booleanValue() ? 0 : NEGATIVE);
            }
            case POLLING -> {
                ObjectNode figures = PollingSoakFigures.measure(seconds(rest));
                print(figures, json);
                System.exit(figures.get("flat").booleanValue() ? 0 : NEGATIVE);
            }
            case WHAT_IF -> {
                ObjectNode figures = whatIf(rest);
                print(figures, json);
                System.exit(figures.get("flat").booleanValue() ? 0 : NEGATIVE);
            }
            default ->
                throw refused(
                        "takes margin, proofs, contagion, boundary, polling or what-if, and --json; have " + words);
        }
    }

    private static long calls(List<String> rest) {
        if (rest.size() == 1) {
            return BoundaryFigures.CALLS;
        }
        if (rest.size() == 3 && rest.get(1).equals("--calls") && rest.get(2).matches("[1-9][0-9]{3,9}")) {
            return Long.parseLong(rest.get(2));
        }
        throw refused("boundary takes --calls N with N from 1000 to 9999999999; have " + rest);
    }

    private static long seconds(List<String> rest) {
        if (rest.size() == 1) {
            return PollingSoakFigures.SECONDS;
        }
        if (rest.size() == 3 && rest.get(1).equals("--seconds") && rest.get(2).matches("[1-9][0-9]{1,4}")) {
            return Long.parseLong(rest.get(2));
        }
        throw refused("polling takes --seconds N with N from 10 to 99999; have " + rest);
    }

    private static ObjectNode whatIf(List<String> rest) throws InterruptedException {
        try {
            return WhatIfFigures.measure(Asked.of(options(rest)));
        } catch (IOException e) {
            throw refused("what-if needs a house that serves, and a token that sees the account: " + e);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw refused("what-if: " + e.getMessage());
        }
    }

    private static Map<String, String> options(List<String> rest) {
        Map<String, String> options = new HashMap<>();
        for (int at = 1; at < rest.size(); at += 2) {
            if (!Asked.OPTIONS.contains(rest.get(at)) || at + 1 == rest.size()) {
                throw refused("what-if takes " + Asked.OPTIONS + ", each with a value; have " + rest);
            }
            options.put(rest.get(at), rest.get(at + 1));
        }
        return options;
    }

    private static IllegalArgumentException refused(String why) {
        System.err.println("bulwark bench: " + why);
        System.exit(BAD_INPUT);
        return new IllegalArgumentException(why);
    }

    private static void print(ObjectNode figures, boolean json) throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        System.out.println(
                json
                        ? mapper.writeValueAsString(figures)
                        : mapper.writerWithDefaultPrettyPrinter().writeValueAsString(figures));
    }
}
