package io.bulwark.netting.action;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.formula.MarginLine.Role;
import io.bulwark.netting.margin.HouseAllocation;
import io.bulwark.netting.margin.MarginAdmission;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.SizeCharge;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * The trades that bring an account which is liquidated back to where a call is met, in the order in which they go out; after each the
 * account is margined again and the rest is planned anew.
 *
 * <p>Neutrality first: as long as a batch helps that leaves the account no more exposed to prices than it was, summed over its groups,
 * no other goes out. Among those that may go the one that brings most excess for what it costs is next, the lower number on ties. What is
 * owed where collateral stands is repaid out of that collateral in one batch, as a lending protocol does it; cash that stands at no venue
 * repays nothing there.
 *
 * <p>A batch trades at the far end of the price band of {@link ActionTable}, which the margin holds already; what it moves the market is
 * estimated beside by the table's own charge for unwinding a net delta.
 *
 * @param batches in their order
 * @param excess what the account has beyond what meets the call afterwards, u; below 0 where no batch helps any more
 */
public record LiquidationPlan(List<Batch> batches, long excess) {
    /** With more batches than this a plan is left where it is. */
    public static final int BATCHES_MAX = 400;

    /** Copies. */
    public LiquidationPlan {
        batches = List.copyOf(batches);
    }

    /**
     * One batch.
     *
     * @param fills one trade, or the sale of collateral and the repayment that it pays for
     * @param isNeutral whether it leaves the account no more exposed
     * @param cost at the far end of the price band against the table's marks, and what unwinding its delta costs by the table's
     *     charge, u, rounded up
     * @param excess what the account has beyond what meets the call afterwards, u
     */
    public record Batch(List<Fill> fills, boolean isNeutral, long cost, long excess) {
        /** Copies. */
        public Batch {
            fills = List.copyOf(fills);
        }
    }

    /** Whether the call is met afterwards. */
    public boolean restores() {
        return excess >= 0;
    }

    /** What it costs, u. */
    public long cost() {
        return batches.stream().mapToLong(Batch::cost).reduce(0, Math::addExact);
    }

    /**
     * The plan of an account.
     *
     * @param rules the action table; no batch is planned that it refuses
     * @param account admitted by the table
     * @param clearance share of IM by which the excess must pass 0, ppm: where a call is met
     * @param slices into how many batches an entry is cut, ≥ 1
     */
    public static LiquidationPlan of(ActionTable rules, MarginAccount account, long clearance, int slices) {
        return new Search(rules, clearance, slices, account).plan();
    }

    private static final class Search {
        private final ActionTable rules;
        private final RiskTable table;
        private final long clearance;
        private final int slices;
        private final Map<Line, Long> whole = new TreeMap<>();
        private MarginAccount account;
        private long now;

        /** An entry of the account. */
        private record Line(Role role, int number) implements Comparable<Line> {
            @Override
            public int compareTo(Line other) {
                int byRole = role.compareTo(other.role);
                return byRole != 0 ? byRole : Integer.compare(number, other.number);
            }
        }

        Search(ActionTable rules, long clearance, int slices, MarginAccount account) {
            this.rules = rules;
            this.table = rules.table();
            this.clearance = clearance;
            this.slices = slices;
            this.account = account;
            this.now = beyond(account);
            lines(account).forEach((line, lots) -> whole.put(line, Math.absExact(lots)));
        }

        LiquidationPlan plan() {
            List<Batch> batches = new ArrayList<>();
            while (now < 0 && batches.size() < BATCHES_MAX) {
                Optional<Batch> next = next();
                if (next.isEmpty()) {
                    break;
                }
                batches.add(next.get());
                account = action(next.get().fills()).applyTo(account);
                now = next.get().excess();
            }
            return new LiquidationPlan(batches, now);
        }

        /** E − IM, less the buffer and the clearance, u; the least number for an account that is not admitted. */
        private long beyond(MarginAccount of) {
            if (MarginAdmission.firstFault(table, of).isPresent()) {
                return Long.MIN_VALUE;
            }
            HouseAllocation house = rules.house(of);
            long margin = house.counting().requirement().initialMargin();
            return Math.subtractExact(
                    house.excess(), Math.ceilDiv(Math.multiplyExact(margin, clearance), (long) Ppm.ONE));
        }

        private Optional<Batch> next() {
            Optional<Batch> best = Optional.empty();
            for (Map.Entry<Line, Long> held : lines(account).entrySet()) {
                for (LongFunction<List<Fill>> step : steps(held.getKey(), held.getValue())) {
                    Optional<Batch> batch = batch(step, most(held.getKey(), held.getValue()));
                    if (batch.isPresent() && (best.isEmpty() || isBetter(batch.get(), best.get()))) {
                        best = batch;
                    }
                }
            }
            return best;
        }

        private long most(Line line, long lots) {
            return Math.min(Math.absExact(lots), Math.ceilDiv(whole.getOrDefault(line, Math.absExact(lots)), slices));
        }

