package io.bulwark.api.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.feed.FeedVenue;
import io.bulwark.api.door.Caller;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.Problem;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.alert.Alerts;
import io.micronaut.http.exceptions.HttpStatusException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The house that a verb asks: that of this home, as whoever is at its machine, or one at an address, as whoever holds a token. */
final class AskedHouse {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());
    private static final int SECRET_MAX = 100;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the house answers. Default: the house of this home.")
    private @Nullable URI url;

    @Option(
            names = "--session",
            paramLabel = "FILE",
            description = "With --url: file with a token, or with what access sign-in wrote, readable by you alone.")
    private @Nullable Path session;

    @Mixin
    private InputFile.Authority authority = new InputFile.Authority();

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /**
     * Asks for what a path shows.
     *
     * @param here the same of this home, where no address was given
     */
    JsonNode get(String path, BiFunction<AlertDesk, Caller, Object> here) throws VenueException {
        URI asked = url;
        if (asked == null) {
            return here(desk -> here.apply(desk, AlertDesk.atTheMachine()));
        }
        try (FeedVenue.Sender house = authority.of(asked)) {
            return said(house.get(path, bearer()));
        }
    }

    /** What is done at this home in place of what a path does. */
    interface Act {
        Object done(AlertDesk desk, JsonFields body, Caller caller);
    }

    /**
     * Has done what a path does.
     *
     * @param here the same at this home, where no address was given
     */
    JsonNode post(String path, ObjectNode body, Act here) throws VenueException {
        URI asked = url;
        if (asked == null) {
            JsonFields fields = JsonFields.read(body.toString().getBytes(StandardCharsets.UTF_8));
            return here(desk -> here.done(desk, fields, AlertDesk.atTheMachine()));
        }
        try (FeedVenue.Sender house = authority.of(asked)) {
            return said(house.post(path, body.toString(), Optional.of(bearer())));
        }
    }

    private String bearer() {
        if (session == null) {
            throw new BadInput("--session", "", "must be given with --url");
        }
        return new String(InputFile.secretBytes(session, SECRET_MAX), StandardCharsets.US_ASCII).strip();
    }

    private static JsonNode here(Function<AlertDesk, Object> asked) {
        return OpenHouse.ask(house -> {
            try (Alerts alerts = new Alerts(house)) {
                return JSON.valueToTree(asked.apply(new AlertDesk(house, alerts)));
            } catch (HttpStatusException e) {
                throw new BadInput("number", "", String.valueOf(e.getMessage()));
            }
        });
    }

    private static JsonNode said(FeedVenue.Sender.Answer answer) {
        return Problem.unlessRefused("--url", answer.status(), answer.body());
    }
}
