package io.bulwark.netting.buffer;

import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.FixedPoint;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.netting.contagion.ScenarioAccount;
import java.util.List;
import java.util.stream.IntStream;

/** The buffer of a whole book: certified vectors, forced flows, headroom, and the tariff from which the charge of every account follows. */
public final class ContagionBuffer {
    private final ContagionSystem system;
    private final List<ContagionMap> maps;
    private final List<ForcedFlows> flows;
    private final BufferTariff tariff;
    private final BufferAdmission.Standing standing;

    private ContagionBuffer(
            ContagionSystem system,
            List<ContagionMap> maps,
            List<ContagionVector> certified,
            List<ContagionVector> charged,
            VegaTariff vega) {
        this.system = system;
        this.maps = maps;
        this.flows = flows(maps, certified);
        this.tariff = new BufferTariff(
                system.groups(),
                system.symbols(),
                system.scenarios(),
                system.rules(),
                certified,
                charged,
                ExitRates.of(system, sides(system, maps, certified), ForcedFlows.largest(flows)),
                vega);
        this.standing = new BufferAdmission.Standing(system, maps, certified);
    }

    /** The buffer at the least fixed points, certified and charged at once, for a book whose short volatility pays nothing. */
    public static ContagionBuffer atFixedPoints(ContagionSystem system) {
        return atFixedPoints(system, VegaTariff.NONE);
    }

    /** The buffer at the least fixed points, certified and charged at once. */
    static ContagionBuffer atFixedPoints(ContagionSystem system, VegaTariff vega) {
        List<ContagionVector> least = leastFixedPoints(system);
        return new ContagionBuffer(system, ContagionMap.inEvery(system), least, least, vega);
    }

    /** c* by scenario. */
    static List<ContagionVector> leastFixedPoints(ContagionSystem system) {
        return ContagionMap.inEvery(system).stream()
                .map(ContagionMap::leastFixedPoint)
                .map(FixedPoint::point)
                .toList();
    }

    /**
     * The buffer at published vectors.
     *
     * @param certified c′ by scenario
     * @param charged c_pub by scenario, at least c′
     * @param vega what short volatility pays
     * @throws IllegalArgumentException if a certificate does not hold or a charged vector lies below it
     */
    public static ContagionBuffer published(
            ContagionSystem system, List<ContagionVector> certified, List<ContagionVector> charged, VegaTariff vega) {
        List<ContagionMap> maps = ContagionMap.inEvery(system);
        if (certified.size() != maps.size() || charged.size() != maps.size()) {
            throw new IllegalArgumentException("there must be a certified and a charged vector for each of "
                    + maps.size() + " scenarios; have " + certified.size() + " and " + charged.size());
        }
        for (int s = 0; s < maps.size(); s++) {
            if (!maps.get(s).holds(certified.get(s))) {
                throw new IllegalArgumentException(
                        "certified vector of scenario " + s + " must dominate its image; it does not");
            }
            if (!certified.get(s).atMost(charged.get(s))) {
                throw new IllegalArgumentException(
                        "charged vector of scenario " + s + " must not lie below the certified one");
            }
        }
        return new ContagionBuffer(system, maps, certified, charged, vega);
    }

    static List<ForcedFlows> flows(List<ContagionMap> maps, List<ContagionVector> vectors) {
        return IntStream.range(0, maps.size())
                .mapToObj(s -> maps.get(s).flows(vectors.get(s)))
                .toList();
    }

    /** Λ by component: everything that is long of every group, then short, an account counted at its largest over the scenarios. */
    static long[] sides(ContagionSystem system, List<ContagionMap> maps, List<ContagionVector> vectors) {
        return sides(
                system,
                maps,
                vectors,
                IntStream.range(0, system.accounts().size()).toArray());
    }

    /** The same of some accounts, by place. */
    static long[] sides(
            ContagionSystem system, List<ContagionMap> maps, List<ContagionVector> vectors, int[] accounts) {
        int groups = system.groups().size();
        long[] sides = new long[2 * groups];
        for (int a : accounts) {
            long[] held = BufferTariff.largestHoldings(groups, rows(maps, a), vectors);
            for (int i = 0; i < sides.length; i++) {
                sides[i] = Math.addExact(sides[i], held[i]);
            }
        }
        return sides;
    }

    private static List<ScenarioAccount> rows(List<ContagionMap> maps, int account) {
        return maps.stream().map(map -> map.book().row(account)).toList();
    }

    /** The book from which a step is judged. */
    BufferAdmission.Standing standing() {
        return standing;
    }

    /** Whether it is of this book. */
    boolean isOf(ContagionSystem other) {
        return system.equals(other);
    }

    /** What is published. */
    public BufferTariff tariff() {
        return tariff;
    }

    /** F(c′) by scenario. */
    public List<ForcedFlows> flows() {
        return flows;
    }

    /** F̄ by scenario. */
    public List<ForcedFlows> headroom() {
        return IntStream.range(0, maps.size())
                .mapToObj(s -> maps.get(s).headroom(tariff.certified().get(s)))
                .toList();
    }

    /** The charge of an account, by place in the system. */
    public BufferCharge charge(int account) {
        return tariff.charge(system.accounts().get(account), rows(maps, account));
    }
}
