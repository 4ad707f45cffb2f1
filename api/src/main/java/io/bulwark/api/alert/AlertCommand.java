package io.bulwark.api.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.VenueException;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.StepCommand;
import io.bulwark.clearing.document.BadInput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who is woken by what. */
@Command(
        name = "alert",
        description = {
            "Who is woken by what: rules on coverage, margin, distance, concentration and ages, what stands, who is told how.",
            "Asks the house of this home, or with --url one that answers elsewhere. docs/alerts.md."
        },
        synopsisSubcommandLabel = "STEP")
public final class AlertCommand extends StepCommand {
    @Command(name = "rules", description = "The rules in force, as far as one may see what they watch.")
    int rules(@Mixin AskedHouse house) throws VenueException {
        for (JsonNode rule : house.get("/alerts/rules", AlertDesk::rules)) {
            out().println(rule(rule));
        }
        return ExitCode.OK;
    }

    private static String rule(JsonNode rule) {
        return "rule " + rule.path("rule").asInt() + " of " + rule.path("owner").asText() + ": "
                + rule.path("measure").asText() + " of " + rule.path("of").asText() + ". "
                + rule.path("text").asText();
    }

    @Command(
            name = "watch",
            description = {
                "Makes a rule, or ends one. A figure in ppm or seconds beyond --raise raises an alert; at --clear it is over.",
                "Such as: --measure margin-ratio --of \"account 1\" --raise 1200000 --clear 1300000"
            })
    int watch(
            @Mixin AskedHouse house,
            @Option(
                            names = "--measure",
                            paramLabel = "M",
                            description = "coverage, margin-ratio, distance, concentration, data-age or proof-age.")
                    @Nullable
                    String measure,
            @Option(
                            names = "--of",
                            paramLabel = "WHAT",
                            description =
                                    "fund, \"account N\", \"member NAME\", members, \"asset NAME\", assets, \"venue NAME\" or venues.")
                    @Nullable
                    String of,
            @Option(names = "--raise", paramLabel = "N", description = "ppm or seconds.") @Nullable Integer raise,
            @Option(names = "--clear", paramLabel = "N", description = "ppm or seconds, on the better side of --raise.")
                    @Nullable
                    Integer clear,
            @Option(names = "--end", paramLabel = "RULE", description = "Ends this rule, and what stands by it.")
                    @Nullable
                    Integer end)
            throws VenueException {
        if (end != null) {
            out().println("ended: "
                    + rule(house.post(
                            "/alerts/rules/" + end + "/end", AskedHouse.object(), (desk, _, me) -> desk.end(end, me))));
            return ExitCode.OK;
        }
        if (measure == null || of == null || raise == null || clear == null) {
            throw new BadInput("--measure, --of, --raise, --clear", "", "must all be given, or --end");
        }
        ObjectNode asked = AskedHouse.object()
                .put("measure", measure)
                .put("of", of)
                .put("raise", raise)
                .put("clear", clear);
        out().println(rule(house.post("/alerts/rules", asked, AlertDesk::add)));
        return ExitCode.OK;
    }

    @Command(name = "list", description = "The alerts that stand, and with --over the newest that are over.")
    int list(@Mixin AskedHouse house, @Option(names = "--over", description = "Those that are over too.") boolean over)
            throws VenueException {
        JsonNode alerts = house.get("/alerts", AlertDesk::alerts);
        for (JsonNode alert : alerts.path("standing")) {
            out().println(alert(alert));
        }
        if (alerts.path("standing").isEmpty()) {
            out().println("no alert stands");
        }
        if (over) {
            alerts.path("over").forEach(alert -> out().println(alert(alert)));
        }
        return ExitCode.OK;
    }

