package io.bulwark.house.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.alert.AlertRegister.AlertEvent;
import io.bulwark.clearing.alert.AlertRegister.Step;
import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.AlertRule.Kind;
import io.bulwark.clearing.alert.AlertRule.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** What is said of an alert: one sentence for people, one object for programs. Neither says more than the alert's figure. */
final class AlertWords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PERCENT_PLACES = 4;

    private AlertWords() {}

    /** One sentence. */
    static String sentence(AlertRule rule, AlertEvent event) {
        String subject = event.subject().text();
        String value = figure(rule.measure(), event.value());
        String said = switch (rule.measure()) {
            case COVERAGE -> "The fund holds " + value + " of what it must hold";
            case MARGIN_RATIO -> "The equity of " + subject + " is " + value + " of what it must hold";
            case DISTANCE ->
                event.value() >= rule.band().clearedAt()
                        ? "No price move up to " + value + " has " + subject + " liquidated"
                        : "A price move of " + value + " has " + subject + " liquidated";
            case CONCENTRATION ->
                event.subject().kind() == Kind.MEMBER
                        ? "Of all initial margin, " + value + " is that of "
                                + event.subject().name()
                        : "Of all collateral, " + value + " is "
                                + event.subject().name();
            case DATA_AGE -> "The oldest data of " + subject + " is " + value + " old";
            case PROOF_AGE -> "The newest proof of " + subject + " is of data that is " + value + " old";
        };
        String of = event.epoch().isPresent() ? ", by epoch " + event.epoch().getAsLong() : "";
        return said + of + ".";
    }

    /** When it is raised and when it is over. */
    static String edges(AlertRule rule) {
        Measure measure = rule.measure();
        return "Raised " + (measure.isFalling() ? "below " : "above ")
                + figure(measure, rule.band().raisedAt()) + ", over " + (measure.isFalling() ? "from " : "at ")
                + figure(measure, rule.band().clearedAt())
                + (measure.isFalling() ? " on." : " or less.");
    }

    /** One line, as the subject of a mail. */
    static String line(AlertRule rule, AlertEvent event) {
        return (event.step() == Step.CLEARED ? "Over: " : "Alert: ") + sentence(rule, event);
    }

    /** The object that programs get. */
    static String json(AlertRule rule, AlertEvent event) {
        ObjectNode said = JSON.createObjectNode();
        said.put("type", "alert." + event.step().word());
        said.put("timestamp", event.at().toString());
        ObjectNode data = said.putObject("data");
        data.put("alert", event.alert());
        data.put("rule", event.rule());
        data.put("measure", rule.measure().word());
        data.put("of", event.subject().text());
        data.put("unit", rule.measure().unit());
        data.put("value", event.value());
        data.put("raise", rule.band().raisedAt());
        data.put("clear", rule.band().clearedAt());
        event.epoch().ifPresent(epoch -> data.put("epoch", epoch));
        data.put("text", sentence(rule, event));
        return said.toString();
    }

    /** A figure as people read it: what is dangerous when it is low rounded down, the rest up. */
    private static String figure(Measure measure, int value) {
        if (measure.isAge()) {
            return age(Duration.ofSeconds(value));
        }
        String percent = BigDecimal.valueOf(value, PERCENT_PLACES)
                .setScale(1, measure.isFalling() ? RoundingMode.FLOOR : RoundingMode.CEILING)
                .stripTrailingZeros()
                .toPlainString();
        return (value == AlertRule.MOST ? "more than " : "") + percent + " %";
    }

    private static String age(Duration age) {
        if (age.toDays() >= 2) {
            return age.toDays() + " days";
        }
        if (age.toHours() >= 2) {
            return age.toHours() + " hours";
        }
        return age.toMinutes() >= 2 ? age.toMinutes() + " minutes" : age.toSeconds() + " seconds";
    }
}
