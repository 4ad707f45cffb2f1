package io.bulwark.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** {@code bulwark bench margin|proofs [--json]}. */
public final class Bench {
    private static final int BAD_INPUT = 2;

    private Bench() {}

    /** Measures, prints, and exits with 0; with 2 and one line if the arguments are not known. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        boolean json = words.contains("--json");
        List<String> rest =
                words.stream().filter(word -> !word.equals("--json")).toList();
        if (rest.size() != 1 || !List.of("margin", "proofs").contains(rest.getFirst())) {
            System.err.println("bulwark bench: takes margin or proofs, and --json; have " + words);
            System.exit(BAD_INPUT);
        }
        ObjectNode figures = rest.getFirst().equals("margin") ? MarginFigures.measure() : ProofFigures.measure();
        JsonMapper mapper = JsonMapper.builder().build();
        System.out.println(
                json
                        ? mapper.writeValueAsString(figures)
                        : mapper.writerWithDefaultPrettyPrinter().writeValueAsString(figures));
    }
}