    private static String alert(JsonNode alert) {
        JsonNode known = alert.path("acknowledged");
        return "alert " + alert.path("alert").asInt() + ", since "
                + alert.path("raised").asText() + ": "
                + alert.path("text").asText() + " " + alert.path("edges").asText()
                + (known.hasNonNull("by")
                        ? " Known to " + known.path("by").asText()
                                + (known.hasNonNull("note")
                                        ? ": " + known.path("note").asText()
                                        : ".")
                        : "")
                + (alert.hasNonNull("cleared")
                        ? " Over since " + alert.path("cleared").asText() + "."
                        : "");
    }

    @Command(name = "acknowledge", description = "Says that you know of an alert; it stands until its figure is well.")
    int acknowledge(
            @Mixin AskedHouse house,
            @Parameters(paramLabel = "ALERT", description = "Its number.") int alert,
            @Option(names = "--note", paramLabel = "TEXT", description = "For whoever comes after.") @Nullable
                    String note)
            throws VenueException {
        ObjectNode asked = AskedHouse.object();
        Optional.ofNullable(note).ifPresent(text -> asked.put("note", text));
        out().println(alert(house.post(
                "/alerts/" + alert + "/acknowledge", asked, (desk, body, me) -> desk.acknowledge(alert, body, me))));
        return ExitCode.OK;
    }

    @Command(
            name = "tell",
            description = {
                "Where you are told; --webhook or --mail adds an address, --end takes one away.",
                "The secret that signs a webhook is printed once."
            })
    int tell(
            @Mixin AskedHouse house,
            @Option(names = "--webhook", paramLabel = "ADDRESS", description = "An https address.") @Nullable
                    String webhook,
            @Option(names = "--mail", paramLabel = "MAILBOX", description = "A mailbox.") @Nullable String mail,
            @Option(names = "--end", paramLabel = "RECEIVER", description = "Tells this one nothing more.") @Nullable
                    Integer end)
            throws VenueException {
        if (end != null) {
            out().println("ended: "
                    + receiver(house.post(
                            "/alerts/receivers/" + end + "/end",
                            AskedHouse.object(),
                            (desk, _, me) -> desk.endReceiver(end, me))));
        } else if (webhook != null || mail != null) {
            JsonNode made = house.post(
                    "/alerts/receivers",
                    AskedHouse.object()
                            .put("way", webhook != null ? "webhook" : "mail")
                            .put("address", webhook != null ? webhook : mail),
                    AlertDesk::receiver);
            if (made.hasNonNull("secret")) {
                out().println(made.path("secret").asText());
                err().println("signs what is sent there: shown this once");
            }
            out().println(receiver(made));
        } else {
            house.get("/alerts/receivers", AlertDesk::receivers).forEach(receiver -> out().println(receiver(receiver)));
        }
        return ExitCode.OK;
    }

    private static String receiver(JsonNode receiver) {
        return "receiver " + receiver.path("receiver").asInt() + ": "
                + receiver.path("way").asText() + " "
                + receiver.path("address").asText();
    }

    @Command(name = "dead", description = "What could not be told to you, however often it was tried.")
    int dead(@Mixin AskedHouse house) throws VenueException {
        for (JsonNode dead : house.get("/alerts/dead", AlertDesk::dead)) {
            out().println(dead(dead));
        }
        return ExitCode.OK;
    }

    private static String dead(JsonNode dead) {
        return "delivery " + dead.path("delivery").asInt() + " of alert "
                + dead.path("alert").asInt() + " to " + dead.path("address").asText() + ": "
                + dead.path("said").asText() + ", last tried at "
                + dead.path("at").asText();
    }

    @Command(name = "resend", description = "Has something that is dead sent again, under the same id.")
    int resend(@Mixin AskedHouse house, @Parameters(paramLabel = "DELIVERY", description = "Its number.") int delivery)
            throws VenueException {
        out().println("sent again: "
                + dead(house.post(
                        "/alerts/dead/" + delivery + "/resend",
                        AskedHouse.object(),
                        (desk, _, me) -> desk.resend(delivery, me))));
        return ExitCode.OK;
    }
}
