package io.bulwark.netting.liquidity;

import io.bulwark.netting.liquidity.LiquidityObservations.OneSided;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all accounts of a house hold together, by side: nobody lowers it by holding both (margin formula, section 1.8).
 *
 * @param instruments lots by number
 * @param assets lots of collateral and of debt by number
 * @param deltas net delta of each account by group, u
 * @param vegas net vega of each account by group, u per volatility point
 */
record HouseInterest(
        Map<Integer, OneSided> instruments,
        Map<Integer, OneSided> assets,
        Map<Integer, OneSided> deltas,
        Map<Integer, OneSided> vegas) {

    /**
     * Of some accounts.
     *
     * @param table whose sensitivities count, with entries under their listed numbers
     */
    static HouseInterest of(List<MarginAccount> accounts, RiskTable table) {
        Map<Integer, OneSided> instruments = new TreeMap<>();
        Map<Integer, OneSided> assets = new TreeMap<>();
        Map<Integer, OneSided> deltas = new TreeMap<>();
        Map<Integer, OneSided> vegas = new TreeMap<>();
        for (MarginAccount account : accounts) {
            Map<Integer, Long> delta = new TreeMap<>();
            Map<Integer, Long> vega = new TreeMap<>();
            account.positions()
                    .forEach(held -> table.instrument(held.number()).ifPresent(risk -> {
                        add(instruments, held.number(), held.lots());
                        net(delta, risk.delta(), held.lots());
                        net(vega, risk.vega(), held.lots());
                    }));
            account.collateral().forEach(held -> of(table, assets, delta, held.number(), held.lots()));
            account.debt().forEach(owed -> of(table, assets, delta, owed.number(), -owed.lots()));
            delta.forEach((group, net) -> add(deltas, group, net));
            vega.forEach((group, net) -> add(vegas, group, net));
        }
        return new HouseInterest(instruments, assets, deltas, vegas);
    }

    private static void of(
            RiskTable table, Map<Integer, OneSided> assets, Map<Integer, Long> delta, int number, long signed) {
        table.asset(number).ifPresent(risk -> {
            add(assets, number, signed);
            net(delta, risk.delta(), signed);
        });
    }

    private static void net(Map<Integer, Long> net, List<Sensitivity> sensitivities, long lots) {
        sensitivities.forEach(s -> net.merge(s.group(), Math.multiplyExact(lots, (long) s.amount()), Math::addExact));
    }

    private static void add(Map<Integer, OneSided> sums, int number, long signed) {
        sums.merge(number, OneSided.NONE.plus(signed), (sum, one) -> sum.plus(signed));
    }

    static OneSided of(Map<Integer, OneSided> sums, int number) {
        return sums.getOrDefault(number, OneSided.NONE);
    }
}
