package io.bulwark.insurance.monitor;

import io.bulwark.clearing.money.Rounding;
import io.bulwark.insurance.apportionment.CumulativeRounding;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.ShapleyValue;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ReproductionNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * A scenario over the book of an epoch with levers pulled: who loses what beyond margin, first by the scenario itself and then by what it forces others to sell and buy.
 *
 * <p>Forced sales are the least fixed point of the buffer's own map. As many assets are causes by name, five at most, as keep accounts times solves within 50,000; the
 * rest are one cause. The causes of the need are the Shapley value of the game whose players are the scenario's price moves
 * and the forced trades of each asset, each switched on or off in all 2ⁿ ways; they add up to the need, to the unit.
 *
 * @param row every member who loses beyond margin, largest first
 * @param accounts in the order of the book
 * @param pressure every asset with a ladder; empty for a house that publishes no buffer
 * @param causes they add up to the need
 */
public record Counterfactual(
        StressRow row, List<AccountLoss> accounts, List<AssetPressure> pressure, List<Cause> causes) {
    private static final int NAMED_ASSETS_MAX = 5;
    private static final long ACCOUNT_SOLVES_MAX = 50_000;
    private static final int FEEDBACK_PUSH_PPM = 1_000;

    /** Copies the lists; the causes must add up. */
    public Counterfactual {
        accounts = List.copyOf(accounts);
        pressure = List.copyOf(pressure);
        causes = List.copyOf(causes);
        long sum = causes.stream().mapToLong(Cause::amount).reduce(0, Math::addExact);
        if (sum != row.need()) {
            throw new IllegalArgumentException("causes must add up to the need " + row.need() + "; have " + sum);
        }
    }

    /** Recomputes a book under levers. */
    public static Counterfactual of(ShockedBook book, Levers levers) {
        ForcedTrades trades = ForcedTrades.of(book, levers);
        ForcedTrades.Reached all = trades.reached(true, asset -> true);
        return new Counterfactual(row(book, all.accounts()), all.accounts(), all.pressure(), causes(book, trades, all));
    }

    /** Who loses beyond margin, without the causes. */
    public static StressRow row(ShockedBook book, Levers levers) {
        return row(
                book, ForcedTrades.of(book, levers).reached(true, asset -> true).accounts());
    }

    /** Whether the cascade feeds itself where it ends; empty for a house that publishes no buffer. */
    public static Optional<ReproductionNumber> feedback(ShockedBook book, Levers levers) {
        ForcedTrades trades = ForcedTrades.of(book, levers);
        return trades.system()
                .map(system -> ReproductionNumber.of(
                        new ContagionMap(system.withAccounts(trades.tradable()), 0), FEEDBACK_PUSH_PPM));
    }

    /** What the two who lose most lose beyond margin, u. */
    public long need() {
        return row.need();
    }

    /** The need and its pair as a sentence. */
    public String explanation() {
        return CoverTwo.ofRows(List.of(row)).explanation();
    }

    private static StressRow row(ShockedBook book, List<AccountLoss> accounts) {
        return new StressRow(
                book.row(),
                book.scenario(),
                MemberLoss.ofAccounts(accounts.stream()
                        .filter(a -> !book.apart().contains(a.number()))
                        .map(a -> new MemberLoss(a.member(), a.beyondMargin(), List.of(a.number())))
                        .toList()));
    }

    private static List<Cause> causes(ShockedBook book, ForcedTrades trades, ForcedTrades.Reached all) {
        List<Channel> channels = channels(all.pressure(), book.accounts().size());
        List<BigFraction> shares = ShapleyValue.of(channels.size() + 1, on -> {
            List<String> moving = IntStream.range(0, channels.size())
                    .filter(i -> (on >> (i + 1) & 1) == 1)
                    .mapToObj(i -> channels.get(i).assets())
                    .flatMap(List::stream)
                    .toList();
            List<AccountLoss> losses =
                    trades.reached((on & 1) == 1, moving::contains).accounts();
            return new BigFraction(row(book, losses).need());
        });
        List<Long> whole = CumulativeRounding.of(shares);
        List<Cause> causes = new ArrayList<>();
        causes.add(new Cause("price moves of the scenario", whole.getFirst()));
        for (int i = 0; i < channels.size(); i++) {
            causes.add(new Cause(channels.get(i).words(), whole.get(i + 1)));
        }
        return causes;
    }

    /** Forced trades of one asset, or of the many that move little. */
    private record Channel(String words, List<String> assets) {}

    private static List<Channel> channels(List<AssetPressure> pressure, int accounts) {
        List<AssetPressure> moved = pressure.stream()
                .filter(p -> p.downPpm() > 0 || p.upPpm() > 0)
                .sorted(Comparator.comparingLong((AssetPressure p) -> Math.addExact(p.sale(), p.purchase()))
                        .reversed()
                        .thenComparing(AssetPressure::asset))
                .toList();
        int named = Math.min(NAMED_ASSETS_MAX, moved.size());
        while (named > 0 && ((long) accounts << (named + 2)) > ACCOUNT_SOLVES_MAX) {
            named--;
        }
        List<Channel> channels = new ArrayList<>();
        moved.subList(0, named)
                .forEach(p -> channels.add(new Channel("forced trades of " + p.asset(), List.of(p.asset()))));
        if (moved.size() > named) {
            int rest = moved.size() - named;
            channels.add(new Channel(
                    named == 0 ? "forced trades of all assets" : "forced trades of " + rest + " other assets",
                    moved.subList(named, moved.size()).stream()
                            .map(AssetPressure::asset)
                            .toList()));
        }
        return channels;
    }

    /** micro-USD as u, rounded up. */
    static long inU(long micro) {
        return Rounding.cdiv(micro, ShockedBook.MICRO_PER_U);
    }

    /**
     * A cause of a need and its share of it.
     *
     * @param channel in words
     * @param amount u = 10⁻⁴ USD: Shapley value over all orders in which channels can be switched on; negative where the channel relieves
     */
    public record Cause(String channel, long amount) {}
}
