package io.bulwark.api.venue;

import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.KeyRing;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.VenueReader;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.founding.FoundingFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the venues of a house answer, with which keys they are read, and how often they may be asked: what changes no number, and is no part of the founding file.
 *
 * <p>JSON: {@code {"venues": [{"venue": NAME, "endpoint": URL, "weight": N, "periodMillis": N, "keys": [{"account": ADDRESS, "id": TEXT, "secretFile": PATH,
 * "passphraseFile": PATH}]}]}}. Weight and period together, or the venue's documented limit; a key without an account reads every account that has none of its own. A
 * secret stands alone in a file beside this one. Providers put keys into addresses of nodes, so all of these files must be their owner's alone, and none of their values
 * is told in a refusal.
 */
final class VenuesFile {
    private static final long BYTES_MAX = 1 << 20;
    private static final long SECRET_BYTES_MAX = 1 << 16;
    private static final int TEXT_MAX = 1 << 16;
    private static final int ENTRIES_MAX = 10_000;
    private static final long PERIOD_MILLIS_MAX = 86_400_000;

    private final Path file;
    private final Map<String, Access> venues = new TreeMap<>();

    /** How one venue is reached. */
    private record Access(URI endpoint, KeyRing keys, Optional<ReadBudget> budget) {}

    private VenuesFile(Path file) {
        this.file = file;
    }

    /**
     * Reads it.
     *
     * @throws BadInput naming field and rule, and the value where it is no address and no secret
     */
    static VenuesFile read(Path file) {
        VenuesFile venues = new VenuesFile(file);
        JsonFields document = JsonFields.read(InputFile.secretBytes(file, BYTES_MAX));
        document.objects("venues", ENTRIES_MAX).forEach(venues::add);
        document.nothingElse();
        return venues;
    }

    /**
     * A reader for every venue that a founding file connects and that does not push.
     *
     * @throws BadInput if one is not named here, or one is named here that the house does not connect
     */
    List<VenueReader> open(FoundingFile founding) {
        Map<String, Access> left = new TreeMap<>(venues);
        List<VenueReader> readers = new ArrayList<>();
        for (ConnectedVenue<?> connection : founding.connections()) {
            if (connection.pusher().isPresent()) {
                continue;
            }
            String name = founding.listing().venue(connection.number()).name();
            Access access = left.remove(name);
            if (access == null) {
                throw new BadInput(
                        "venues", name, "must say where every venue answers that the founding file connects");
            }
            readers.add(opened(connection, name, access));
        }
        left.keySet().stream().findFirst().ifPresent(unknown -> {
            throw new BadInput("venues", unknown, "must be a venue that the founding file connects");
        });
        return readers;
    }

    private static VenueReader opened(ConnectedVenue<?> connection, String name, Access access) {
        return BadInput.refusing(
                "venues",
                name,
                () -> connection.open(new Endpoint(
                        access.endpoint(), access.keys(), access.budget().orElse(connection.budget()))));
    }

    private void add(JsonFields fields) {
        String venue = fields.text("venue", TEXT_MAX);
        Access access = new Access(endpoint(fields), keys(fields), budget(fields));
        nothingElse(fields);
        if (venues.put(venue, access) != null) {
            throw fields.refuse("venue", "must stand once");
        }
    }

    /** A field that is misspelled may hold an address or a secret: its name is told, its value is not. */
    private static void nothingElse(JsonFields fields) {
        try {
            fields.nothingElse();
        } catch (BadInput e) {
            throw new BadInput(e.field(), "", e.rule());
        }
    }

    private static URI endpoint(JsonFields fields) {
        try {
            URI address = new URI(fields.text("endpoint", TEXT_MAX));
            if (address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below, without the address.
        }
        throw new BadInput(fields.at("endpoint"), "an address", "must be http:// or https:// with a host");
    }

    private static Optional<ReadBudget> budget(JsonFields fields) {
        if (!fields.has("weight") && !fields.has("periodMillis")) {
            return Optional.empty();
        }
        long weight = fields.wholeNumber("weight", 1, Integer.MAX_VALUE);
        Duration period = Duration.ofMillis(fields.wholeNumber("periodMillis", 1, PERIOD_MILLIS_MAX));
        ReadBudget usual = ReadBudget.perSecond(1);
        return Optional.of(
                new ReadBudget((int) weight, period, usual.timeout(), usual.attempts(), usual.answerBytesMax()));
    }

    private KeyRing keys(JsonFields fields) {
        Optional<ReadingKey> common = Optional.empty();
        TreeMap<String, ReadingKey> accounts = new TreeMap<>();
        for (JsonFields key : fields.objects("keys", ENTRIES_MAX)) {
            ReadingKey reading = new ReadingKey(
                    key.text("id", TEXT_MAX),
                    secret(key, "secretFile"),
                    key.has("passphraseFile") ? secret(key, "passphraseFile") : "");
            boolean first = key.has("account")
                    ? accounts.put(key.text("account", TEXT_MAX), reading) == null
                    : common.isEmpty();
            if (!first) {
                throw key.refuse("account", "must have one key");
            }
            common = key.has("account") ? common : Optional.of(reading);
            nothingElse(key);
        }
        return new KeyRing(common, accounts);
    }

    private String secret(JsonFields key, String field) {
        Path path = file.toAbsolutePath().resolveSibling(key.text(field, TEXT_MAX));
        return new String(InputFile.secretBytes(path, SECRET_BYTES_MAX), StandardCharsets.UTF_8).strip();
    }
}
