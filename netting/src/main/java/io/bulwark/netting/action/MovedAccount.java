package io.bulwark.netting.action;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.VenueRisk;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An account once the market has moved. The value of perpetuals and futures is 0 in every table, so what they have
 * gained or lost is settled
 * beside them: in cash, or, where entries stand at venues, in what is held at the same venue, since a gain there
 * cannot be sent elsewhere. What
 * venues count moves with what stands there.
 */
final class MovedAccount {
    private static final BigInteger MILLION = BigInteger.valueOf(Ppm.ONE);

    private final RiskTable before;
    private final RiskTable after;
    private final MarginAccount account;
    private final SortedMap<Integer, Long> collateral = new TreeMap<>();
    private final SortedMap<Integer, Long> debt = new TreeMap<>();
    private final SortedMap<Integer, BigInteger> counted = new TreeMap<>();
    private long cash;

    private MovedAccount(RiskTable before, RiskTable after, MarginAccount account) {
        this.before = before;
        this.after = after;
        this.account = account;
        this.cash = account.cash();
        account.collateral().forEach(entry -> collateral.merge(entry.number(), entry.lots(), Math::addExact));
        account.debt().forEach(entry -> debt.merge(entry.number(), entry.lots(), Math::addExact));
    }

    /** The account after a move of volatilities or time: nothing is settled. */
    static MarginAccount of(RiskTable before, RiskTable after, MarginAccount account) {
        return new MovedAccount(before, after, account).moved();
    }

    /**
     * The account after the price of one group has moved.
     *
     * @param before the table that the account is booked under
     * @param after the table of the moved market
     * @param group that moved
     * @param ppm relative move
     */
    static MarginAccount of(RiskTable before, RiskTable after, MarginAccount account, int group, long ppm) {
        MovedAccount moved = new MovedAccount(before, after, account);
        SortedMap<Integer, BigInteger> gains = new TreeMap<>();
        for (Entry position : account.positions()) {
            InstrumentRisk risk = before.instrument(position.number()).orElseThrow();
            if (!risk.paidUp()) {
                BigInteger gain = BigInteger.valueOf(position.lots())
                        .multiply(BigInteger.valueOf(delta(risk, group)))
                        .multiply(BigInteger.valueOf(ppm));
                gains.merge(risk.venue(), gain, BigInteger::add);
            }
        }
        gains.forEach(moved::settle);
        return moved.moved();
    }

    private static long delta(InstrumentRisk risk, int group) {
        return risk.delta().stream()
                .filter(delta -> delta.group() == group)
                .mapToLong(Sensitivity::amount)
                .sum();
    }

    /** A gain in millionths of u: down as collateral, a loss up as debt. */
    private void settle(int venue, BigInteger gain) {
        counted.merge(venue, gain, BigInteger::add);
        Optional<AssetRisk> paid = venue == VenueRisk.FREE ? Optional.empty() : settlement(venue);
        if (paid.isEmpty() || gain.signum() == 0) {
            cash = Math.addExact(cash, Rounding.exactLong(Rounding.fdiv(gain, MILLION)));
            return;
        }
        BigInteger price = MILLION.multiply(BigInteger.valueOf(paid.get().price()));
        boolean won = gain.signum() > 0;
        long lots = Rounding.exactLong(won ? Rounding.fdiv(gain, price) : Rounding.cdiv(gain.negate(), price));
        (won ? collateral : debt).merge(paid.get().number(), lots, Math::addExact);
    }

    /** What is settled in at a venue: a stable that the table lists there, else anything that it does. */
    private Optional<AssetRisk> settlement(int venue) {
        return after.assets().stream()
                .filter(asset -> asset.venue() == venue && asset.price() > 0)
                .min(Comparator.comparing((AssetRisk asset) -> !asset.stable()).thenComparingInt(AssetRisk::number));
    }

    private MarginAccount moved() {
        for (Entry position : account.positions()) {
            InstrumentRisk was = before.instrument(position.number()).orElseThrow();
            long value = after.instrument(position.number())
                    .map(InstrumentRisk::value)
                    .orElse(0L);
            count(was.venue(), position.lots(), Math.subtractExact(value, was.value()), Ppm.ONE);
        }
        account.collateral().forEach(entry -> count(entry.number(), entry.lots(), true));
        account.debt().forEach(entry -> count(entry.number(), -entry.lots(), false));
        return new MarginAccount(
                cash,
                account.positions(),
                account.paid(),
                entries(collateral),
                entries(debt),
                account.standings().stream()
                        .map(s -> new MarginAccount.Standing(s.venue(), Math.addExact(s.distance(), change(s.venue()))))
                        .toList());
    }

    private void count(int number, long lots, boolean weighed) {
        AssetRisk was = before.asset(number).orElseThrow();
        long price = after.asset(number).map(AssetRisk::price).orElse(0L);
        count(
                was.venue(),
                lots,
                Math.subtractExact(price, was.price()),
                weighed ? was.at().weight() : Ppm.ONE);
    }

    private void count(int venue, long lots, long change, int weight) {
        counted.merge(
                venue,
                BigInteger.valueOf(lots).multiply(BigInteger.valueOf(change)).multiply(BigInteger.valueOf(weight)),
                BigInteger::add);
    }

    private long change(int venue) {
        return Rounding.exactLong(Rounding.fdiv(counted.getOrDefault(venue, BigInteger.ZERO), MILLION));
    }

    private static List<Entry> entries(Map<Integer, Long> lots) {
        return lots.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }
}
