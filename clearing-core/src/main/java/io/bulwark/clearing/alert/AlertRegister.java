package io.bulwark.clearing.alert;

import io.bulwark.clearing.alert.AlertRule.Subject;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.BadInput;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Rules, and the alerts that were raised, acknowledged and cleared by them. Rows are only added. */
public final class AlertRegister {
    /** Rules that one owner may have at a time. */
    public static final int RULES_MAX = 32;

    private static final int NOTE_MAX = 500;
    private static final String OVER = "select alert from alert_event where kind = 'cleared'";
    private static final String ROW =
            "select e.sequence, e.alert, e.kind, e.rule, e.subject, e.value, e.epoch, e.actor, e.note, e.at_millis from alert_event e";
    private static final String PROVED =
            "select coalesce(max(j.epoch), 0) from proof_job j join proof_outcome o on o.job = j.id"
                    + " where o.kind = 'PROVED' and j.clearing_account = ?";
    private final Database database;

    /** The register of a database. */
    public AlertRegister(Database database) {
        this.database = database;
    }

    /**
     * A rule in force.
     *
     * @param number its place, from 1
     * @param sinceEpoch the latest epoch when it was made, 0 if there was none: it is held against that one and all after it
     */
    public record Kept(int number, AlertRule rule, OptionalLong sinceEpoch) {}

    /** What becomes of an alert. */
    public enum Step {
        /** It stands from now on. */
        RAISED,
        /** Somebody knows of it. */
        ACKNOWLEDGED,
        /** It is over. */
        CLEARED;

        /** As people write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that is to become of the alert of a subject.
     *
     * @param subject of what
     * @param step raised or cleared
     * @param value the figure, ppm or seconds
     */
    public record Change(Subject subject, Step step, int value) {}

    /**
     * Something that became of an alert.
     *
     * @param number its place among all, from 1
     * @param alert the place of its raise, by which the alert is called
     * @param step what became of it
     * @param rule the rule's number
     * @param subject of what
     * @param value the figure then, ppm or seconds
     * @param epoch which epoch it is of; empty where the clock decided
     * @param actor who acknowledged it, or ended its rule
     * @param note what he said
     * @param at by an epoch's time, the published step of the clock, or when it was done
     */
    public record AlertEvent(
            int number,
            int alert,
            Step step,
            int rule,
            Subject subject,
            int value,
            OptionalLong epoch,
            Optional<String> actor,
            Optional<String> note,
            Instant at) {}

    /** Keeps the rules of every house where there is none of it yet. */
    public void found(Instant now) {
        if (database.read(RuleTable::isFounded)) {
            return;
        }
        database.write(transaction -> {
            if (!RuleTable.isFounded(transaction)) {
                AlertRule.ofEveryHouse().forEach(rule -> RuleTable.insert(transaction, rule, now));
            }
            return 0;
        });
    }

    /**
     * Keeps a rule; the same again of the same owner is found.
     *
     * @return its number
     * @throws BadInput if its owner has as many as one may
     */
    public int add(AlertRule rule, Instant now) {
        return database.write(transaction -> {
            List<Kept> own = RuleTable.inForce(transaction).stream()
                    .filter(kept -> kept.rule().owner().equals(rule.owner()))
                    .toList();
            Optional<Kept> same =
                    own.stream().filter(kept -> kept.rule().equals(rule)).findFirst();
            if (same.isPresent()) {
                return same.get().number();
            }
            if (own.size() >= RULES_MAX) {
                throw new BadInput(
                        "rule",
                        rule.subject().text(),
                        "must be one of at most " + RULES_MAX + " of one owner: end another first");
            }
            return RuleTable.insert(transaction, rule, now);
        });
    }

    /** Ends a rule, and with it what stands by it. */
    public void end(int rule, String actor, Instant now) {
        database.write(transaction -> {
            int ended = transaction.update(
                    "insert into alert_rule_end (rule, actor, at_millis) values (?, ?, ?) on conflict do nothing",
                    rule,
                    actor,
                    now.toEpochMilli());
            if (ended == 1) {
                standing(transaction, rule)
                        .values()
                        .forEach(raised -> append(
                                transaction,
                                new AlertEvent(
                                        0,
                                        raised.alert(),
                                        Step.CLEARED,
                                        rule,
                                        raised.subject(),
                                        raised.value(),
                                        OptionalLong.empty(),
                                        Optional.of(actor),
                                        Optional.of("its rule was ended"),
                                        now)));
            }
            return ended;
        });
    }

