package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.MoneyRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything from which vectors, certificates and charges follow.
 *
 * @param groups liquidity groups
 * @param symbols what can be held
 * @param accounts all accounts of the house, names different
 * @param scenarios at least one
 * @param rules governed numbers
 */
public record ContagionSystem(
        List<LiquidityGroup> groups,
        List<ContagionSymbol> symbols,
        List<ContagionAccount> accounts,
        List<ContagionScenario> scenarios,
        ContagionRules rules) {
    /**
     * Checks shape and ranges.
     *
     * @throws IllegalArgumentException naming the entry that breaks a rule
     */
    public ContagionSystem {
        groups = List.copyOf(groups);
        symbols = List.copyOf(symbols);
        accounts = List.copyOf(accounts);
        scenarios = List.copyOf(scenarios);
        if (scenarios.isEmpty()) {
            throw new IllegalArgumentException("scenarios must not be empty");
        }
        for (ContagionSymbol symbol : symbols) {
            if (symbol.group() < 0 || symbol.group() >= groups.size()) {
                throw new IllegalArgumentException("group of symbol " + symbol.name() + " must be within 0 … "
                        + (groups.size() - 1) + "; have " + symbol.group());
            }
        }
        for (ContagionScenario scenario : scenarios) {
            scenario.check(groups.size(), symbols.size());
        }
        new AccountRules(groups, symbols, scenarios.size()).check(accounts);
    }

    /** The same with other accounts. */
    public ContagionSystem withAccounts(List<ContagionAccount> others) {
        return new ContagionSystem(groups, symbols, others, scenarios, rules);
    }

    /** The rules that accounts obey. */
    private record AccountRules(List<LiquidityGroup> groups, List<ContagionSymbol> symbols, int scenarios) {
        void check(List<ContagionAccount> accounts) {
            Set<String> names = new HashSet<>();
            MoneyRange equity = new MoneyRange("equity");
            MoneyRange maintenance = new MoneyRange("maintenance");
            MoneyRange value = new MoneyRange("value");
            for (ContagionAccount account : accounts) {
                if (!names.add(account.name())) {
                    throw new IllegalArgumentException("account " + account.name() + " must stand once");
                }
                equity.add(account.name(), account.equityMicro());
                MoneyRange.notNegative("maintenance of account " + account.name(), account.maintenanceMicro());
                maintenance.add(account.name(), account.maintenanceMicro());
                account.legs().forEach(leg -> leg(account, leg, value));
                shape(account);
            }
        }

        private void leg(ContagionAccount account, ContagionAccount.Leg leg, MoneyRange value) {
            if (leg.symbol() < 0 || leg.symbol() >= symbols.size()) {
                throw new IllegalArgumentException("symbol of a leg of account " + account.name()
                        + " must be within 0 … " + (symbols.size() - 1) + "; have " + leg.symbol());
            }
            switch (leg) {
                case ContagionAccount.Leg.Linear linear -> value.add(account.name(), linear.valueMicro());
                case ContagionAccount.Leg.Option option -> {
                    int cells = groups.get(symbols.get(option.symbol()).group())
                            .cellsPpm()
                            .size();
                    if (cells == 0
                            || option.deltaMicro().size() != scenarios
                            || option.deltaMicro().stream().anyMatch(row -> row.size() != cells)) {
                        throw new IllegalArgumentException("an option of account " + account.name() + " must have "
                                + cells + " deltas, at least one, in each of " + scenarios + " scenarios");
                    }
                    value.add(account.name(), option.sizeMicro());
                }
            }
        }

        private void shape(ContagionAccount account) {
            if (!account.quietExitMicro().isEmpty() && account.quietExitMicro().size() != groups.size()) {
                throw new IllegalArgumentException(
                        "quietExitMicro of account " + account.name() + " must have " + groups.size() + " entries; has "
                                + account.quietExitMicro().size());
            }
            account.quietExitMicro()
                    .forEach(quiet -> MoneyRange.notNegative("quietExitMicro of account " + account.name(), quiet));
            if (!account.gainsMicro().isEmpty() && account.gainsMicro().size() != scenarios) {
                throw new IllegalArgumentException("gains of account " + account.name() + " must have " + scenarios
                        + " entries; has " + account.gainsMicro().size());
            }
            MoneyRange gains = new MoneyRange("largest gain or loss");
            gains.add(account.name(), ContagionAccount.largest(account.gainsMicro()));
        }
    }
}
