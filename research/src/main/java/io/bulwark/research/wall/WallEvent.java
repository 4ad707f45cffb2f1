package io.bulwark.research.wall;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Ppm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
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
 * @param venues what a venue did of its own on the day: gone, deleveraged, or nothing that is known
 * @param source where its figures are from
 */
public record WallEvent(
        String event,
        String date,
        String title,
        String replay,
        String symbol,
        int dropPpm,
        String venues,
        String source) {
    private static final String RESOURCE = "events.csv";

    /** An event is one of both. */
    public WallEvent {
        if (replay.isEmpty() == symbol.isEmpty()) {
            throw new IllegalArgumentException("an event must have a replay or a symbol; " + event + " has \"" + replay
                    + "\" and \"" + symbol + "\"");
        }
    }

    /** Whether a venue was gone on the day, with what stood there. */
    public boolean venueGone() {
        return venues.equals("gone");
    }

    /** Whether a venue took winning positions on the day, at prices of its own. */
    public boolean deleveraged() {
        return venues.equals("deleveraged");
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

    /**
     * A day on which a venue closed winning positions at prices of its own, by coin.
     *
     * @param date of the day
     * @param coin whose perpetuals
     * @param venue that closed them
     * @param before price before the fall, USD
     * @param first price at which the venue closed winning positions first
     * @param last lowest price at which it did
     * @param lowest lowest mark that a source names of the day, anywhere
     * @param source where the figures are from
     */
    public record Deleveraging(
            String date,
            String coin,
            String venue,
            BigDecimal before,
            BigDecimal first,
            BigDecimal last,
            BigDecimal lowest,
            String source) {
        private static final String TAKEN = "deleveraging.csv";

        /** Prices fall from one to the next. */
        public Deleveraging {
            if (before.compareTo(first) < 0 || first.compareTo(last) < 0 || last.compareTo(lowest) < 0) {
                throw new IllegalArgumentException("prices of " + coin + " on " + date + " must fall; have " + before
                        + ", " + first + ", " + last + ", " + lowest);
            }
        }

        /** Every day and coin that is recorded. */
        public static List<Deleveraging> recorded() {
            return rows(TAKEN, Deleveraging.class);
        }

        /** Epoch day of the day. */
        public int epochDay() {
            return Math.toIntExact(LocalDate.parse(date).toEpochDay());
        }

        /** A price in millionths of the one before the fall, rounded down: a fall is never shown smaller. */
        public int ppm(BigDecimal price) {
            return price.multiply(BigDecimal.valueOf(Ppm.ONE))
                    .divide(before, 0, RoundingMode.FLOOR)
                    .intValueExact();
        }
    }
}
