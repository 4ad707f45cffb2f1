package io.bulwark.house.epoch;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.netting.scenario.CrashReplays;
import io.bulwark.netting.scenario.CrashReplays.CrashFact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The house's own facts file of crashes, a resource beside the code that replays them. */
public final class CrashReplayFile {
    private CrashReplayFile() {}

    /** The joint replays of the file, in its order. */
    public static List<CrashDay> replays() {
        return CrashReplays.of(facts());
    }

    /** Every fact of the file, broken pegs included. */
    public static List<CrashFact> facts() {
        try (InputStream file = Objects.requireNonNull(
                CrashReplays.class.getResourceAsStream(CrashReplays.RESOURCE),
                "the facts file must be in the program")) {
            return new CsvMapper()
                    .readerFor(CrashFact.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .<CrashFact>readValues(file)
                    .readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
