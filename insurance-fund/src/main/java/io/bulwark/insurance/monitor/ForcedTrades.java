package io.bulwark.insurance.monitor;

import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.ContagionBuffer;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.netting.contagion.LiquidityGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What a scenario forces, solved again and again with channels on and off. */
final class ForcedTrades {
    private final ShockedBook book;
    private final Levers levers;
    private final Optional<ContagionSystem> system;
    private final List<ContagionAccount> tradable;

    private ForcedTrades(
            ShockedBook book, Levers levers, Optional<ContagionSystem> system, List<ContagionAccount> tradable) {
        this.book = book;
        this.levers = levers;
        this.system = system;
        this.tradable = tradable;
    }

    /**
     * The losses that follow.
     *
     * @param accounts in the order of the book
     * @param pressure by asset
     */
    record Reached(List<AccountLoss> accounts, List<AssetPressure> pressure) {}

    static ForcedTrades of(ShockedBook book, Levers levers) {
        Map<String, ShockedAccount> known = new TreeMap<>();
        book.accounts().forEach(a -> known.put(Integer.toString(a.number()), a));
        Optional<ContagionSystem> system = book.cascade()
                .map(s -> new ContagionSystem(
                        s.groups().stream().map(levers::on).toList(),
                        s.symbols(),
                        s.accounts().stream()
                                .map(a -> levers.on(
                                        a,
                                        levers.topUp(Objects.requireNonNull(known.get(a.name()))
                                                .initialMargin())))
                                .toList(),
                        s.scenarios(),
                        s.rules()));
        List<ContagionAccount> tradable = system.stream()
                .flatMap(s -> s.accounts().stream())
                .filter(a -> levers.pausedVenue()
                        .filter(Objects.requireNonNull(known.get(a.name())).venues()::contains)
                        .isEmpty())
                .toList();
        return new ForcedTrades(book, levers, system, tradable);
    }

    /** The buffer's system with levers pulled; empty for a house that publishes no buffer. */
    Optional<ContagionSystem> system() {
        return system;
    }

    /** Its accounts that may be sold. */
    List<ContagionAccount> tradable() {
        return tradable;
    }

    /**
     * Solves with some channels off.
     *
     * @param moves whether the scenario's own prices move
     * @param pressed assets whose prices forced trades move
     */
    Reached reached(boolean moves, Predicate<String> pressed) {
        if (system.isEmpty()) {
            return new Reached(
                    book.accounts().stream().map(a -> loss(a, moves, 0, 0)).toList(), List.of());
        }
        ContagionSystem traded = channels(system.get(), tradable, moves, pressed);
        ContagionBuffer buffer = ContagionBuffer.atFixedPoints(traded);
        ContagionVector vector = buffer.tariff().certified().getFirst();
        Map<String, Long> forced = transmitted(traded, buffer, vector);
        Map<String, Integer> sold = sold(traded, vector);
        List<AccountLoss> losses = book.accounts().stream()
                .map(a -> {
                    String name = Integer.toString(a.number());
                    return loss(a, moves, forced.getOrDefault(name, 0L), sold.getOrDefault(name, 0));
                })
                .toList();
        return new Reached(losses, pressure(traded, vector, buffer.flows().getFirst()));
    }

    private static Map<String, Integer> sold(ContagionSystem traded, ContagionVector vector) {
        List<Integer> shares = new ContagionMap(traded, 0).liquidated(vector);
        Map<String, Integer> sold = new HashMap<>();
        IntStream.range(0, shares.size())
                .forEach(i -> sold.put(traded.accounts().get(i).name(), shares.get(i)));
        return sold;
    }

    /** T of every account: of those that may be sold as solved, of the others under the same vector. */
    private Map<String, Long> transmitted(ContagionSystem traded, ContagionBuffer buffer, ContagionVector vector) {
        Map<String, Long> transmitted = new HashMap<>();
        for (int i = 0; i < traded.accounts().size(); i++) {
            transmitted.put(traded.accounts().get(i).name(), buffer.charge(i).transmitted());
        }
        List<ContagionAccount> paused = system.stream()
                .flatMap(s -> s.accounts().stream())
                .filter(a -> !transmitted.containsKey(a.name()))
                .toList();
        transmitted.putAll(transmitted(traded.withAccounts(paused), vector));
        return transmitted;
    }

    private AccountLoss loss(ShockedAccount account, boolean moves, long forcedMicro, int soldPpm) {
        return AccountLoss.of(
                account,
                moves ? account.loss() : 0,
                Counterfactual.inU(forcedMicro),
                Math.addExact(account.held(), levers.topUp(account.initialMargin())),
                soldPpm);
    }

    private static ContagionSystem channels(
            ContagionSystem system, List<ContagionAccount> accounts, boolean moves, Predicate<String> pressed) {
        List<LiquidityGroup> groups = system.groups().stream()
                .map(g -> pressed.test(g.name()) ? g : Levers.still(g))
                .toList();
        List<ContagionAccount> held =
                moves ? accounts : accounts.stream().map(ForcedTrades::unmoved).toList();
        return new ContagionSystem(groups, system.symbols(), held, system.scenarios(), system.rules());
    }

    private static ContagionAccount unmoved(ContagionAccount account) {
        return account.with(account.equityMicro(), account.maintenanceMicro(), List.of(0L));
    }

    /** T of every account under a vector, by name. */
    static Map<String, Long> transmitted(ContagionSystem system, ContagionVector vector) {
        BufferTariff none =
                ContagionBuffer.atFixedPoints(system.withAccounts(List.of())).tariff();
        BufferTariff tariff = new BufferTariff(
                none.groups(),
                none.symbols(),
                none.scenarios(),
                none.rules(),
                List.of(vector),
                List.of(vector),
                none.exits(),
                none.vega());
        Map<String, Long> transmitted = new HashMap<>();
        system.accounts()
                .forEach(a -> transmitted.put(a.name(), tariff.charge(a).transmitted()));
        return transmitted;
    }

    private static List<AssetPressure> pressure(ContagionSystem system, ContagionVector vector, ForcedFlows flows) {
        ContagionScenario scenario = system.scenarios().getFirst();
        List<AssetPressure> pressure = new ArrayList<>();
        for (int k = 0; k < system.groups().size(); k++) {
            pressure.add(new AssetPressure(
                    system.groups().get(k).name(),
                    scenario.returnPpm().at(k),
                    vector.down(k),
                    vector.up(k),
                    Counterfactual.inU(flows.sale(k)),
                    Counterfactual.inU(flows.purchase(k))));
        }
        return pressure;
    }
}