        /** What may be done with an entry: smaller by itself or with what hedges it; collateral against each debt at its place. */
        private List<LongFunction<List<Fill>>> steps(Line line, long lots) {
            return switch (line.role()) {
                case POSITION -> positionSteps(line, lots);
                case COLLATERAL -> collateralSteps(line, lots);
                case DEBT -> {
                    int venue = asset(line.number()).venue();
                    boolean alone = account.collateral().stream()
                            .noneMatch(held -> asset(held.number()).venue() == venue);
                    yield alone ? List.of(single(line, lots)) : List.of();
                }
            };
        }

        private LongFunction<List<Fill>> single(Line line, long lots) {
            return n -> List.of(smaller(line.role(), line.number(), lots, n));
        }

        private List<LongFunction<List<Fill>>> positionSteps(Line line, long lots) {
            List<LongFunction<List<Fill>>> steps = new ArrayList<>(List.of(single(line, lots)));
            hedge(line, lots).ifPresent(hedge -> steps.add(n -> together(line, lots, n, hedge)));
            return steps;
        }

        /** The largest position that is exposed to the same price the other way. */
        private Optional<Entry> hedge(Line line, long lots) {
            return exposure(line.number(), lots)
                    .flatMap(own -> account.positions().stream()
                            .filter(other -> exposure(other.number(), other.lots())
                                    .filter(its -> its.group() == own.group()
                                            && its.amount().signum()
                                                            * own.amount().signum()
                                                    < 0)
                                    .isPresent())
                            .max(Comparator.<Entry, BigInteger>comparing(other -> exposure(other.number(), other.lots())
                                            .orElseThrow()
                                            .amount()
                                            .abs())
                                    .thenComparing(Entry::number, Comparator.reverseOrder())));
        }

        /** Delta of a position, u. */
        private record Exposure(int group, BigInteger amount) {}

        /** Of a position that is exposed to one price alone. */
        private Optional<Exposure> exposure(int number, long lots) {
            List<Sensitivity> legs = table.instrument(number).orElseThrow().delta();
            return legs.size() == 1
                    ? Optional.of(new Exposure(
                            legs.getFirst().group(),
                            BigInteger.valueOf(legs.getFirst().amount()).multiply(BigInteger.valueOf(lots))))
                    : Optional.empty();
        }

        /** Both sides smaller by the same delta, that of the hedge rounded down. */
        private List<Fill> together(Line line, long lots, long n, Entry hedge) {
            BigInteger freed = exposure(line.number(), n).orElseThrow().amount().abs();
            BigInteger lot = exposure(hedge.number(), 1).orElseThrow().amount().abs();
            long other = freed.divide(lot)
                    .min(BigInteger.valueOf(Math.absExact(hedge.lots())))
                    .longValueExact();
            Fill own = smaller(line.role(), line.number(), lots, n);
            return other == 0
                    ? List.of(own)
                    : List.of(own, smaller(Role.POSITION, hedge.number(), hedge.lots(), other));
        }

        private List<LongFunction<List<Fill>>> collateralSteps(Line line, long lots) {
            int venue = asset(line.number()).venue();
            List<LongFunction<List<Fill>>> steps = new ArrayList<>();
            for (Entry debt : account.debt()) {
                if (asset(debt.number()).venue() == venue) {
                    steps.add(n -> repaying(smaller(line.role(), line.number(), lots, n), debt));
                }
            }
            return steps.isEmpty() ? List.of(single(line, lots)) : steps;
        }