    /** The rules in force, in the order in which they were made. */
    public List<Kept> rules() {
        return database.read(RuleTable::inForce);
    }

    /** The rules that ever were, by number: what is told of an alert names the edges of its rule. */
    public Map<Integer, AlertRule> everyRule() {
        return database.read(RuleTable::ever);
    }

    /** A rule that is or was; empty if there never was one of this number. */
    public Optional<AlertRule> rule(int number) {
        return database.read(transaction -> RuleTable.find(transaction, number));
    }

    /** The epochs, the oldest first, that a rule is still to be held against. */
    public List<Long> ahead(Kept rule) {
        return database.read(transaction -> RuleTable.ahead(transaction, rule));
    }

    /**
     * Holds a rule against an epoch or the clock, once, in one transaction: what stands is found, changes are decided, kept and told.
     *
     * @param epoch against which; empty: the clock
     * @param at the epoch's time, or the step of the clock
     * @param decide the changes, from the subjects of which an alert stands
     * @param told the receivers of a change
     * @return what became of alerts; empty if the rule was held against the epoch before
     */
    public List<AlertEvent> hold(
            Kept rule,
            OptionalLong epoch,
            Instant at,
            Function<Set<String>, List<Change>> decide,
            Function<Change, List<Integer>> told) {
        return database.write(transaction -> {
            if (epoch.isPresent()
                    && transaction.update(
                                    "insert into alert_look (rule, epoch) values (?, ?) on conflict do nothing",
                                    rule.number(),
                                    epoch.getAsLong())
                            == 0) {
                return List.of();
            }
            Map<String, AlertEvent> standing = standing(transaction, rule.number());
            List<AlertEvent> made = new ArrayList<>();
            for (Change change : decide.apply(new TreeSet<>(standing.keySet()))) {
                AlertEvent event = append(
                        transaction,
                        new AlertEvent(
                                0,
                                Optional.ofNullable(
                                                standing.get(change.subject().text()))
                                        .map(AlertEvent::alert)
                                        .orElse(0),
                                change.step(),
                                rule.number(),
                                change.subject(),
                                change.value(),
                                epoch,
                                Optional.empty(),
                                Optional.empty(),
                                at));
                told.apply(change).forEach(receiver -> DeliveryRegister.enqueue(transaction, event.number(), receiver));
                made.add(event);
            }
            return made;
        });
    }

    /** The subjects of which an alert stands by a rule, as they are written. */
    public Set<String> standing(Kept rule) {
        return database.read(transaction -> standing(transaction, rule.number()).keySet());
    }

    private static Map<String, AlertEvent> standing(DatabaseTransaction transaction, int rule) {
        return transaction
                .query(
                        ROW + " where e.rule = ? and e.kind = 'raised' and e.alert not in (" + OVER + ")",
                        AlertRegister::event,
                        rule)
                .stream()
                .collect(Collectors.toMap(
                        event -> event.subject().text(), Function.identity(), (one, other) -> other, TreeMap::new));
    }

    private static AlertEvent append(DatabaseTransaction transaction, AlertEvent event) {
        int number = Math.toIntExact(transaction.number("select coalesce(max(sequence), 0) + 1 from alert_event"));
        AlertEvent placed = new AlertEvent(
                number,
                event.step() == Step.RAISED ? number : event.alert(),
                event.step(),
                event.rule(),
                event.subject(),
                event.value(),
                event.epoch(),
                event.actor(),
                event.note(),
                event.at());
        transaction.update(
                "insert into alert_event (sequence, alert, kind, rule, subject, value, epoch, actor, note, at_millis)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                number,
                placed.alert(),
                placed.step().word(),
                placed.rule(),
                placed.subject().text(),
                placed.value(),
                placed.epoch().isPresent() ? Optional.of(placed.epoch().getAsLong()) : Optional.empty(),
                placed.actor(),
                placed.note(),
                placed.at().toEpochMilli());
        return placed;
    }

