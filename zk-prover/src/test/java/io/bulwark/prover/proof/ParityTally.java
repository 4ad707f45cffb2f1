package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.margin.WorstScenario.Part;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.prover.witness.ProofShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How often each thing that parity must have met was met: what decided a margin, and which boundary an account stood on. */
final class ParityTally {
    private static final String FAMILY = "family ";
    private static final String ADD_ON = "add-on ";

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    void count(String what) {
        counts.computeIfAbsent(what, name -> new LongAdder()).increment();
    }

    private void countIf(boolean holds, String what) {
        if (holds) {
            count(what);
        }
    }

    /** What decides the margin of an account, and how near its lists come to the shape's limits. */
    void count(ProofShape shape, RiskTable table, MarginStatement statement) {
        Requirement given = statement.given();
        if (given.core() > 0 && given.stress() >= given.shortfall()) {
            statement.scenario().parts().stream().map(Part::family).forEach(family -> count(FAMILY + family));
        }
        countIf(given.shortfall() > given.stress(), "expected shortfall");
        given.addOns().forEach((addOn, amount) -> countIf(amount > 0, ADD_ON + addOn.label()));
        countIf(given.initialMargin() == table.parameters().minimumMargin() && given.liability(), "minimum margin");
        countIf(!given.liability() && given.initialMargin() > 0, "margin of an account that cannot owe");
        count("state " + statement.state().label());
        MarginAccount account = statement.account();
        countIf(account.cash() < 0, "negative cash");
        countIf(groups(table, account).size() == shape.groups(), "as many groups as the shape holds");
        countIf(instruments(account) == shape.positions(), "as many instruments as the shape holds");
        countIf(
                account.collateral().size() + account.debt().size() == shape.lines(),
                "as many lines as the shape holds");
        countIf(
                account.positions().stream().anyMatch(entry -> Math.abs(entry.lots()) == Integer.MAX_VALUE),
                "a position of 2^31 - 1 lots");
    }

    private static long instruments(MarginAccount account) {
        return Stream.concat(account.positions().stream(), account.paid().stream())
                .mapToInt(Entry::number)
                .distinct()
                .count();
    }

    /** Every group that a margined entry names, as its own or as a leg. */
    private static Set<Integer> groups(RiskTable table, MarginAccount account) {
        Set<Integer> groups = new TreeSet<>();
        for (Entry entry : account.positions()) {
            InstrumentRisk instrument = table.instrument(entry.number()).orElseThrow();
            groups.add(instrument.group());
            Stream.concat(instrument.delta().stream(), instrument.vega().stream())
                    .map(Sensitivity::group)
                    .forEach(groups::add);
        }
        Stream.concat(account.collateral().stream(), account.debt().stream())
                .map(entry -> table.asset(entry.number()).map(AssetRisk::group).orElseThrow())
                .forEach(groups::add);
        return groups;
    }

    /** Prints the counts and fails where something was never met. */
    void requireAll(String run, List<Family> families, List<String> others) {
        List<String> wanted = new ArrayList<>(others);
        families.forEach(family -> wanted.add(FAMILY + family.name()));
        for (AddOn addOn : AddOn.values()) {
            wanted.add(ADD_ON + addOn.label());
        }
        System.out.println(run + ": met " + counts);
        wanted.removeAll(counts.keySet());
        assertTrue(wanted.isEmpty(), run + " must have met " + wanted + "; met " + counts);
    }
}
