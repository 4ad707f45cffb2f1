package io.bulwark.netting.margin;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Signed changes to an account: what a trade, a deposit, a withdrawal or a move to the paid list would do.
 *
 * @param cash change of cash, u
 * @param positions changes in lots, any order
 * @param paid changes in lots, any order
 * @param collateral changes in lots, any order
 * @param debt changes in lots, any order
 * @param standings how much further venues are from acting, u, any order; none until they count the change
 */
public record AccountChange(
        long cash,
        List<Entry> positions,
        List<Entry> paid,
        List<Entry> collateral,
        List<Entry> debt,
        List<MarginAccount.Standing> standings) {
    private static final BigInteger MILLION = BigInteger.valueOf(Ppm.ONE);

    /** A change that no venue counts yet: a standing changes by a snapshot only. */
    public AccountChange(long cash, List<Entry> positions, List<Entry> paid, List<Entry> collateral, List<Entry> debt) {
        this(cash, positions, paid, collateral, debt, List.of());
    }

    /** Copies the lists. */
    public AccountChange {
        positions = List.copyOf(positions);
        paid = List.copyOf(paid);
        collateral = List.copyOf(collateral);
        debt = List.copyOf(debt);
        standings = List.copyOf(standings);
    }

    /** A trade in one instrument. */
    public static AccountChange trade(int number, long lots) {
        return new AccountChange(0, List.of(new Entry(number, lots)), List.of(), List.of(), List.of());
    }

    /**
     * A part of the change, or a multiple of it: lots and cash rounded toward zero.
     *
     * @param ppm ≥ 0
     * @throws ArithmeticException if an amount leaves 64 bits
     */
    public AccountChange times(long ppm) {
        return new AccountChange(
                times(cash, ppm),
                times(positions, ppm),
                times(paid, ppm),
                times(collateral, ppm),
                times(debt, ppm),
                standings);
    }

    private static List<Entry> times(List<Entry> entries, long ppm) {
        return entries.stream()
                .map(entry -> new Entry(entry.number(), times(entry.lots(), ppm)))
                .filter(entry -> entry.lots() != 0)
                .toList();
    }

    private static long times(long amount, long ppm) {
        return BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(ppm))
                .divide(MILLION)
                .longValueExact();
    }

    /**
     * The margin of the changed account, or the first fault of the base account, or else of the changed one: the same function as the
     * margin itself, and nothing is booked.
     */
    public MarginResult evaluate(RiskTable table, MarginAccount base) {
        Optional<MarginRefusal> baseFault = MarginAdmission.firstFault(table, base);
        if (baseFault.isPresent()) {
            return baseFault.get();
        }
        MarginAccount changed = applyTo(base);
        Optional<MarginRefusal> fault = MarginAdmission.firstFault(table, changed);
        return fault.isPresent() ? fault.get() : MarginStatement.of(table, changed);
    }

    /**
     * The account after the change, entries that cancel dropped.
     *
     * @throws ArithmeticException if cash leaves 64 bits
     */
    public MarginAccount applyTo(MarginAccount base) {
        return new MarginAccount(
                Math.addExact(base.cash(), cash),
                LotList.sum(base.positions(), positions),
                LotList.sum(base.paid(), paid),
                LotList.sum(base.collateral(), collateral),
                LotList.sum(base.debt(), debt),
                added(base.standings()));
    }

    private List<MarginAccount.Standing> added(List<MarginAccount.Standing> base) {
        SortedMap<Integer, Long> sum = new TreeMap<>();
        Stream.concat(base.stream(), standings.stream())
                .forEach(s -> sum.merge(s.venue(), s.distance(), Math::addExact));
        return sum.entrySet().stream()
                .map(e -> new MarginAccount.Standing(e.getKey(), e.getValue()))
                .toList();
    }

    /**
     * The same once venues count it: what is brought to one counts there at its price and the venue's weight, rounded down, and what is
     * borrowed from it at its price. What a venue asks for a position it alone says, so that trades leave standings as they are.
     *
     * @throws ArithmeticException if a standing leaves 64 bits
     */
    public AccountChange counted(RiskTable table) {
        SortedMap<Integer, BigInteger> more = new TreeMap<>();
        collateral.forEach(entry -> table.asset(entry.number())
                .ifPresent(asset -> more.merge(
                        asset.venue(), worth(asset, entry.lots(), asset.at().weight()), BigInteger::add)));
        debt.forEach(entry -> table.asset(entry.number())
                .ifPresent(asset -> more.merge(asset.venue(), worth(asset, -entry.lots(), Ppm.ONE), BigInteger::add)));
        return new AccountChange(
                cash,
                positions,
                paid,
                collateral,
                debt,
                more.entrySet().stream()
                        .filter(e -> table.venueRisk().liquidates(e.getKey()))
                        .map(e -> new MarginAccount.Standing(
                                e.getKey(), Rounding.exactLong(Rounding.fdiv(e.getValue(), MILLION))))
                        .toList());
    }

    /** In millionths of u. */
    private static BigInteger worth(AssetRisk asset, long lots, int weight) {
        return BigInteger.valueOf(lots)
                .multiply(BigInteger.valueOf(asset.price()))
                .multiply(BigInteger.valueOf(weight));
    }
}
