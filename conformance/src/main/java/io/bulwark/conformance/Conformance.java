package io.bulwark.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.conformance.CaseResult.Status;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Computes every case of reference files with the product's own engine and compares. */
final class Conformance {
    /** All cases agree, or were computed where nothing is expected. */
    public static final int AGREES = 0;

    /** A case differs. */
    public static final int DIFFERS = 1;

    /** A file cannot be read or breaks a rule; nothing is printed on standard output. */
    public static final int BAD_INPUT = 2;

    /** The rest agrees, and a kind is not known. */
    public static final int UNKNOWN_KIND = 3;

    private final List<Computation> computations = ServiceLoader.load(Kinds.class).stream()
            .flatMap(room -> room.get().computations().stream())
            .toList();

    private Conformance() {}

    /**
     * Runs all files together, in order.
     *
     * @param files JSON or CSV reference files
     * @param json whether to print one JSON object instead of text
     * @param out receives the result only
     * @param err receives one line where an input is bad
     * @return {@link #AGREES}, {@link #DIFFERS}, {@link #BAD_INPUT} or {@link #UNKNOWN_KIND}
     */
    public static int run(List<Path> files, boolean json, PrintWriter out, PrintWriter err) {
        List<CaseResult> results;
        try {
            results = new Conformance().results(files);
        } catch (BadInput e) {
            err.println("bulwark conformance: " + firstLine(e));
            err.flush();
            return BAD_INPUT;
        }
        out.println(json ? json(results) : text(results));
        out.flush();
        return exitCode(results);
    }

    private List<CaseResult> results(List<Path> files) {
        if (files.isEmpty()) {
            throw new BadInput("FILE", "none", "name at least one reference file");
        }
        List<CaseResult> results = new ArrayList<>();
        for (Path file : files) {
            cases(file).forEach(c -> results.add(result(c)));
        }
        return results;
    }

    private static List<ReferenceCase> cases(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CsvCases.read(file);
        }
        if (name.endsWith(".json")) {
            return JsonCases.read(file);
        }
        throw new BadInput(file.toString(), "", "must be a .json or .csv file");
    }

    private CaseResult result(ReferenceCase referenceCase) {
        return computations.stream()
                .filter(computation -> computation.knows(referenceCase.kind()))
                .findFirst()
                .map(computation -> CaseResult.of(
                        referenceCase.comparing(field -> computation.compares(referenceCase.kind(), field)),
                        computation.compute(referenceCase)))
                .orElseGet(() -> CaseResult.of(referenceCase, Optional.empty()));
    }

    private static int exitCode(List<CaseResult> results) {
        if (count(results, Status.DIFFERS) > 0) {
            return DIFFERS;
        }
        return count(results, Status.UNSUPPORTED) > 0 ? UNKNOWN_KIND : AGREES;
    }

    private static long count(List<CaseResult> results, Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    private static String json(List<CaseResult> results) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode cases = document.putArray("cases");
        for (CaseResult result : results) {
            ObjectNode node = cases.addObject();
            node.set("id", result.referenceCase().id());
            result.computed()
                    .ifPresentOrElse(
                            computed -> node.set("computed", computed),
                            () -> node.putNull("computed").put("unsupported", true));
        }
        try {
            return JsonDocument.MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and texts must be writable", e);
        }
    }

    private static String text(List<CaseResult> results) {
        String lines = results.stream().map(ResultText::of).collect(Collectors.joining());
        return lines
                + results.size() + " cases: "
                + count(results, Status.AGREES) + " agree, "
                + count(results, Status.DIFFERS) + " differ, "
                + count(results, Status.COMPUTED) + " computed without expectation, "
                + count(results, Status.UNSUPPORTED) + " of a kind not known";
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("refused");
    }
}
