package io.bulwark.adapter.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a file of a venue: every fact in it, and every refusal. */
public final class PayloadReading {
    /** By the venue's name, which one class alone bears: {@code Collectors.toMap} refuses a second. */
    private static final SortedMap<String, VenueDecoder> KNOWN =
            new TreeMap<>(ServiceLoader.load(VenueDecoder.class, PayloadReading.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .collect(Collectors.toMap(VenueDecoder::venue, decoder -> decoder)));

    private PayloadReading() {}

    /** The venues whose payloads can be read, by name. */
    public static List<String> venues() {
        return List.copyOf(KNOWN.keySet());
    }

    /** Whether a venue's payloads can be read. */
    public static boolean knows(String venue) {
        return KNOWN.containsKey(venue);
    }

    /**
     * What a file says. Never throws for what the file holds: that is in the sheet's refusals.
     *
     * @param venue one of {@link #venues}
     * @param file the bytes
     * @throws IllegalArgumentException if the venue is not known
     */
    public static FactSheet read(String venue, byte[] file) {
        VenueDecoder facts = KNOWN.get(venue);
        if (facts == null) {
            throw new IllegalArgumentException("venue must be one of " + venues() + "; have " + venue);
        }
        FactSheet sheet = new FactSheet(venue);
        sheet.row(() ->
                PayloadFile.answers(venue, file).forEach(answer -> sheet.row(() -> read(facts, answer, sheet))));
        return sheet;
    }

    private static void read(VenueDecoder venue, JsonNode answer, FactSheet sheet) {
        JsonNode body = venue.body(answer, sheet);
        if (body.isArray() && body.isEmpty()) {
            throw new PayloadRefused(
                    venue.venue(), "payload", "[]", "must hold a row (an empty answer is unknown, not zero)");
        }
        if (venue.several(body)) {
            body.forEach(one -> sheet.row(() -> read(venue, one, sheet)));
            return;
        }
        int facts = sheet.size();
        int refusals = sheet.refused().size();
        kind(venue, body)
                .orElseThrow(() -> new PayloadRefused(
                        venue.venue(), "payload", shape(body), "must be a known payload: " + names(venue)))
                .reading()
                .accept(body, sheet);
        if (sheet.size() == facts && sheet.refused().size() == refusals) {
            throw new PayloadRefused(
                    venue.venue(), "payload", shape(body), "must hold a fact (every figure in it is absent or nought)");
        }
    }

    private static Optional<PayloadKind> kind(VenueDecoder venue, JsonNode body) {
        return venue.kinds().stream()
                .filter(kind -> kind.recognises().test(body))
                .findFirst();
    }

    private static String names(VenueDecoder venue) {
        return venue.kinds().stream().map(PayloadKind::name).distinct().collect(Collectors.joining(", "));
    }

    /** What a body looks like from outside: the names of its members. */
    private static String shape(JsonNode body) {
        if (body.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            body.fieldNames().forEachRemaining(names::add);
            return "an object of " + names;
        }
        return body.isArray()
                ? body.size() + " rows" + (body.isEmpty() ? "" : ", the first " + shape(body.get(0)))
                : body.toString();
    }
}
