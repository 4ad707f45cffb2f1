package io.bulwark.clearing.alert;

import io.bulwark.clearing.alert.AlertRegister.Kept;
import io.bulwark.clearing.alert.AlertRule.Band;
import io.bulwark.clearing.alert.AlertRule.Measure;
import io.bulwark.clearing.alert.AlertRule.Subject;
import io.bulwark.clearing.database.DatabaseTransaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The rows of rules. */
final class RuleTable {
    private static final String RULE =
            "select r.number, r.owner, r.measure, r.subject, r.raised_at, r.cleared_at, r.since_epoch from alert_rule r";

    private RuleTable() {}

    /** Whether the house has rules of its own, or had. */
    static boolean isFounded(DatabaseTransaction transaction) {
        return transaction.number("select count(*) from alert_rule where owner = ?", AlertRule.HOUSE) > 0;
    }

    /** Adds a rule; says which number it has. */
    static int insert(DatabaseTransaction transaction, AlertRule rule, Instant now) {
        int number = Math.toIntExact(transaction.number("select coalesce(max(number), 0) + 1 from alert_rule"));
        transaction.update(
                "insert into alert_rule (number, owner, measure, subject, raised_at, cleared_at, since_epoch, made_millis)"
                        + " values (?, ?, ?, ?, ?, ?, (select coalesce(max(number), 0) from epoch), ?)",
                number,
                rule.owner(),
                rule.measure().word(),
                rule.subject().text(),
                rule.band().raisedAt(),
                rule.band().clearedAt(),
                now.toEpochMilli());
        return number;
    }

    /** Those that were not ended, in the order in which they were made. */
    static List<Kept> inForce(DatabaseTransaction transaction) {
        return transaction.query(
                RULE + " left join alert_rule_end e on e.rule = r.number where e.rule is null order by r.number",
                row -> new Kept(row.integer(1), rule(row), OptionalLong.of(row.number(7))));
    }

    /** All, by number. */
    static Map<Integer, AlertRule> ever(DatabaseTransaction transaction) {
        return transaction.query(RULE, row -> Map.entry(row.integer(1), rule(row))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** One that is or was. */
    static Optional<AlertRule> find(DatabaseTransaction transaction, int number) {
        return transaction.query(RULE + " where r.number = ?", RuleTable::rule, number).stream()
                .findFirst();
    }

    /** The epochs, the oldest first, that a rule is still to be held against. */
    static List<Long> ahead(DatabaseTransaction transaction, Kept rule) {
        return transaction.query(
                "select number from epoch where number >= ? and number > coalesce((select max(epoch) from alert_look where rule = ?), 0)"
                        + " order by number",
                row -> row.number(1),
                rule.sinceEpoch().orElse(0),
                rule.number());
    }

    private static AlertRule rule(DatabaseTransaction.Row row) throws SQLException {
        return new AlertRule(
                row.text(2),
                Measure.of(row.text(3)),
                Subject.of(row.text(4)),
                new Band(row.integer(5), row.integer(6)));
    }
}
