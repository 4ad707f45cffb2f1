package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.PpmSum;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One account, or the accounts of one owner merged, in one scenario: what is long and short of each group, and how far it is from being sold. */
public final class ScenarioAccount {
    private static final long[] NOTHING = {};

    private final int[] component;
    private final long[] amount;
    private final List<OptionNet> options;

    /** Places of what each of the options is long and short of. */
    private final int[] longPlace;

    private final int[] shortPlace;
    private final long gain;
    private final long equity;
    private final long maintenance;
    private final long span;

    private ScenarioAccount(
            ContagionSystem system, Position position, SortedMap<Integer, Long> amounts, List<OptionNet> options) {
        int groups = system.groups().size();
        this.options = options;
        this.component = new int[amounts.size()];
        this.amount = new long[component.length];
        int place = 0;
        for (Map.Entry<Integer, Long> held : amounts.entrySet()) {
            component[place] = held.getKey();
            amount[place] = held.getValue();
            place++;
        }
        this.longPlace = new int[options.size()];
        this.shortPlace = new int[options.size()];
        for (int o = 0; o < longPlace.length; o++) {
            longPlace[o] = Arrays.binarySearch(component, options.get(o).group());
            shortPlace[o] =
                    Arrays.binarySearch(component, groups + options.get(o).group());
        }
        this.gain = position.gain();
        this.equity = position.equity();
        this.maintenance = position.maintenance();
        this.span = Math.max(1, Ppm.shareDown(maintenance, system.rules().spanPpm()));
    }

    /** What there is of money, with the first-order gain of the scenario. */
    private record Position(long gain, long equity, long maintenance) {}

    /** Legs net within a group, an unwind set and, in one scenario, an equal basis. */
    private record NetKey(int group, String unwindSet, int basisPpm) implements Comparable<NetKey> {
        @Override
        public int compareTo(NetKey other) {
            int first = Integer.compare(group, other.group);
            int second = first != 0 ? first : unwindSet.compareTo(other.unwindSet);
            return second != 0 ? second : Integer.compare(basisPpm, other.basisPpm);
        }
    }

    /**
     * Legs that net with each other.
     *
     * @param linear net of those whose delta does not move with the price, micro-USD
     * @param options the others
     */
    private record NetSet(int group, long linear, List<Leg.Option> options) {}

    /** An account in every scenario of a system. What nets with what depends on the basis alone, and is found once for each. */
    static List<ScenarioAccount> inEvery(ContagionSystem system, ContagionAccount account) {
        Map<IntColumn, List<NetSet>> known = new HashMap<>();
        List<ScenarioAccount> rows = new ArrayList<>();
        for (int s = 0; s < system.scenarios().size(); s++) {
            IntColumn basis = system.scenarios().get(s).basisPpm();
            rows.add(of(
                    system,
                    s,
                    position(system, s, account),
                    known.computeIfAbsent(basis, b -> sets(system, b, account.legs()))));
        }
        return List.copyOf(rows);
    }

    public static ScenarioAccount of(ContagionSystem system, int scenario, ContagionAccount account) {
        return of(
                system,
                scenario,
                position(system, scenario, account),
                sets(system, system.scenarios().get(scenario).basisPpm(), account.legs()));
    }

