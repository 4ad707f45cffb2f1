package io.bulwark.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.adapter.recording.Recording;
import io.bulwark.adapter.recording.TroubledVenue;
import io.bulwark.adapter.recording.TroubledVenue.Mood;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.house.founding.FoundingFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sixteen venues: each of the demonstration's four, four times over, every one with an HTTP server of its own, under a founding file that lists them all. Each of its
 * seven accounts is linked to its venue accounts in every copy.
 */
public final class ManyVenues implements AutoCloseable {
    /** How often each venue of the demonstration stands there. */
    public static final int COPIES = 4;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RECORDED = "recorded";
    private static final Pattern ACCOUNT_VALUE = Pattern.compile("(\"accountValue\"\\s*:\\s*\")([0-9])");
    private static final Pattern VENUE_TIME = Pattern.compile("(\"time\"\\s*:\\s*)([0-9]{13})");

    private final byte[] founding;
    private final FoundingFile file;
    private final List<RecordedVenues> recorded = new ArrayList<>();
    private final List<TroubledVenue> venues = new ArrayList<>();
    private final int kinds;

    /** Starts the servers, all of them sound. */
    public ManyVenues() throws IOException {
        ObjectNode one = (ObjectNode) JSON.readTree(Demonstration.foundingFile());
        kinds = one.get("venues").size();
        founding = widened(one).toString().getBytes(StandardCharsets.UTF_8);
        file = FoundingFile.read(founding);
        try {
            for (int venue = 0; venue < COPIES * kinds; venue++) {
                String kind = one.get("venues").get(venue % kinds).get("name").asText();
                RecordedVenues server = new RecordedVenues(Map.of(RECORDED, Recording.bundled(kind)));
                recorded.add(server);
                venues.add(new TroubledVenue(server.endpoint(RECORDED)));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** A founding file over all of them, as JSON. */
    public byte[] founding() {
        return founding.clone();
    }

    /** The same, read. */
    public FoundingFile file() {
        return file;
    }

    /** The number of a venue: which of the demonstration's, in which copy, both from 0. */
    public int number(String kind, int copy) {
        return file.venues().stream()
                        .filter(venue -> venue.name().equals(kind))
                        .findFirst()
                        .orElseThrow()
                        .number()
                + copy * kinds;
    }

    /** Lets a venue behave so from now on. */
    public void become(int venue, Mood mood) {
        venues.get(venue).become(mood);
    }

    /**
     * A reader of each venue, by number.
     *
     * @param budget of each
     */
    public List<VenueReader> readers(ReadBudget budget) {
        return file.connections().stream()
                .map(c -> c.open(new Endpoint(venues.get(c.number()).endpoint(), KeyRing.RECORDED, budget)))
                .toList();
    }

    /** Hyperliquid, with an account value that is off by one leading digit wherever an account holds a position. */
    public static Mood lying() {
        return new Mood.Says(answer -> answer.contains("\"szi\"")
                ? ACCOUNT_VALUE.matcher(answer).replaceFirst(m -> m.group(1) + (Integer.parseInt(m.group(2)) + 1) % 10)
                : answer);
    }

    /** Hyperliquid, so much later by its own clock. */
    public static Mood later(long millis) {
        return new Mood.Says(answer -> {
            Matcher time = VENUE_TIME.matcher(answer);
            return time.replaceAll(m -> m.group(1) + (Long.parseLong(m.group(2)) + millis));
        });
    }

    @Override
    public void close() {
        venues.forEach(TroubledVenue::close);
        recorded.forEach(RecordedVenues::close);
    }

    private static ObjectNode widened(ObjectNode one) {
        ObjectNode many = one.deepCopy();
        int kinds = one.get("venues").size();
        for (int copy = 1; copy < COPIES; copy++) {
            int shift = copy * kinds;
            String suffix = "-" + (copy + 1);
            for (JsonNode venue : one.get("venues")) {
                ObjectNode next = moved(venue, "number", shift);
                next.put("name", venue.get("name").asText() + suffix);
                array(many, "venues").add(next);
            }
            one.get("connections").forEach(c -> array(many, "connections").add(moved(c, "venue", shift)));
            for (JsonNode instrument : one.get("instruments")) {
                ObjectNode next = moved(instrument, "venue", shift);
                next.put("number", array(many, "instruments").size());
                next.put("name", instrument.get("name").asText() + suffix);
                array(many, "instruments").add(next);
            }
            for (int i = 0; i < one.get("accounts").size(); i++) {
                ArrayNode links = (ArrayNode) many.get("accounts").get(i).get("venueAccounts");
                one.get("accounts").get(i).get("venueAccounts").forEach(l -> links.add(moved(l, "venue", shift)));
            }
        }
        return many;
    }

    private static ArrayNode array(ObjectNode file, String name) {
        return (ArrayNode) file.get(name);
    }

    private static ObjectNode moved(JsonNode object, String field, int shift) {
        ObjectNode next = object.deepCopy();
        return next.put(field, object.get(field).asInt() + shift);
    }
}
