package io.bulwark.insurance.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.alert.AlertRegister.Change;
import io.bulwark.clearing.alert.AlertRegister.Step;
import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.AlertRule.Band;
import io.bulwark.clearing.alert.AlertRule.Kind;
import io.bulwark.clearing.alert.AlertRule.Measure;
import io.bulwark.clearing.alert.AlertRule.Subject;
import io.bulwark.clearing.document.BadInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An alert is raised beyond one edge and over at the other; between them nothing happens. */
class HysteresisTest {
    private static final Subject ACCOUNT = Subject.of("account 3");
    private static final AlertRule RATIO =
            new AlertRule("0xab", Measure.MARGIN_RATIO, ACCOUNT, new Band(1_200_000, 1_300_000));
    private static final AlertRule AGE =
            new AlertRule("maria", Measure.DATA_AGE, Subject.of("venues"), new Band(600, 300));

    /** What becomes of an alert while its figure takes these values, one after another. */
    private static List<String> path(AlertRule rule, Subject subject, int... values) {
        Set<String> standing = new TreeSet<>();
        List<String> steps = new ArrayList<>();
        for (int value : values) {
            for (Change change : Hysteresis.of(rule, standing, of(subject, value))) {
                steps.add(change.step().word() + " " + change.value());
                follow(standing, change);
            }
        }
        return steps;
    }

    private static SortedMap<String, Integer> of(Subject subject, int value) {
        return new TreeMap<>(Map.of(subject.text(), value));
    }

    private static void follow(Set<String> standing, Change change) {
        boolean moved = change.step() == Step.RAISED
                ? standing.add(change.subject().text())
                : standing.remove(change.subject().text());
        assertTrue(moved, "one alert of a subject stands at a time: " + change);
    }

    @Test
    void shouldRaiseAFallingFigureBelowItsEdgeAndClearItAtTheOther() {
        assertEquals(
                List.of("raised 1199999", "cleared 1300000", "raised 0"),
                path(
                        RATIO, ACCOUNT, 1_500_000, 1_200_000, 1_199_999, 1_199_998, 1_200_000, 1_299_999, 1_300_000,
                        1_200_000, 0));
    }

    @Test
    void shouldRaiseAnAgeAboveItsEdgeAndClearItAtTheOther() {
        Subject venue = Subject.of("venue aave");
        assertEquals(
                List.of("raised 601", "cleared 300", "raised " + AlertRule.MOST),
                path(AGE, venue, 0, 600, 601, 602, 600, 301, 300, 301, 600, AlertRule.MOST));
    }

    @Test
    void shouldWakeNobodyTwiceWhileAFigureHovers() {
        assertEquals(
                List.of("raised 1199999"),
                path(RATIO, ACCOUNT, 1_199_999, 1_200_001, 1_199_999, 1_200_001, 1_250_000, 1_199_999));
    }

    @Test
    void shouldChangeNothingOfWhatIsNotKnown() {
        assertEquals(List.of(), Hysteresis.of(RATIO, Set.of("account 3"), new TreeMap<>()));
        assertEquals(List.of(), Hysteresis.of(RATIO, Set.of("account 4"), of(ACCOUNT, 1_250_000)));
    }

    /** Whatever the figures: raises and clears take turns, each where its edge says, and none is missed. */
    @Test
    void shouldTakeTurnsOnEveryPath() {
        Random random = new Random(20260101);
        for (int run = 0; run < 2_000; run++) {
            boolean falling = random.nextBoolean();
            int near = random.nextInt(1_000);
            int far = near + 1 + random.nextInt(200);
            AlertRule rule = falling
                    ? new AlertRule("o", Measure.COVERAGE, new Subject(Kind.FUND, ""), new Band(near, far))
                    : new AlertRule("o", Measure.PROOF_AGE, new Subject(Kind.FUND, ""), new Band(far, near));
            Set<String> standing = new TreeSet<>();
            for (int step = 0; step < 40; step++) {
                int value = random.nextInt(1_400);
                boolean stood = !standing.isEmpty();
                List<Change> changes = Hysteresis.of(rule, standing, of(rule.subject(), value));
                changes.forEach(change -> follow(standing, change));
                boolean bad = falling ? value < near : value > far;
                boolean good = falling ? value >= far : value <= near;
                assertEquals(bad || (stood && !good), !standing.isEmpty(), rule + " at " + value);
                assertEquals(stood == standing.isEmpty() ? 1 : 0, changes.size());
                assertEquals(List.of(), Hysteresis.of(rule, standing, of(rule.subject(), value)), "once is once");
            }
        }
    }

    @Test
    void shouldRefuseABandThatIsUpsideDown() {
        refused("clear", () -> new AlertRule("o", Measure.MARGIN_RATIO, ACCOUNT, new Band(1_200_000, 1_100_000)));
        refused("clear", () -> new AlertRule("o", Measure.MARGIN_RATIO, ACCOUNT, new Band(1_200_000, 1_200_000)));
        refused("clear", () -> new AlertRule("o", Measure.DATA_AGE, ACCOUNT, new Band(300, 600)));
        refused("raise, clear", () -> new AlertRule("o", Measure.DATA_AGE, ACCOUNT, new Band(300, -1)));
        refused(
                "raise, clear",
                () -> new AlertRule("o", Measure.COVERAGE, Subject.of("fund"), new Band(1, AlertRule.MOST + 1)));
        refused("of", () -> new AlertRule("o", Measure.COVERAGE, ACCOUNT, new Band(1, 2)));
        for (String subject :
                List.of("", "account", "account x", "account 01", "account -1", "fund 3", "ships", "venue a\nb")) {
            refused("of", () -> new AlertRule("o", Measure.COVERAGE, Subject.of(subject), new Band(1, 2)));
        }
    }

    private static void refused(String field, Runnable made) {
        assertEquals(field, assertThrows(BadInput.class, made::run).field());
    }

    @Test
    void shouldBringRulesOfItsOwn() {
        assertEquals(
                List.of("coverage", "margin-ratio", "concentration", "data-age", "proof-age"),
                AlertRule.ofEveryHouse().stream()
                        .map(rule -> rule.measure().word())
                        .toList());
    }
}
