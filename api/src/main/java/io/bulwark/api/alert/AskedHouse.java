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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    JsonNode get(String path) throws VenueException {
        URI asked = url;
        if (asked == null) {
            return here(desk -> read(desk, path));
        }
        try (FeedVenue.Sender house = new FeedVenue.Sender(asked)) {
            return said(house.get(path, bearer()));
        }
    }

    JsonNode post(String path, ObjectNode body) throws VenueException {
        URI asked = url;
        if (asked == null) {
            return here(desk -> done(desk, path, body.toString()));
        }
        try (FeedVenue.Sender house = new FeedVenue.Sender(asked)) {
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

    private static Object read(AlertDesk desk, String path) {
        Caller caller = AlertDesk.atTheMachine();
        return switch (path) {
            case "/alerts" -> desk.alerts(caller);
            case "/alerts/rules" -> desk.rules(caller);
            case "/alerts/receivers" -> desk.receivers(caller);
            case "/alerts/dead" -> desk.dead(caller);
            default -> throw new IllegalArgumentException("path must be one of alerts; have " + path);
        };
    }

    private static Object done(AlertDesk desk, String path, String body) {
        Caller caller = AlertDesk.atTheMachine();
        JsonFields fields = JsonFields.read(body.getBytes(StandardCharsets.UTF_8));
        int number = Integer.parseInt("0" + path.replaceAll("[^0-9]", ""));
        return switch (path.replaceAll("[0-9]+", "N")) {
            case "/alerts/rules" -> desk.add(fields, caller);
            case "/alerts/rules/N/end" -> desk.end(number, caller);
            case "/alerts/N/acknowledge" -> desk.acknowledge(number, fields, caller);
            case "/alerts/receivers" -> desk.receiver(fields, caller);
            case "/alerts/receivers/N/end" -> desk.endReceiver(number, caller);
            case "/alerts/dead/N/resend" -> desk.resend(number, caller);
            default -> throw new IllegalArgumentException("path must be one of alerts; have " + path);
        };
    }

    private static JsonNode said(FeedVenue.Sender.Answer answer) {
        return Problem.unlessRefused("--url", answer.status(), answer.body());
    }
}
