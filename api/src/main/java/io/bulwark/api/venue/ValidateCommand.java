package io.bulwark.api.venue;

import io.bulwark.adapter.Venues;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.venue.FeedValidation.Finding;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A protocol's own feed, checked offline. */
@Command(
        name = "validate",
        description = {
            "Checks files of the risk language (founding files, snapshots, reports, margins, governed numbers, surfaces) against the published schema and by the house's own strict reader. Needs no house; --against asks one whether it would take them.",
            "Exit code 0: all good; 2: something is refused, by line, field, value and rule. Guide: docs/join.md."
        })
final class ValidateCommand extends VerbCommand {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "JSON files.")
    private List<Path> files = List.of();

    @Option(names = "--schema", description = "Prints the schema.")
    private boolean schema;

    @Option(
            names = "--against",
            paramLabel = "HOUSE",
            description = "Also whether this house would take them: where it answers, its home, or its founding file.")
    private @Nullable String against;

    @Mixin
    private InputFile.Authority authority = new InputFile.Authority();

    @Override
    public Integer call() {
        PrintWriter out = out();
        if (schema) {
            out.print(schemaText());
            out.flush();
        } else if (files.isEmpty()) {
            usage();
            return ExitCode.BAD_INPUT;
        }
        Venues venues = Venues.with(Home.ofEnvironment().venues());
        Optional<AgainstHouse> house =
                Optional.ofNullable(against).map(named -> AgainstHouse.of(named, authority, venues));
        boolean sound = true;
        for (Path file : files) {
            sound &= validate(file, venues, house, out);
        }
        house.filter(AgainstHouse::tellsNoAccounts)
                .ifPresent(
                        ignored -> out.println(
                                "not looked at: whether accounts are linked; a house tells nobody whom it margins, but answers a push"));
        return sound ? ExitCode.OK : ExitCode.BAD_INPUT;
    }

    private static boolean validate(Path file, Venues venues, Optional<AgainstHouse> house, PrintWriter out) {
        byte[] json = InputFile.bytes(file, FeedValidation.BYTES_MAX);
        FeedValidation form = FeedValidation.of(json, venues);
        // Against a house a proposal is read as what it makes of the house's own file: alone it may name what only that
        // lists.
        boolean proposal = form.kind() == FeedValidation.Kind.FOUNDING && house.isPresent();
        FeedValidation validation = house.filter(ignored -> form.sound() || proposal)
                .map(h -> form.against(h, json))
                .orElse(form);
        String kind = validation.kind().name().toLowerCase(Locale.ROOT);
        if (validation.sound()) {
            out.println(file + ": good, a " + kind + (kind.equals("founding") ? " file" : ""));
        }
        Map<String, List<Finding>> alike = new LinkedHashMap<>();
        validation
                .findings()
                .forEach(finding -> alike.computeIfAbsent(finding.rule(), ignored -> new ArrayList<>())
                        .add(finding));
        alike.values().forEach(findings -> out.println(line(file, findings)));
        return validation.sound();
    }

    /** The first of findings that break the same rule. */
    private static String line(Path file, List<Finding> alike) {
        Finding first = alike.getFirst();
        String more = alike.size() == 1
                ? ""
                : "; " + (alike.size() - 1) + " more such, from line "
                        + alike.get(1).line();
        return file + ":" + first.line() + ": " + first.field() + " " + first.rule() + "; have "
                + (first.value().isEmpty() ? "what stands there" : first.value()) + more;
    }

    private static String schemaText() {
        try (InputStream text = FeedValidation.class.getResourceAsStream(FeedValidation.SCHEMA)) {
            if (text == null) {
                throw new IllegalStateException("the program lacks " + FeedValidation.SCHEMA);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(FeedValidation.SCHEMA, e);
        }
    }
}