    /**
     * Keeps that somebody knows of an alert that stands.
     *
     * @param note for whoever comes after, at most {@value #NOTE_MAX} characters; may be empty
     * @throws BadInput if it does not stand, or somebody acknowledged it before
     */
    public AlertEvent acknowledge(int alert, String actor, String note, Instant now) {
        if (note.length() > NOTE_MAX) {
            throw new BadInput("note", note.length() + " characters", "must have at most " + NOTE_MAX);
        }
        return database.write(transaction -> {
            List<AlertEvent> events = events(transaction, " where e.alert = ?", alert);
            for (AlertEvent event : events) {
                switch (event.step()) {
                    case RAISED -> {}
                    case ACKNOWLEDGED ->
                        throw new BadInput(
                                "alert",
                                Integer.toString(alert),
                                "must not be acknowledged already, by "
                                        + event.actor().orElse(""));
                    case CLEARED ->
                        throw new BadInput(
                                "alert", Integer.toString(alert), "must stand; it was over at " + event.at());
                }
            }
            if (events.isEmpty()) {
                throw new BadInput("alert", Integer.toString(alert), "must be one that was raised");
            }
            AlertEvent raised = events.getFirst();
            return append(
                    transaction,
                    new AlertEvent(
                            0,
                            alert,
                            Step.ACKNOWLEDGED,
                            raised.rule(),
                            raised.subject(),
                            raised.value(),
                            OptionalLong.empty(),
                            Optional.of(actor),
                            note.isBlank() ? Optional.empty() : Optional.of(note),
                            now));
        });
    }

    /** What became of alerts after a place, the oldest first, at most so many of those that pass. */
    public List<AlertEvent> after(int number, int most, Predicate<AlertEvent> which) {
        return database.read(transaction -> events(transaction, " where e.sequence > ?", number)).stream()
                .filter(which)
                .limit(most)
                .toList();
    }

    /** What became of one alert, in order; empty if it never was. */
    public List<AlertEvent> of(int alert) {
        return database.read(transaction -> events(transaction, " where e.alert = ?", alert));
    }

    /** What became of an alert at a place. */
    public AlertEvent event(int number) {
        return database.read(transaction ->
                events(transaction, " where e.sequence = ?", number).getFirst());
    }

    /** The place of the last event; 0 before the first. */
    public int last() {
        return (int)
                newest("select coalesce(max(sequence), 0) from alert_event").orElse(0);
    }

    /** What became of every alert that stands; by alert. */
    public Map<Integer, List<AlertEvent>> standing() {
        return byAlert("not in (" + OVER + ")");
    }

    /** What became of those that were over last, at most so many, by events before a place; by alert. */
    public Map<Integer, List<AlertEvent>> over(int before, int most) {
        return byAlert("in (" + OVER + " and sequence < ? order by sequence desc limit ?)", before, most);
    }

    private Map<Integer, List<AlertEvent>> byAlert(String where, Object... parameters) {
        return database.read(transaction -> events(transaction, " where e.alert " + where, parameters)).stream()
                .collect(Collectors.groupingBy(AlertEvent::alert, TreeMap::new, Collectors.toList()));
    }

    private static List<AlertEvent> events(DatabaseTransaction transaction, String where, Object... parameters) {
        return transaction.query(ROW + where + " order by e.sequence", AlertRegister::event, parameters);
    }

    private static AlertEvent event(DatabaseTransaction.Row row) throws SQLException {
        return new AlertEvent(
                row.integer(1),
                row.integer(2),
                Step.valueOf(row.text(3).toUpperCase(Locale.ROOT)),
                row.integer(4),
                Subject.of(row.text(5)),
                row.integer(6),
                row.optionalNumber(7).map(OptionalLong::of).orElse(OptionalLong.empty()),
                row.optionalText(8),
                row.optionalText(9),
                Instant.ofEpochMilli(row.number(10)));
    }

    /** The newest epoch of which the fund was proved; empty before the first. */
    public OptionalLong lastFundProof() {
        return newest("select coalesce(max(epoch), 0) from fund_proof");
    }

    /** The newest epoch of which a proof of an account was asked for and made; empty before the first. */
    public OptionalLong lastProof(int account) {
        return newest(PROVED, account);
    }

    private OptionalLong newest(String sql, Object... parameters) {
        long epoch = database.read(transaction -> transaction.number(sql, parameters));
        return epoch == 0 ? OptionalLong.empty() : OptionalLong.of(epoch);
    }
}
