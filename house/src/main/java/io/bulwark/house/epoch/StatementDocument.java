package io.bulwark.house.epoch;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.map;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.register.AccountStatement;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.Explanation;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A margin statement as the ledger keeps it: ["bulwark-statement", 1, account, lots, figures, add-ons, worst scenario, terms]; lots end
 * with the standings of an account that has some. Where something is pledged to the house or in its custody, figures end with the
 * equity by the mode
 * of the connections, [advisory, pledged, custodied]; without it all is advisory. Where snapshots of the account's venue accounts were
 * superseded, it ends with them, [[venue, address, snapshot, reason] …].
 * The same statement has the same bytes in every replay.
 */
public final class StatementDocument {
    private static final String SCHEMA = "bulwark-statement";
    private static final long VERSION = 1;

    private StatementDocument() {}

    public static AccountStatement of(AccountLine line) {
        return switch (line.margin()) {
            case AccountMargin.Stated(MarginStatement statement, var ignored) -> margined(line, statement);
            case AccountMargin.Without(List<String> reasons) ->
                new AccountStatement.Unmargined(
                        line.number(),
                        String.join("; ", reasons),
                        document(
                                line,
                                array(reasons.stream().map(CanonicalValue::text).toList())));
        };
    }

    private static AccountStatement margined(AccountLine line, MarginStatement statement) {
        Requirement given = statement.given();
        return new AccountStatement.Margined(
                line.number(),
                statement.state().label(),
                given.initialMargin(),
                given.maintenanceMargin(),
                given.equity(),
                given.excessInitial(),
                given.excessMaintenance(),
                document(
                        line,
                        lots(line.lots()),
                        figures(statement, line.modes()),
                        addOns(given.addOns()),
                        text(statement.scenario().text()),
                        array(statement.explanation().terms().stream()
                                .map(StatementDocument::term)
                                .toList())));
    }

    private static CanonicalValue document(AccountLine line, CanonicalValue... said) {
        List<CanonicalValue> document =
                new ArrayList<>(List.of(text(SCHEMA), integer(VERSION), integer(line.number())));
        document.addAll(List.of(said));
        if (!line.superseded().isEmpty()) {
            document.add(array(line.superseded().stream()
                    .map(one -> array(
                            integer(one.account().venue()),
                            text(one.account().address()),
                            bytes(one.snapshot()),
                            text(one.reason())))
                    .toList()));
        }
        return array(document);
    }

    private static CanonicalValue figures(MarginStatement statement, EquityByMode modes) {
        List<CanonicalValue> figures = new ArrayList<>(List.of(
                text(statement.state().label()),
                integer(statement.given().initialMargin()),
                integer(statement.given().maintenanceMargin()),
                integer(statement.given().equity())));
        if (modes.of(ConnectionMode.PLEDGED) != 0 || modes.of(ConnectionMode.CUSTODIED) != 0) {
            figures.add(array(Stream.of(ConnectionMode.values())
                    .map(mode -> integer(modes.of(mode)))
                    .toList()));
        }
        return array(figures);
    }

    private static CanonicalValue lots(MarginAccount account) {
        List<CanonicalValue> lists = new ArrayList<>(List.of(
                integer(account.cash()),
                entries(account.positions()),
                entries(account.paid()),
                entries(account.collateral()),
                entries(account.debt())));
        if (!account.standings().isEmpty()) {
            lists.add(array(account.standings().stream()
                    .map(s -> array(integer(s.venue()), integer(s.distance())))
                    .toList()));
        }
        return array(lists);
    }

    private static CanonicalValue entries(List<Entry> entries) {
        return array(entries.stream()
                .map(e -> array(integer(e.number()), integer(e.lots())))
                .toList());
    }

    private static CanonicalValue addOns(Map<AddOn, Long> amounts) {
        Map<String, CanonicalValue> byName = new TreeMap<>();
        amounts.forEach((addOn, amount) -> byName.put(addOn.name().toLowerCase(Locale.ROOT), integer(amount)));
        return map(byName);
    }

    private static CanonicalValue term(Explanation.Term term) {
        return array(text(term.part().name()), text(term.name()), text(term.subject()), integer(term.amount()));
    }
}
