package io.bulwark.insurance.monitor;

import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every account of an epoch in one scenario of the fund.
 *
 * @param row of the vault table
 * @param scenario in words
 * @param accounts in any order
 * @param apart numbers of accounts that do not rest on the fund: they lose, and are sold, like all others, and ask nothing of it
 * @param cascade the buffer's system in this one scenario, accounts named by number; empty for a house that publishes no buffer: then nothing is forced
 */
public record ShockedBook(
        int row,
        String scenario,
        List<ShockedAccount> accounts,
        Set<Integer> apart,
        Optional<ContagionSystem> cascade) {
    static final long MICRO_PER_U = 100;

    /** Copies the accounts. */
    public ShockedBook {
        accounts = List.copyOf(accounts);
        apart = Set.copyOf(apart);
    }

    /** Every account rests on the fund. */
    public ShockedBook(int row, String scenario, List<ShockedAccount> accounts, Optional<ContagionSystem> cascade) {
        this(row, scenario, accounts, Set.of(), cascade);
    }

    /** The same where some accounts, by number, do not rest on the fund. */
    public ShockedBook without(Set<Integer> some) {
        return new ShockedBook(row, scenario, accounts, some, cascade);
    }

    /**
     * The book in a row of a vault table.
     *
     * <p>First-order gains are the vault table's own. The delta of an option, by cell, is that of the buffer's scenario whose returns lie nearest to the row, the last of
     * equals: the vault table has no cells of its own.
     *
     * @param house the buffer's system of the epoch
     */
    public static ShockedBook of(
            RiskTable vaultTable,
            int row,
            String scenario,
            List<ShockedAccount> accounts,
            Optional<ContagionSystem> house) {
        Map<String, ShockedAccount> byName =
                accounts.stream().collect(Collectors.toMap(a -> Integer.toString(a.number()), Function.identity()));
        return new ShockedBook(row, scenario, accounts, house.map(system -> cascade(vaultTable, row, byName, system)));
    }

    private static ContagionSystem cascade(
            RiskTable vaultTable, int row, Map<String, ShockedAccount> accounts, ContagionSystem house) {
        IntColumn returns = IntColumn.of(house.groups().stream()
                .mapToInt(group -> move(vaultTable, row, group.name()))
                .toArray());
        int nearest = nearest(house.scenarios(), returns);
        List<ContagionAccount> shocked = house.accounts().stream()
                .flatMap(
                        account -> Optional.ofNullable(accounts.get(account.name()))
                                .map(a -> inScenario(account, nearest, a.loss()))
                                .stream())
                .toList();
        ContagionScenario scenario =
                new ContagionScenario(returns, IntColumn.zeros(house.symbols().size()));
        return new ContagionSystem(house.groups(), house.symbols(), shocked, List.of(scenario), house.rules());
    }

    private static int move(RiskTable table, int row, String group) {
        return table.groups().stream()
                .filter(g -> g.id().equals(group))
                .findFirst()
                .map(Group::number)
                .flatMap(table::movesOf)
                .map(moves -> moves.shock().at(row))
                .orElse(0);
    }

    private static int nearest(List<ContagionScenario> scenarios, IntColumn returns) {
        return IntStream.range(0, scenarios.size())
                .boxed()
                .min(Comparator.<Integer>comparingLong(
                                s -> distance(scenarios.get(s).returnPpm(), returns))
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }

    private static long distance(IntColumn one, IntColumn other) {
        return IntStream.range(0, one.length())
                .mapToLong(k -> Math.abs((long) one.at(k) - other.at(k)))
                .sum();
    }

    private static ContagionAccount inScenario(ContagionAccount account, int nearest, long loss) {
        List<Leg> legs = account.legs().stream()
                .<Leg>map(leg -> switch (leg) {
                    case Leg.Linear linear -> linear;
                    case Leg.Option option ->
                        new Leg.Option(
                                option.symbol(), List.of(option.deltaMicro().get(nearest)));
                })
                .toList();
        return new ContagionAccount(
                account.name(),
                account.owner(),
                legs,
                account.equityMicro(),
                account.maintenanceMicro(),
                account.quietExitMicro(),
                List.of(Math.multiplyExact(-loss, MICRO_PER_U)),
                account.vega());
    }
}
