package io.bulwark.insurance.monitor;

import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An account in one scenario, before anything is forced.
 *
 * @param number of the clearing account
 * @param member who stands behind it
 * @param venues names of the venues that it spans
 * @param initialMargin IM, u = 10⁻⁴ USD, ≥ 0
 * @param held what it pays of its losses before the fund does, u, ≥ 0
 * @param equity E before the scenario, u
 * @param loss what the scenario itself costs, u; negative where it gains
 * @param hedged whether it is long and short of one asset at once
 */
public record ShockedAccount(
        int number,
        String member,
        List<String> venues,
        long initialMargin,
        long held,
        long equity,
        long loss,
        boolean hedged) {
    /** Copies the venues. */
    public ShockedAccount {
        venues = List.copyOf(venues);
    }

    /**
     * An account in a row of a vault table.
     *
     * @throws IllegalArgumentException if the table does not list what it holds
     */
    public static ShockedAccount of(
            RiskTable vaultTable,
            int row,
            StressedAccount account,
            List<String> venues,
            long initialMargin,
            long equity) {
        return new ShockedAccount(
                account.number(),
                account.member(),
                venues,
                initialMargin,
                account.credit(vaultTable),
                equity,
                account.loss(vaultTable, row),
                hedged(vaultTable, account));
    }

    private static boolean hedged(RiskTable table, StressedAccount account) {
        Set<String> sides = new HashSet<>();
        Stream<String> positions = account.lots().positions().stream()
                .flatMap(p -> sides(table.instrument(p.number()).orElseThrow().delta(), p.lots()));
        Stream<String> held = account.lots().collateral().stream()
                .flatMap(c -> sides(table.asset(c.number()).orElseThrow().delta(), c.lots()));
        Stream<String> owed = account.lots().debt().stream()
                .flatMap(d -> sides(table.asset(d.number()).orElseThrow().delta(), -d.lots()));
        Stream.of(positions, held, owed).flatMap(s -> s).forEach(sides::add);
        return sides.stream().anyMatch(side -> side.startsWith("+") && sides.contains("-" + side.substring(1)));
    }

    private static Stream<String> sides(List<Sensitivity> deltas, long lots) {
        return deltas.stream()
                .filter(delta -> delta.amount() != 0 && lots != 0)
                .map(delta -> (delta.amount() > 0 == lots > 0 ? "+" : "-") + delta.group());
    }
}
