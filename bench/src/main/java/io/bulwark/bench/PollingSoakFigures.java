package io.bulwark.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.simulation.Leftover;
import io.bulwark.simulation.ManyVenues;
import io.bulwark.simulation.PollingFigures;
import io.bulwark.simulation.PollingSoak;
import java.io.IOException;
import java.time.Duration;

/** The figures of {@code bench polling}: what an hour of polling sixteen venues at ten times the pace leaves behind. */
final class PollingSoakFigures {
    /** An hour at ten times the pace. */
    static final long SECONDS = 360;

    /** A round's patience: most of its pace. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private PollingSoakFigures() {}

    static ObjectNode measure(long seconds) throws IOException, InterruptedException {
        PollingFigures figures = PollingSoak.run(Duration.ofSeconds(seconds), PollingSoak.PACE, PATIENCE);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("venues", 4 * ManyVenues.COPIES);
        json.put("seconds", seconds);
        json.put("rounds", figures.rounds());
        json.put("longestRoundMillis", figures.longestMillis());
        json.put("troubledVenuesNotMarked", figures.unmarked());
        json.put("soundVenuesMarkedAsLate", figures.wronglyMarked());
        json.put("threadsGrowth", figures.growth(Leftover::threads));
        json.put("filesGrowth", figures.growth(Leftover::files));
        json.put("socketsGrowth", figures.growth(Leftover::sockets));
        json.put("heapBytesGrowth", figures.growth(Leftover::heapBytes));
        ArrayNode samples = json.putArray("samples");
        figures.leftovers()
                .forEach(l -> samples.addObject()
                        .put("threads", l.threads())
                        .put("files", l.files())
                        .put("sockets", l.sockets())
                        .put("heapBytes", l.heapBytes()));
        json.put("flat", figures.flat());
        return json;
    }
}