    private static Position position(ContagionSystem system, int scenario, ContagionAccount account) {
        return new Position(gain(system, scenario, account), account.equityMicro(), account.maintenanceMicro());
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
                        gain,
                        accounts.stream()
                                .mapToLong(ContagionAccount::equityMicro)
                                .sum(),
                        accounts.stream()
                                .mapToLong(ContagionAccount::maintenanceMicro)
                                .sum()),
                sets(system, system.scenarios().get(scenario).basisPpm(), legs));
    }

    private static List<NetSet> sets(ContagionSystem system, IntColumn basisPpm, List<Leg> legs) {
        SortedMap<NetKey, List<Leg>> sets = new TreeMap<>();
        for (Leg leg : legs) {
            ContagionSymbol symbol = system.symbols().get(leg.symbol());
            sets.computeIfAbsent(
                            new NetKey(symbol.group(), symbol.unwindSet(), basisPpm.at(leg.symbol())),
                            key -> new ArrayList<>())
                    .add(leg);
        }
        List<NetSet> nets = new ArrayList<>();
        sets.forEach((key, together) -> {
            long linear = 0;
            List<Leg.Option> options = new ArrayList<>();
            for (Leg leg : together) {
                switch (leg) {
                    case Leg.Linear held -> linear += held.valueMicro();
                    case Leg.Option option -> options.add(option);
                }
            }
            nets.add(new NetSet(key.group(), linear, options));
        });
        return nets;
    }

    private static ScenarioAccount of(ContagionSystem system, int scenario, Position position, List<NetSet> sets) {
        SortedMap<Integer, Long> amounts = new TreeMap<>();
        List<OptionNet> options = new ArrayList<>();
        int groups = system.groups().size();
        for (NetSet set : sets) {
            if (set.options().isEmpty()) {
                if (set.linear() != 0) {
                    amounts.merge(
                            set.linear() > 0 ? set.group() : groups + set.group(), Math.abs(set.linear()), Long::sum);
                }
            } else {
                amounts.putIfAbsent(set.group(), 0L);
                amounts.putIfAbsent(groups + set.group(), 0L);
                options.add(optionNet(system, scenario, set));
            }
        }
        return new ScenarioAccount(system, position, amounts, List.copyOf(options));
    }

    private static OptionNet optionNet(ContagionSystem system, int scenario, NetSet set) {
        List<Integer> cells = system.groups().get(set.group()).cellsPpm();
        long[] net = new long[cells.size()];
        Arrays.fill(net, set.linear());
        for (Leg.Option option : set.options()) {
            List<Long> deltas = option.deltaMicro().get(scenario);
            for (int cell = 0; cell < net.length; cell++) {
                net[cell] += deltas.get(cell);
            }
        }
        return OptionNet.of(
                set.group(), cells, system.scenarios().get(scenario).returnPpm().at(set.group()), net);
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
        for (int o = 0; o < longPlace.length; o++) {
            OptionNet net = options.get(o);
            now[longPlace[o]] += net.longNet(vector.down(net.group()));
            now[shortPlace[o]] += net.shortNet(vector.up(net.group()));
        }
        return now;
    }

    /** Which components of a vector hit this account: a group's number where it is long, groups + number where it is short. */
    public int[] component() {
        return component;
    }

    /** T = ⌈Σ (L·d + S·u) / 10⁶⌉: second-order loss; rounded once an account. */
    public long transmitted(ContagionVector vector) {
        return transmitted(vector, amounts(vector));
    }

    private long transmitted(ContagionVector vector, long[] now) {
        IntColumn rates = vector.rates();
        PpmSum sum = new PpmSum();
        for (int i = 0; i < component.length; i++) {
            sum.add(now[i], rates.at(component[i]));
        }
        return sum.up();
    }

    /**
     * What is forced to be sold and bought, by {@link #component()}, rounded up; empty where nothing is.
     *
     * @param cut of the first-order gain
     */
    long[] forced(ContagionVector vector, long cut) {
        long[] now = amounts(vector);
        int liquidated = liquidated(equity + gain - cut - transmitted(vector, now));
        if (liquidated == 0) {
            return NOTHING;
        }
        long[] forced = new long[now.length];
        for (int i = 0; i < forced.length; i++) {
            forced[i] = Ppm.shareUp(now[i], liquidated);
        }
        return forced;
    }

    /** Equity left after the scenario, the cut of gains and the second-order loss. */
    long left(ContagionVector vector, long cut) {
        return equity + gain - cut - transmitted(vector);
    }

    /** g: share of the account that is sold, ppm, rounded up. */
    int liquidated(ContagionVector vector, long cut) {
        return liquidated(left(vector, cut));
    }

    private int liquidated(long left) {
        long missing = maintenance - left;
        return missing <= 0 ? 0 : Ppm.ratioUp(missing, span);
    }
}
