package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.PpmSum;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** One account, or the accounts of one owner merged, in one scenario: what is long and short of each group, and how far it is from being sold. */
public final class ScenarioAccount {
    private final int[] component;
    private final long[] amount;
    private final List<OptionNet> options;
    private final int groups;
    private final long gain;
    private final long equity;
    private final long maintenance;
    private final long span;

    private ScenarioAccount(
            ContagionSystem system, Position position, Map<Integer, Long> amounts, List<OptionNet> options) {
        this.groups = system.groups().size();
        this.options = options;
        this.component = amounts.keySet().stream().mapToInt(Integer::intValue).toArray();
        this.amount = amounts.values().stream().mapToLong(Long::longValue).toArray();
        this.gain = position.gain();
        this.equity = position.equity();
        this.maintenance = position.maintenance();
        this.span = Math.max(1, Ppm.shareDown(maintenance, system.rules().spanPpm()));
    }

    /** What is held, with the first-order gain of the scenario. */
    private record Position(List<Leg> legs, long gain, long equity, long maintenance) {}

    /** Legs net within a group, an unwind set and, in this scenario, an equal basis. */
    private record NetKey(int group, String unwindSet, int basisPpm) implements Comparable<NetKey> {
        @Override
        public int compareTo(NetKey other) {
            int first = Integer.compare(group, other.group);
            int second = first != 0 ? first : unwindSet.compareTo(other.unwindSet);
            return second != 0 ? second : Integer.compare(basisPpm, other.basisPpm);
        }
    }

    public static ScenarioAccount of(ContagionSystem system, int scenario, ContagionAccount account) {
        return of(
                system,
                scenario,
                new Position(
                        account.legs(),
                        gain(system, scenario, account),
                        account.equityMicro(),
                        account.maintenanceMicro()));
    }

    /** The accounts of one owner as one: legs netted again, equity and maintenance margin added up. */
    static ScenarioAccount merged(ContagionSystem system, int scenario, List<ContagionAccount> accounts) {
        List<Leg> legs = accounts.stream().flatMap(a -> a.legs().stream()).toList();
        boolean tabled = accounts.stream().anyMatch(a -> !a.gainsMicro().isEmpty());
        long gain = tabled
                ? accounts.stream().mapToLong(a -> gain(system, scenario, a)).sum()
                : linearGain(system, scenario, legs);
        return of(
                system,
                scenario,
                new Position(
                        legs,
                        gain,
                        accounts.stream()
                                .mapToLong(ContagionAccount::equityMicro)
                                .sum(),
                        accounts.stream()
                                .mapToLong(ContagionAccount::maintenanceMicro)
                                .sum()));
    }

    private static ScenarioAccount of(ContagionSystem system, int scenario, Position position) {
        TreeMap<NetKey, List<Leg>> sets = new TreeMap<>();
        for (Leg leg : position.legs()) {
            ContagionSymbol symbol = system.symbols().get(leg.symbol());
            int basis = system.scenarios().get(scenario).basisPpm().at(leg.symbol());
            sets.computeIfAbsent(new NetKey(symbol.group(), symbol.unwindSet(), basis), key -> new ArrayList<>())
                    .add(leg);
        }
        TreeMap<Integer, Long> amounts = new TreeMap<>();
        List<OptionNet> options = new ArrayList<>();
        int groups = system.groups().size();
        sets.forEach((key, legs) -> {
            long linear = legs.stream()
                    .mapToLong(leg -> leg instanceof Leg.Linear held ? held.valueMicro() : 0)
                    .sum();
            if (legs.stream().allMatch(Leg.Linear.class::isInstance)) {
                if (linear != 0) {
                    amounts.merge(linear > 0 ? key.group() : groups + key.group(), Math.abs(linear), Long::sum);
                }
            } else {
                amounts.putIfAbsent(key.group(), 0L);
                amounts.putIfAbsent(groups + key.group(), 0L);
                options.add(optionNet(system, scenario, key.group(), linear, legs));
            }
        });
        return new ScenarioAccount(system, position, amounts, List.copyOf(options));
    }

    private static OptionNet optionNet(ContagionSystem system, int scenario, int group, long linear, List<Leg> legs) {
        List<Integer> cells = system.groups().get(group).cellsPpm();
        long[] net = new long[cells.size()];
        Arrays.fill(net, linear);
        for (Leg leg : legs) {
            if (leg instanceof Leg.Option option) {
                List<Long> deltas = option.deltaMicro().get(scenario);
                for (int cell = 0; cell < net.length; cell++) {
                    net[cell] += deltas.get(cell);
                }
            }
        }
        return OptionNet.of(
                group, cells, system.scenarios().get(scenario).returnPpm().at(group), net);
    }

    private static long gain(ContagionSystem system, int scenario, ContagionAccount account) {
        return account.gainsMicro().isEmpty()
                ? linearGain(system, scenario, account.legs())
                : account.gainsMicro().get(scenario);
    }

    /** ⌊Σ V·(r + basis) / 10⁶⌋ over the linear legs. */
    private static long linearGain(ContagionSystem system, int scenario, List<Leg> legs) {
        ContagionScenario moves = system.scenarios().get(scenario);
        PpmSum sum = new PpmSum();
        for (Leg leg : legs) {
            switch (leg) {
                case Leg.Linear held -> {
                    int group = system.symbols().get(held.symbol()).group();
                    sum.add(
                            held.valueMicro(),
                            (long) moves.returnPpm().at(group)
                                    + moves.basisPpm().at(held.symbol()));
                }
                case Leg.Option option ->
                    throw new IllegalArgumentException("an account with an option, symbol " + option.symbol()
                            + ", must bring its gain of every scenario");
            }
        }
        return sum.down();
    }

    /** First-order gain of the scenario, micro-USD. */
    public long gain() {
        return gain;
    }

    /** What is long and short under a vector, by {@link #component()}; only options depend on it. */
    public long[] amounts(ContagionVector vector) {
        if (options.isEmpty()) {
            return amount;
        }
        long[] now = amount.clone();
        for (OptionNet net : options) {
            now[place(net.group())] += net.longNet(vector.down(net.group()));
            now[place(groups + net.group())] += net.shortNet(vector.up(net.group()));
        }
        return now;
    }

    private int place(int wanted) {
        return IntStream.range(0, component.length)
                .filter(i -> component[i] == wanted)
                .findFirst()
                .orElseThrow();
    }

    /** Which components of a vector hit this account: a group's number where it is long, groups + number where it is short. */
    public int[] component() {
        return component;
    }

    /** T = ⌈Σ (L·d + S·u) / 10⁶⌉: second-order loss; rounded once an account. */
    public long transmitted(ContagionVector vector) {
        long[] now = amounts(vector);
        IntColumn rates = vector.rates();
        PpmSum sum = new PpmSum();
        for (int i = 0; i < component.length; i++) {
            sum.add(now[i], rates.at(component[i]));
        }
        return sum.up();
    }

    /** Equity left after the scenario, the cut of gains and the second-order loss. */
    long left(ContagionVector vector, long cut) {
        return equity + gain - cut - transmitted(vector);
    }

    /** g: share of the account that is sold, ppm, rounded up. */
    int liquidated(ContagionVector vector, long cut) {
        long missing = maintenance - left(vector, cut);
        return missing <= 0 ? 0 : Ppm.ratioUp(missing, span);
    }
}
