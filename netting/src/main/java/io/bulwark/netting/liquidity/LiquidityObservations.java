package io.bulwark.netting.liquidity;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Everything that an epoch knows of liquidity. What is absent is charged at the governed initial rates.
 *
 * @param source where the figures come from, for people; in the table's provenance
 * @param instruments by number, increasing
 * @param assets by number, increasing
 * @param groups by number, increasing
 */
public record LiquidityObservations(
        String source,
        List<InstrumentLiquidity> instruments,
        List<AssetLiquidity> assets,
        List<GroupLiquidity> groups) {
    /** A house that has measured nothing. */
    public static final LiquidityObservations NONE = new LiquidityObservations("none", List.of(), List.of(), List.of());

    /** Copies and checks that numbers increase. */
    public LiquidityObservations {
        instruments = increasing(instruments, InstrumentLiquidity::instrument, "instruments");
        assets = increasing(assets, AssetLiquidity::asset, "assets");
        groups = increasing(groups, GroupLiquidity::group, "groups");
    }

    /** What is known of an instrument. */
    public Optional<InstrumentLiquidity> instrument(int number) {
        return instruments.stream().filter(i -> i.instrument() == number).findFirst();
    }

    /** What is known of an asset. */
    public Optional<AssetLiquidity> asset(int number) {
        return assets.stream().filter(a -> a.asset() == number).findFirst();
    }

    /** What is known of a group. */
    public Optional<GroupLiquidity> group(int number) {
        return groups.stream().filter(g -> g.group() == number).findFirst();
    }

    private static <T> List<T> increasing(List<T> entries, ToIntFunction<T> number, String field) {
        for (int i = 1; i < entries.size(); i++) {
            int before = number.applyAsInt(entries.get(i - 1));
            int now = number.applyAsInt(entries.get(i));
            if (now <= before) {
                throw new IllegalArgumentException(
                        field + " must have strictly increasing numbers; have " + now + " after " + before);
            }
        }
        return List.copyOf(entries);
    }
}