        /** A sale, and as much of a debt bought back as it pays for. */
        private List<Fill> repaying(Fill sale, Entry debt) {
            long low = 0;
            long high = debt.lots();
            while (low < high) {
                long middle = low + (high - low + 1) / 2;
                if (-smaller(Role.DEBT, debt.number(), debt.lots(), middle).cash() <= sale.cash()) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low == 0 ? List.of(sale) : List.of(sale, smaller(Role.DEBT, debt.number(), debt.lots(), low));
        }

        /** A trade towards 0; a debt's lots are above 0 and fall too. */
        private Fill smaller(Role role, int number, long held, long lots) {
            Entry change = new Entry(number, held > 0 ? -lots : lots);
            return new Fill(role, change, rules.leastCash(new Fill(role, change, 0)));
        }

        /** The whole batch, or as little of it as meets the call; empty where it does not help or is not allowed. */
        private Optional<Batch> batch(LongFunction<List<Fill>> step, long most) {
            long after = beyond(action(step.apply(most)).applyTo(account));
            List<Fill> fills = step.apply(
                    after < 0
                            ? most
                            : new ConcaveSearch(
                                            n -> n == 0
                                                    ? now
                                                    : beyond(action(step.apply(n))
                                                            .applyTo(account)),
                                            most)
                                    .least()
                                    .orElse(most));
            Action action = action(fills);
            MarginAccount then = action.applyTo(account);
            long excess = beyond(then);
            if (excess <= now || !rules.judge(account, action).allowed()) {
                return Optional.empty();
            }
            Map<Integer, BigInteger> before = deltas(account);
            Map<Integer, BigInteger> moved = deltas(then);
            return Optional.of(new Batch(
                    fills,
                    gross(moved).compareTo(gross(before)) <= 0,
                    fills.stream().mapToLong(this::cost).reduce(impact(before, moved), Math::addExact),
                    excess));
        }

        /** Neutral before not; then more excess for what it costs. */
        private boolean isBetter(Batch one, Batch other) {
            if (one.isNeutral() != other.isNeutral()) {
                return one.isNeutral();
            }
            BigInteger ours = BigInteger.valueOf(one.excess())
                    .subtract(BigInteger.valueOf(now))
                    .multiply(BigInteger.valueOf(Math.max(1, other.cost())));
            BigInteger theirs = BigInteger.valueOf(other.excess())
                    .subtract(BigInteger.valueOf(now))
                    .multiply(BigInteger.valueOf(Math.max(1, one.cost())));
            return ours.compareTo(theirs) > 0;
        }

        private long cost(Fill fill) {
            long lots = fill.entry().lots();
            long worth = switch (fill.role()) {
                case POSITION ->
                    Math.negateExact(Math.multiplyExact(lots, instrument(fill).value()));
                case COLLATERAL ->
                    Math.negateExact(Math.multiplyExact(
                            lots, asset(fill.entry().number()).price()));
                case DEBT ->
                    Math.multiplyExact(lots, asset(fill.entry().number()).price());
            };
            return Math.subtractExact(worth, fill.cash());
        }

        /** By what a batch moves the net delta of each group, at the group's charge for unwinding so much. */
        private long impact(Map<Integer, BigInteger> before, Map<Integer, BigInteger> after) {
            BigInteger sum = BigInteger.ZERO;
            for (int group : union(before, after)) {
                long traded = before.getOrDefault(group, BigInteger.ZERO)
                        .subtract(after.getOrDefault(group, BigInteger.ZERO))
                        .longValueExact();
                SizeCharge charge = table.group(group)
                        .flatMap(g -> g.charges())
                        .map(charges -> charges.impact())
                        .orElse(SizeCharge.NONE);
                sum = sum.add(of(charge, traded));
            }
            return sum.longValueExact();
        }

        private static BigInteger of(SizeCharge charge, long delta) {
            BigInteger size = BigInteger.valueOf(delta).abs();
            BigInteger paid = size.multiply(BigInteger.valueOf(charge.slope(delta)));
            for (Knot knot : charge.knots()) {
                paid = paid.add(size.subtract(BigInteger.valueOf(knot.threshold()))
                        .max(BigInteger.ZERO)
                        .multiply(BigInteger.valueOf(knot.slope())));
            }
            BigInteger[] whole = paid.divideAndRemainder(BigInteger.valueOf(Ppm.ONE));
            return whole[1].signum() > 0 ? whole[0].add(BigInteger.ONE) : whole[0];
        }

        private static List<Integer> union(Map<Integer, BigInteger> one, Map<Integer, BigInteger> other) {
            Map<Integer, BigInteger> all = new TreeMap<>(one);
            all.putAll(other);
            return List.copyOf(all.keySet());
        }

        private Map<Integer, BigInteger> deltas(MarginAccount of) {
            Map<Integer, BigInteger> deltas = new TreeMap<>();
            of.positions()
                    .forEach(entry -> add(
                            deltas,
                            table.instrument(entry.number()).orElseThrow().delta(),
                            entry.lots()));
            of.collateral().forEach(entry -> add(deltas, asset(entry.number()).delta(), entry.lots()));
            of.debt().forEach(entry -> add(deltas, asset(entry.number()).delta(), Math.negateExact(entry.lots())));
            return deltas;
        }

        private static void add(Map<Integer, BigInteger> deltas, List<Sensitivity> lot, long lots) {
            lot.forEach(leg -> deltas.merge(
                    leg.group(), BigInteger.valueOf(leg.amount()).multiply(BigInteger.valueOf(lots)), BigInteger::add));
        }

        private static BigInteger gross(Map<Integer, BigInteger> deltas) {
            return deltas.values().stream().map(BigInteger::abs).reduce(BigInteger.ZERO, BigInteger::add);
        }

        private static Map<Line, Long> lines(MarginAccount of) {
            Map<Line, Long> lines = new TreeMap<>();
            of.positions().forEach(entry -> lines.put(new Line(Role.POSITION, entry.number()), entry.lots()));
            of.collateral().forEach(entry -> lines.put(new Line(Role.COLLATERAL, entry.number()), entry.lots()));
            of.debt().forEach(entry -> lines.put(new Line(Role.DEBT, entry.number()), entry.lots()));
            return lines;
        }

        private static Action action(List<Fill> fills) {
            return Action.trades(fills.toArray(Fill[]::new));
        }

        private InstrumentRisk instrument(Fill fill) {
            return table.instrument(fill.entry().number()).orElseThrow();
        }

        private AssetRisk asset(int number) {
            return table.asset(number).orElseThrow();
        }
    }
}
