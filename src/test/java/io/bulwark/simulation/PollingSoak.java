package io.bulwark.simulation;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.TroubledVenue.Mood;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.survey.VenueMark;
import io.bulwark.house.survey.VenueSurvey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks sixteen venues again and again, two of which hang and one of which lies, with one set of readers that is never opened anew, and watches what stays behind:
 * threads, open files, sockets, and the heap after a collection.
 */
public final class PollingSoak {
    /** The pace of a house that polls every five seconds, ten times as fast. */
    public static final Duration PACE = Duration.ofMillis(500);

    /** What a venue may take for one answer; longer than a round, so that only the round's deadline ends it. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** When the venue that hangs hangs up: its end of the connection is in this process too. */
    private static final Duration HOLD = ANSWER.multipliedBy(2);

    private static final Duration SETTLING = Duration.ofMillis(300);
    private static final int PERMITS = 100_000;
    private static final int ANSWER_BYTES_MAX = 8 << 20;
    private static final int ROUNDS_BEFORE = 10;
    private static final int SAMPLES = 12;

    private final List<VenueReader> readers;
    private final FoundingFile file;
    private final List<VenueAccount> linked;
    private final List<Leftover> leftovers = new ArrayList<>();
    private final Set<Integer> troubled;
    private long rounds;
    private long longestMillis;
    private long unmarked;
    private long wronglyMarked;

    private PollingSoak(ManyVenues venues) {
        this.file = venues.file();
        this.readers = venues.readers(new ReadBudget(PERMITS, Duration.ofSeconds(1), ANSWER, 1, ANSWER_BYTES_MAX));
        this.linked = file.accounts().stream()
                .flatMap(account -> account.venueAccounts().stream())
                .toList();
        this.troubled = Set.of(venues.number("deribit", 1), venues.number("dydx", 2), venues.number("hyperliquid", 3));
        venues.become(venues.number("deribit", 1), new Mood.Hangs(HOLD));
        venues.become(venues.number("dydx", 2), new Mood.Trickles());
        venues.become(venues.number("hyperliquid", 3), ManyVenues.lying());
    }

    /**
     * Polls for so long.
     *
     * @param time of the whole
     * @param pace from one round's beginning to the next
     * @param patience of a round
     */
    public static PollingFigures run(Duration time, Duration pace, Duration patience)
            throws IOException, InterruptedException {
        try (ManyVenues venues = new ManyVenues()) {
            PollingSoak soak = new PollingSoak(venues);
            try {
                return soak.poll(time, pace, patience);
            } finally {
                soak.readers.forEach(VenueReader::close);
            }
        }
    }

    private PollingFigures poll(Duration time, Duration pace, Duration patience) throws InterruptedException {
        for (int i = 0; i < ROUNDS_BEFORE; i++) {
            round(patience);
        }
        long begin = System.nanoTime();
        long samples = 0;
        while (System.nanoTime() - begin < time.toNanos()) {
            long start = System.nanoTime();
            if ((start - begin) * SAMPLES >= samples * time.toNanos()) {
                Thread.sleep(SETTLING);
                leftovers.add(Leftover.now());
                samples++;
            }
            round(patience);
            Thread.sleep(Duration.ofNanos(Math.max(0, pace.toNanos() - (System.nanoTime() - start))));
        }
        Thread.sleep(SETTLING);
        leftovers.add(Leftover.now());
        return new PollingFigures(rounds, longestMillis, unmarked, wronglyMarked, leftovers);
    }

    private void round(Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        VenueSurvey survey = VenueSurvey.read(readers, linked, patience);
        longestMillis = Math.max(longestMillis, (System.nanoTime() - start) / 1_000_000);
        Set<Integer> marked = VenueMark.of(survey, file, List.of()).stream()
                .map(mark -> mark.account().venue())
                .collect(Collectors.toSet());
        unmarked += troubled.stream().filter(venue -> !marked.contains(venue)).count();
        wronglyMarked +=
                marked.stream().filter(venue -> !troubled.contains(venue)).count();
        rounds++;
    }
}
