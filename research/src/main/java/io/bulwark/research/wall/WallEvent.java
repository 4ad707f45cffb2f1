package io.bulwark.research.wall;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Something that happened: prices moved, or a symbol was worth less than it said.
 *
 * @param event how it is asked for
 * @param date of it
 * @param title for people
 * @param replay name of the joint replay; empty where a symbol lost its worth
 * @param symbol that lost its worth; empty where prices moved
 * @param dropPpm share of its worth that the symbol lost
 * @param source where its figures are from
 */
public record WallEvent(
        String event, String date, String title, String replay, String symbol, int dropPpm, String source) {
    private static final String RESOURCE = "events.csv";

    /** An event is one of both. */
    public WallEvent {
        if (replay.isEmpty() == symbol.isEmpty()) {
            throw new IllegalArgumentException("an event must have a replay or a symbol; " + event + " has \"" + replay
                    + "\" and \"" + symbol + "\"");
        }
    }

    /** Whether prices moved. */
    public boolean market() {
        return symbol.isEmpty();
    }

    /**
     * The events asked for, in the order of the file; all where none is named.
     *
     * @throws BadInput if one is not known
     */
    public static List<WallEvent> of(List<String> names) {
        List<WallEvent> all = rows(RESOURCE, WallEvent.class);
        for (String name : names) {
            if (all.stream().noneMatch(e -> e.event().equals(name))) {
                throw new BadInput(
                        "EVENT",
                        name,
                        "must be one of " + all.stream().map(WallEvent::event).collect(Collectors.joining(", ")));
            }
        }
        return all.stream()
                .filter(e -> names.isEmpty() || names.contains(e.event()))
                .toList();
    }

    /** The lines of a resource: beside this class, or one named from the root. */
    public static <T> List<T> rows(String resource, Class<T> type) {
        try (InputStream file = Objects.requireNonNull(
                        WallEvent.class.getResourceAsStream(resource), resource + " must be in the program");
                MappingIterator<T> rows = new CsvMapper()
                        .readerFor(type)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(file)) {
            return rows.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
