package io.bulwark.adapter.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.Venues;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.position.VenueStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a file of a venue: every fact in it, and every refusal. */
public final class PayloadReading {
    private static final PayloadReading OF_CLASS_PATH =
            new PayloadReading(ServiceLoader.load(VenueDecoder.class, PayloadReading.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get));

    /** By the venue's name, which one class alone bears: {@code Collectors.toMap} refuses a second. */
    private final SortedMap<String, VenueDecoder> known;

    private PayloadReading(Stream<VenueDecoder> decoders) {
        known = new TreeMap<>(decoders.collect(Collectors.toMap(VenueDecoder::venue, decoder -> decoder)));
    }

    /** Reads payloads of the venues of the class path. */
    public static PayloadReading ofClassPath() {
        return OF_CLASS_PATH;
    }

    /**
     * Reads payloads of these and of the venues whose jars bring a decoder.
     *
     * @throws BadInput naming a decoder that speaks of a kind which its jar does not bring
     */
    public static PayloadReading with(Venues venues) {
        List<VenueDecoder> brought = venues.beside(VenueDecoder.class);
        for (VenueDecoder decoder : brought) {
            ClassLoader jar = decoder.getClass().getClassLoader();
            if (venues.of(decoder.venue())
                    .filter(kind -> kind.venue().getClass().getClassLoader().equals(jar))
                    .isEmpty()) {
                throw new BadInput(
                        "venues",
                        decoder.venue(),
                        "must be a kind that its own jar brings; "
                                + decoder.getClass().getName() + " decodes it");
            }
        }
        return new PayloadReading(Stream.concat(OF_CLASS_PATH.known.values().stream(), brought.stream()));
    }

    /** The venues whose payloads can be read, by name. */
    public List<String> venues() {
        return List.copyOf(known.keySet());
    }

    /** Whether a venue's payloads can be read. */
    public boolean knows(String venue) {
        return known.containsKey(venue);
    }

    /**
     * What a file says. Never throws for what the file holds: that is in the sheet's refusals.
     *
     * @param venue one of {@link #venues}
     * @param file the bytes
     * @throws IllegalArgumentException if the venue is not known
     */
    public FactSheet read(String venue, byte[] file) {
        VenueDecoder facts = known.get(venue);
        if (facts == null) {
            throw new IllegalArgumentException("venue must be one of " + venues() + "; have " + venue);
        }
        FactSheet sheet = new FactSheet(venue);
        sheet.row(() ->
                PayloadFile.answers(venue, file).forEach(answer -> sheet.row(() -> read(facts, answer, sheet))));
        return sheet;
    }

    /**
     * What the venue itself counts of an account, for each payload of a file that tells it; none of a payload that is refused.
     *
     * @param venue one of {@link #venues}
     * @param file the bytes
     */
    public List<VenueStanding> standings(String venue, byte[] file) {
        VenueDecoder facts = Objects.requireNonNull(known.get(venue), "venue must be one of venues()");
        List<VenueStanding> standings = new ArrayList<>();
        FactSheet whole = new FactSheet(venue);
        whole.row(() -> PayloadFile.answers(venue, file).forEach(answer -> {
            FactSheet sheet = new FactSheet(venue);
            sheet.row(() -> read(facts, answer, sheet));
            sheet.row(() -> standings.addAll(facts.standings(sheet)));
        }));
        return List.copyOf(standings);
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
