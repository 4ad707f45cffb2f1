package io.bulwark.api.alert;

import io.bulwark.clearing.alert.AlertRegister.AlertEvent;
import io.bulwark.clearing.alert.AlertRegister.Kept;
import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.DeliveryRegister.Attempt;
import io.bulwark.clearing.alert.DeliveryRegister.Delivery;
import io.bulwark.clearing.alert.DeliveryRegister.Receiver;
import io.bulwark.clearing.alert.DeliveryRegister.Secret;
import io.bulwark.house.alert.Alerts;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The alerts that somebody may see.
 *
 * @param standing those that stand, the newest first
 * @param over the newest of those that are over, the newest first
 */
@Serdeable
record AlertAnswer(List<Alert> standing, List<Alert> over) {
    /** Copies. */
    AlertAnswer {
        standing = List.copyOf(standing);
        over = List.copyOf(over);
    }

    /**
     * An alert.
     *
     * @param alert its number
     * @param rule the number of the rule that raised it
     * @param owner who made the rule
     * @param measure coverage, margin-ratio, distance, concentration, data-age or proof-age
     * @param of of what: fund, account 3, member NAME, asset NAME or venue NAME
     * @param unit of value: ppm or seconds
     * @param value the figure that raised it
     * @param epoch by which epoch; absent where the clock decided
     * @param raised ISO 8601, UTC
     * @param text one sentence
     * @param edges when such an alert is raised and when it is over, for people
     * @param acknowledged by whom it is known; absent while by nobody
     * @param cleared when it was over; absent while it stands
     */
    @Serdeable
    record Alert(
            int alert,
            int rule,
            String owner,
            String measure,
            String of,
            String unit,
            int value,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Long> epoch,

            String raised,
            String text,
            String edges,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Known> acknowledged,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> cleared) {
        /**
         * Of what became of it.
         *
         * @param events in order, the raise first
         */
        static Alert of(AlertRule rule, List<AlertEvent> events) {
            AlertEvent raised = events.getFirst();
            Optional<Known> known = Optional.empty();
            Optional<String> cleared = Optional.empty();
            for (AlertEvent event : events) {
                switch (event.step()) {
                    case RAISED -> {}
                    case ACKNOWLEDGED ->
                        known = Optional.of(new Known(
                                event.actor().orElse(""),
                                event.note(),
                                event.at().toString()));
                    case CLEARED -> cleared = Optional.of(event.at().toString());
                }
            }
            return new Alert(
                    raised.alert(),
                    raised.rule(),
                    rule.owner(),
                    rule.measure().word(),
                    raised.subject().text(),
                    rule.measure().unit(),
                    raised.value(),
                    raised.epoch().isPresent() ? Optional.of(raised.epoch().getAsLong()) : Optional.empty(),
                    raised.at().toString(),
                    Alerts.text(rule, raised),
                    Alerts.edges(rule),
                    known,
                    cleared);
        }
    }

    /**
     * Who knows of it.
     *
     * @param by his name
     * @param note what he said
     * @param at ISO 8601, UTC
     */
    @Serdeable
    record Known(
            String by,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> note,

            String at) {}

    /**
     * A rule in force.
     *
     * @param rule its number
     * @param owner who made it; the house's own are for whoever may see the figure
     * @param measure what is watched
     * @param of of what; accounts, members, assets and venues: of each
     * @param unit ppm or seconds
     * @param raise beyond it an alert is raised
     * @param clear at it the alert is over
     * @param text for people
     */
    @Serdeable
    record Rule(int rule, String owner, String measure, String of, String unit, int raise, int clear, String text) {
        static Rule of(Kept kept) {
            AlertRule rule = kept.rule();
            return new Rule(
                    kept.number(),
                    rule.owner(),
                    rule.measure().word(),
                    rule.subject().text(),
                    rule.measure().unit(),
                    rule.band().raisedAt(),
                    rule.band().clearedAt(),
                    Alerts.edges(rule));
        }
    }

    /**
     * A rule that somebody wants.
     *
     * @param measure coverage, margin-ratio, distance, concentration, data-age or proof-age
     * @param of fund, account 3, member NAME, members, asset NAME, assets, venue NAME or venues
     * @param raise ppm or seconds: beyond it an alert is raised
     * @param clear ppm or seconds: at it the alert is over; on the better side of raise
     */
    @Serdeable
    record RuleAsked(String measure, String of, int raise, int clear) {}

    /**
     * A note on an alert.
     *
     * @param note for whoever comes after; may be absent
     */
    @Serdeable
    record Noted(
            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> note) {}

    /**
     * Where somebody is told.
     *
     * @param receiver its number
     * @param way webhook or mail
     * @param address a URL or a mailbox
     * @param secret what signs a webhook, whsec_ and base64: in the answer that made it, and never again
     */
    @Serdeable
    record Told(
            int receiver,
            String way,
            String address,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> secret) {
        static Told of(Receiver receiver, Optional<Secret> shown) {
            return new Told(
                    receiver.number(),
                    receiver.way().word(),
                    receiver.address(),
                    shown.map(secret -> "whsec_" + Base64.getEncoder().encodeToString(secret.bytes())));
        }
    }

    /**
     * Where somebody wants to be told.
     *
     * @param way webhook or mail
     * @param address a URL or a mailbox
     */
    @Serdeable
    record ToldAsked(String way, String address) {}

    /**
     * What could not be told, and is tried no more.
     *
     * @param delivery its number
     * @param alert the alert's number
     * @param receiver the receiver's number
     * @param address where it was to go
     * @param said why it did not arrive at last
     * @param at ISO 8601, UTC: when it was tried last
     */
    @Serdeable
    record Dead(int delivery, int alert, int receiver, String address, String said, String at) {
        static Dead of(Delivery delivery, int alert, String address) {
            Optional<Attempt> last = delivery.last();
            return new Dead(
                    delivery.number(),
                    alert,
                    delivery.receiver(),
                    address,
                    last.map(Attempt::said).orElse(""),
                    last.map(Attempt::at).orElse(Instant.EPOCH).toString());
        }
    }

    /**
     * An event of the stream.
     *
     * @param type raised, acknowledged, cleared or heartbeat
     * @param alert which; absent of a heartbeat
     */
    @Serdeable
    record Happened(
            String type,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Alert> alert) {}
}
