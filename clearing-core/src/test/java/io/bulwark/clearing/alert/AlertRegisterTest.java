package io.bulwark.clearing.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.alert.AlertRegister.AlertEvent;
import io.bulwark.clearing.alert.AlertRegister.Change;
import io.bulwark.clearing.alert.AlertRegister.Kept;
import io.bulwark.clearing.alert.AlertRegister.Step;
import io.bulwark.clearing.alert.AlertRule.Band;
import io.bulwark.clearing.alert.AlertRule.Measure;
import io.bulwark.clearing.alert.AlertRule.Subject;
import io.bulwark.clearing.alert.DeliveryRegister.Delivery;
import io.bulwark.clearing.alert.DeliveryRegister.Outcome;
import io.bulwark.clearing.alert.DeliveryRegister.Secret;
import io.bulwark.clearing.alert.DeliveryRegister.Way;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.ledger.PostgresTestBed;
import io.bulwark.clearing.register.EpochRegister.SealingResult;
import io.bulwark.clearing.register.FirstEpoch;
import io.bulwark.tier.OfHouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts in a real PostgreSQL: each raised once, told once, known, over; what cannot be is refused. */
@OfHouse
final class AlertRegisterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Subject ACCOUNT = Subject.of("account 7");
    private static final AlertRule RATIO =
            new AlertRule("0xab", Measure.MARGIN_RATIO, ACCOUNT, new Band(1_200_000, 1_300_000));
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofSeconds(60));

    private final Database database = Database.open(PostgresTestBed.freshDatabase());
    private final AlertRegister alerts = new AlertRegister(database);
    private final DeliveryRegister deliveries = new DeliveryRegister(database);

    @BeforeEach
    void sealOneEpoch() {
        assertInstanceOf(SealingResult.Sealed.class, FirstEpoch.seal(database));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Kept kept(AlertRule rule) {
        int number = alerts.add(rule, NOW);
        return alerts.rules().stream()
                .filter(k -> k.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private List<AlertEvent> hold(Kept rule, OptionalLong epoch, Step step, int value, Integer... told) {
        return alerts.hold(
                rule,
                epoch,
                NOW,
                standing -> standing.isEmpty() == (step == Step.RAISED)
                        ? List.of(new Change(rule.rule().subject(), step, value))
                        : List.of(),
                change -> List.of(told));
    }

    @Test
    void shouldHoldARuleAgainstAnEpochOnceAndTellInTheSameTransaction() {
        Kept rule = kept(RATIO);
        assertEquals(rule, kept(RATIO), "the same again is found");
        int receiver = deliveries.add("0xab", Way.MAIL, "owner@example.org", Optional.empty(), NOW);
        assertEquals(List.of(1L), alerts.ahead(rule));
        List<AlertEvent> raised = hold(rule, OptionalLong.of(1), Step.RAISED, 1_100_000, receiver);
        assertEquals(1, raised.size());
        assertEquals(raised.getFirst().number(), raised.getFirst().alert());
        assertEquals(List.of(), hold(rule, OptionalLong.of(1), Step.RAISED, 1_100_000, receiver), "once is once");
        assertEquals(List.of(), alerts.ahead(rule));
        assertEquals(Set.of("account 7"), alerts.standing(rule));
        assertEquals(1, deliveries.open().size());
        assertThrows(
                DatabaseException.class,
                () -> hold(
                        kept(new AlertRule("x", Measure.DATA_AGE, ACCOUNT, new Band(2, 1))),
                        OptionalLong.empty(),
                        Step.RAISED,
                        3,
                        99),
                "a receiver that is not");
        assertEquals(1, alerts.last(), "what cannot be told is not kept");
    }

    @Test
    void shouldBeKnownOnceAndOverOnce() {
        Kept rule = kept(RATIO);
        int alert = hold(rule, OptionalLong.of(1), Step.RAISED, 1).getFirst().alert();
        AlertEvent known = alerts.acknowledge(alert, "0xab", "seen", NOW);
        assertEquals(Optional.of("seen"), known.note());
        assertTrue(refused(() -> alerts.acknowledge(alert, "0xcd", "", NOW)).contains("already, by 0xab"));
        AlertEvent over =
                hold(rule, OptionalLong.empty(), Step.CLEARED, 1_300_000).getFirst();
        assertEquals(alert, over.alert());
        assertTrue(refused(() -> alerts.acknowledge(alert, "0xab", "", NOW)).contains("must"));
        assertTrue(refused(() -> alerts.acknowledge(99, "0xab", "", NOW)).contains("raised"));
        assertEquals(3, alerts.over(Integer.MAX_VALUE, 9).get(alert).size());
        assertEquals(Map.of(), alerts.standing());
        assertEquals(List.of(over), alerts.after(known.number(), 9, event -> true));
        assertEquals(
                alert + 3,
                hold(rule, OptionalLong.empty(), Step.RAISED, 1).getFirst().alert(),
                "a new alert");
        alerts.end(rule.number(), "0xab", NOW);
        alerts.end(rule.number(), "0xab", NOW);
        assertEquals(List.of(), alerts.rules());
        assertEquals(Map.of(), alerts.standing(), "what stood by the rule is over with it");
    }

    @Test
    void shouldComeBackWithGrowingPausesUntilItIsDead() {
        int receiver = deliveries.add(
                "0xab", Way.WEBHOOK, "https://example.org/a", Optional.of(new Secret(new byte[] {7, 7, 7})), NOW);
        hold(kept(RATIO), OptionalLong.of(1), Step.RAISED, 1, receiver);
        Delivery first = deliveries.open().getFirst();
        assertEquals(Instant.EPOCH, first.due(PAUSES));
        deliveries.attempt(first, Outcome.FAILED, "HTTP 500", NOW);
        deliveries.attempt(first, Outcome.DELIVERED, "another process was faster", NOW);
        Delivery second = deliveries.open().getFirst();
        assertEquals(NOW.plusSeconds(5), second.due(PAUSES));
        deliveries.attempt(second, Outcome.FAILED, "HTTP 500", NOW);
        Delivery third = deliveries.open().getFirst();
        assertEquals(NOW.plusSeconds(60), third.due(PAUSES));
        assertTrue(
                refused(() -> deliveries.resend(third.number(), "maria", NOW)).contains("dead"));
        deliveries.attempt(third, Outcome.DEAD, "HTTP 500", NOW);
        assertEquals(List.of(), deliveries.open());
        assertTrue(deliveries
                .dead(Set.of(receiver), Integer.MAX_VALUE, 9)
                .getFirst()
                .isOver());
        deliveries.resend(third.number(), "maria", NOW);
        Delivery again = deliveries.open().getFirst();
        assertEquals(0, again.failures(), "it begins anew");
        assertEquals(Instant.EPOCH, again.due(PAUSES));
        deliveries.attempt(again, Outcome.DELIVERED, "HTTP 204", NOW);
        assertEquals(List.of(), deliveries.open());
        assertEquals(List.of(), deliveries.dead(Set.of(receiver), Integer.MAX_VALUE, 9));
        assertFalse(
                deliveries.receivers().toString().contains("7"),
                deliveries.receivers().toString());
    }

    @Test
    void shouldKeepRulesOfEveryHouseOnceAndRefuseTooMany() {
        alerts.found(NOW);
        alerts.found(NOW);
        assertEquals(
                AlertRule.ofEveryHouse(),
                alerts.rules().stream().map(Kept::rule).toList());
        for (int i = 0; i < AlertRegister.RULES_MAX; i++) {
            alerts.add(new AlertRule("0xab", Measure.DATA_AGE, ACCOUNT, new Band(i + 2, 1)), NOW);
        }
        assertTrue(refused(() -> alerts.add(RATIO, NOW)).contains("at most 32"));
        for (int i = 0; i < DeliveryRegister.RECEIVERS_MAX; i++) {
            deliveries.add("0xab", Way.MAIL, i + "@example.org", Optional.empty(), NOW);
        }
        assertTrue(refused(() -> deliveries.add("0xab", Way.MAIL, "9@example.org", Optional.empty(), NOW))
                .contains("at most 8"));
        deliveries.end(1, "0xab", NOW);
        assertEquals(DeliveryRegister.RECEIVERS_MAX - 1, deliveries.receivers().size());
    }

    private static String refused(Runnable act) {
        return assertThrows(BadInput.class, act::run).getMessage();
    }
}
