package io.bulwark.insurance.alert;

import io.bulwark.clearing.alert.AlertRegister.Change;
import io.bulwark.clearing.alert.AlertRegister.Step;
import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.AlertRule.Band;
import io.bulwark.clearing.alert.AlertRule.Measure;
import io.bulwark.clearing.alert.AlertRule.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * A figure beyond the first edge of its rule raises an alert; only at the second edge, or on its better side, is it over. Between them
 * nothing happens, so that a figure which hovers about an edge wakes nobody twice.
 */
public final class Hysteresis {
    private Hysteresis() {}

    /**
     * The changes that a rule makes.
     *
     * @param standing texts of the subjects of which an alert stands
     * @param figures ppm or seconds, 0 to {@link AlertRule#MOST}, by subject's text, which decides the order; a subject that is missing is
     *     not known now
     */
    public static List<Change> of(AlertRule rule, Set<String> standing, SortedMap<String, Integer> figures) {
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<String, Integer> figure : figures.entrySet()) {
            boolean stands = standing.contains(figure.getKey());
            int value = figure.getValue();
            if (stands ? isOver(rule.measure(), rule.band(), value) : isBeyond(rule.measure(), rule.band(), value)) {
                changes.add(new Change(Subject.of(figure.getKey()), stands ? Step.CLEARED : Step.RAISED, value));
            }
        }
        return List.copyOf(changes);
    }

    private static boolean isBeyond(Measure measure, Band band, int value) {
        return measure.isFalling() ? value < band.raisedAt() : value > band.raisedAt();
    }

    private static boolean isOver(Measure measure, Band band, int value) {
        return measure.isFalling() ? value >= band.clearedAt() : value <= band.clearedAt();
    }
}
