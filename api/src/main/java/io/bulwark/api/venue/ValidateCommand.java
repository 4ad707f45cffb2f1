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
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A protocol's own feed, checked offline. */
@Command(
        name = "validate",
        description = {
            "Checks files of the risk language (founding files, snapshots, margins, governed numbers, surfaces) against the published schema and by the house's own strict reader. Needs no house.",
            "Exit code 0: all good; 2: something is refused, by line, field, value and rule. Guide: docs/join.md."
        })
final class ValidateCommand extends VerbCommand {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "JSON files.")
    private List<Path> files = List.of();

    @Option(names = "--schema", description = "Prints the schema.")
    private boolean schema;

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
        boolean sound = true;
        for (Path file : files) {
            sound &= validate(file, venues, out);
        }
        return sound ? ExitCode.OK : ExitCode.BAD_INPUT;
    }

    private static boolean validate(Path file, Venues venues, PrintWriter out) {
        FeedValidation validation = FeedValidation.of(InputFile.bytes(file, FeedValidation.BYTES_MAX), venues);
        String kind = validation.kind().name().toLowerCase(Locale.ROOT);
        if (validation.sound()) {
            out.println(file + ": good, a " + kind + (kind.equals("founding") ? " file" : ""));
        }
        for (Finding finding : validation.findings()) {
            out.println(file + ":" + finding.line() + ": " + finding.field() + " " + finding.rule() + "; have "
                    + (finding.value().isEmpty() ? "what stands there" : finding.value()));
        }
        return validation.sound();
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
