package io.bulwark.api.venue;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.Venues;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.reading.PayloadReading;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Raw payloads of a venue in the house's words, offline. */
@Command(
        name = "read",
        description = {
            "Reads raw payloads of a venue through the normalizer that the house uses: each position, collateral and debt, each price, book, funding rate and",
            "parameter with unit, scale, horizon and evidence grade, or the refusal with field, value and rule. The kind of a payload is told by its content.",
            "Exit code 0: everything was read; 2: something was refused."
        })
final class ReadCommand extends VerbCommand {
    /** A payload beyond this is nobody's answer. */
    private static final int BYTES_MAX = 64 << 20;

    @Parameters(index = "0", paramLabel = "VENUE", description = "The venue's name, such as deribit or aave.")
    @SuppressWarnings("NullAway.Init")
    private String venue;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Payloads: bare, or as a recording wraps them.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(
            names = "--house",
            paramLabel = "FILE",
            description =
                    "The founding file of a house that connects venues of strangers' jars: those that it names are read too.")
    private @Nullable Path founding;

    @Option(names = "--json", description = "Prints one JSON object: facts, standings and refused.")
    private boolean json;

    @Override
    public Integer call() {
        PayloadReading reading = reading();
        if (!reading.knows(venue)) {
            throw new BadInput("VENUE", venue, "must be one of " + String.join(", ", reading.venues()));
        }
        PrintWriter out = out();
        List<Map<String, Object>> facts = new ArrayList<>();
        List<Map<String, Object>> standings = new ArrayList<>();
        List<Map<String, Object>> refused = new ArrayList<>();
        for (Path file : files) {
            byte[] payload = bytes(file);
            FactSheet sheet = reading.read(venue, payload);
            List<VenueStanding> counted = reading.standings(venue, payload);
            if (json) {
                sheet.facts().forEach(fact -> facts.add(object(file, fact)));
                counted.forEach(standing -> standings.add(object(file, standing)));
                sheet.refused().forEach(refusal -> refused.add(object(file, refusal)));
            } else {
                print(out, file, sheet);
                counted.forEach(standing -> out.println("  standing  " + standing.text()));
                out.flush();
                sheet.refused().forEach(refusal -> refused.add(Map.of()));
            }
        }
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("facts", facts);
            answer.put("standings", standings);
            answer.put("refused", refused);
            new Printout(out).json(answer);
        }
        return refused.isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT;
    }

    /** A jar of the home is run only where the founding file names it: no other is loaded. */
    private PayloadReading reading() {
        if (founding == null) {
            return PayloadReading.ofClassPath();
        }
        byte[] file = InputFile.bytes(founding, FoundingFile.BYTES_MAX);
        Venues venues = Venues.named(Home.ofEnvironment().venues(), FoundingFile.jars(file));
        FoundingFile.read(file, venues);
        return PayloadReading.with(venues);
    }

    /** Whatever can be read, pipes too, up to the limit: a source without an end is refused there. */
    private static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw new BadInput("FILE", file.toString(), "must be a file");
        }
        try (InputStream source = Files.newInputStream(file)) {
            byte[] bytes = source.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new BadInput("FILE", file.toString(), "must have at most " + BYTES_MAX + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new BadInput("FILE", file.toString(), "must exist");
        } catch (IOException e) {
            throw new BadInput("FILE", file.toString(), "must be readable: " + e.getMessage());
        }
    }

    private static void print(PrintWriter out, Path file, FactSheet sheet) {
        out.println(file + ": " + sheet.facts().size() + " facts, "
                + sheet.refused().size() + " refused");
        for (Fact fact : sheet.facts()) {
            StringBuilder line = new StringBuilder("  ");
            line.append(fact.kind().word())
                    .append("  ")
                    .append(fact.subject())
                    .append("  ")
                    .append(fact.measure());
            fact.figure()
                    .ifPresent(figure -> line.append("  ")
                            .append(text(figure))
                            .append("  scale ")
                            .append(figure.scale()));
            fact.beside()
                    .forEach((name, figure) ->
                            line.append("; ").append(name).append(' ').append(text(figure)));
            fact.words()
                    .forEach((name, word) ->
                            line.append("; ").append(name).append(' ').append(word));
            fact.horizon().ifPresent(horizon -> line.append("; at ").append(text(horizon)));
            out.println(line.append("; ").append(fact.grade()));
        }
        for (PayloadRefused refusal : sheet.refused()) {
            out.println("  refused  " + refusal.field() + " " + refusal.rule() + "; have " + refusal.value());
        }
        out.flush();
    }

    private static String text(Figure figure) {
        return figure.value() + (figure.unit().equals(Figure.RATIO) ? "" : " " + figure.unit());
    }

    private static String text(Horizon horizon) {
        return switch (horizon) {
            case Horizon.Block block -> "block " + block.number() + " of chain " + block.chainId();
            case Horizon.Sequence sequence -> "height " + sequence.number();
            case Horizon.VenueTime time ->
                Instant.ofEpochMilli(time.timeMillis()).toString();
        };
    }

    private Map<String, Object> object(Path file, Fact fact) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", fact.kind().word());
        object.put("venue", venue);
        object.put("subject", fact.subject());
        object.put("measure", fact.measure());
        fact.figure().ifPresent(figure -> object.putAll(object(figure)));
        Map<String, Object> beside = new LinkedHashMap<>();
        fact.beside().forEach((name, figure) -> beside.put(name, object(figure)));
        if (!beside.isEmpty()) {
            object.put("beside", beside);
        }
        if (!fact.words().isEmpty()) {
            object.put("terms", fact.words());
        }
        fact.horizon().ifPresent(horizon -> object.put("horizon", object(horizon)));
        object.put("evidence", fact.grade().name());
        object.put("path", fact.path());
        object.put("file", file.toString());
        return object;
    }

    private static Map<String, Object> object(Figure figure) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("value", figure.value().toString());
        object.put("unit", figure.unit());
        object.put("scale", figure.scale());
        object.put("units", figure.units().toString());
        return object;
    }

    private static Map<String, Object> object(Horizon horizon) {
        Map<String, Object> object = new LinkedHashMap<>();
        switch (horizon) {
            case Horizon.Block block -> {
                object.put("chainId", block.chainId());
                object.put("block", block.number());
                object.put("hash", block.hash().toString());
                object.put("finality", block.finality().name());
            }
            case Horizon.Sequence sequence -> object.put("height", sequence.number());
            case Horizon.VenueTime ignored -> {
                // Its time is all that it has.
            }
        }
        if (horizon.timeMillis() != 0) {
            object.put("timeMillis", horizon.timeMillis());
        }
        return object;
    }

    private static Map<String, Object> object(Path file, VenueStanding standing) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (!standing.pocket().name().isEmpty()) {
            object.put("part", standing.pocket().name());
        }
        switch (standing.count()) {
            case VenueStanding.Told told -> {
                object.put("asset", told.asset());
                object.put("equity", told.equity().toString());
                object.put("requirement", told.requirement().toString());
                object.put("distance", told.distance().toString());
            }
            case VenueStanding.NotTold missing -> object.put("notTold", missing.field());
        }
        List<Map<String, Object>> prices = new ArrayList<>();
        standing.limits()
                .forEach(limit -> prices.add(Map.of(
                        "instrument", limit.symbol(), "price", limit.price().toString())));
        object.put("liquidationPrices", prices);
        object.put("file", file.toString());
        return object;
    }

    private static Map<String, Object> object(Path file, PayloadRefused refusal) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("field", refusal.field());
        object.put("value", refusal.value());
        object.put("rule", refusal.rule());
        object.put("file", file.toString());
        return object;
    }
}
