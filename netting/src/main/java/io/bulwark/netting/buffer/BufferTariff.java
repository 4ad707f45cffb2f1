package io.bulwark.netting.buffer;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.money.PpmSum;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSymbol;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.contagion.ScenarioAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is published for an epoch: from it and from its own holdings anybody computes an account's buffer, without seeing the others.
 *
 * <p>Page: {@code docs/methodology/contagion.md}, "The charge". At a fixed tariff a charge is convex and piecewise linear in what is held, does not fall when a holding
 * grows, and is 0 for an empty account.
 *
 * @param groups liquidity groups
 * @param symbols what can be held
 * @param scenarios at least one
 * @param rules governed numbers
 * @param certified c′ by scenario
 * @param charged c_pub by scenario, at least c′
 * @param exits exit quantities and rates
 * @param vega what short volatility pays for its crowd
 */
public record BufferTariff(
        List<LiquidityGroup> groups,
        List<ContagionSymbol> symbols,
        List<ContagionScenario> scenarios,
        ContagionRules rules,
        List<ContagionVector> certified,
        List<ContagionVector> charged,
        ExitRates exits,
        VegaTariff vega) {
    /** Copies the lists. */
    public BufferTariff {
        groups = List.copyOf(groups);
        symbols = List.copyOf(symbols);
        scenarios = List.copyOf(scenarios);
        certified = List.copyOf(certified);
        charged = List.copyOf(charged);
    }

    /** The canonical encoding: schema {@code buffer-tariff.cddl}. */
    public byte[] encode() {
        return TariffEncoding.of(this).encode();
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws io.bulwark.clearing.document.CanonicalException if a field is missing, of another type or too many
     */
    public static BufferTariff of(CanonicalValue value) {
        return TariffEncoding.read(value);
    }

    /**
     * The charge of an account.
     *
     * @throws IllegalArgumentException if the account breaks a rule of {@link ContagionSystem}, or its vega is of other buckets
     */
    public BufferCharge charge(ContagionAccount account) {
        ContagionSystem alone = new ContagionSystem(groups, symbols, List.of(account), scenarios, rules);
        List<ScenarioAccount> rows = IntStream.range(0, scenarios.size())
                .mapToObj(s -> ScenarioAccount.of(alone, s, account))
                .toList();
        return charge(account, rows);
    }

    BufferCharge charge(ContagionAccount account, List<ScenarioAccount> rows) {
        long vegaMicro = vega.charge(account.vega());
        List<Long> transmitted = IntStream.range(0, rows.size())
                .mapToObj(s -> rows.get(s).transmitted(charged.get(s)))
                .toList();
        long[] held = largestHoldings(groups.size(), rows, certified);
        List<Long> closeOut = new ArrayList<>();
        PpmSum ownSize = new PpmSum();
        long excess = 0;
        for (int k = 0; k < groups.size(); k++) {
            PpmSum sum = new PpmSum();
            exits.longSide(k).addCharge(held[k], sum);
            exits.shortSide(k).addCharge(held[groups.size() + k], sum);
            exits.longSide(k).addOwnSize(held[k], ownSize);
            exits.shortSide(k).addOwnSize(held[groups.size() + k], ownSize);
            long cost = sum.up();
            closeOut.add(cost);
            long quiet = account.quietExitMicro().isEmpty()
                    ? 0
                    : account.quietExitMicro().get(k);
            excess += Math.max(0, cost - quiet);
        }
        long largest = transmitted.stream().mapToLong(Long::longValue).max().orElseThrow();
        return new BufferCharge(
                account.name(),
                transmitted,
                largest,
                closeOut,
                closeOut.stream().mapToLong(Long::longValue).sum(),
                ownSize.up(),
                excess,
                vegaMicro,
                Math.addExact(Math.addExact(largest, excess), vegaMicro));
    }

    /** What an account is long and short of, by component: the largest over the scenarios, options at the certified vectors. */
    static long[] largestHoldings(int groups, List<ScenarioAccount> rows, List<ContagionVector> certified) {
        long[] largest = new long[2 * groups];
        for (int s = 0; s < rows.size(); s++) {
            long[] amounts = rows.get(s).amounts(certified.get(s));
            int[] component = rows.get(s).component();
            for (int i = 0; i < amounts.length; i++) {
                largest[component[i]] = Math.max(largest[component[i]], amounts[i]);
            }
        }
        return largest;
    }
}
