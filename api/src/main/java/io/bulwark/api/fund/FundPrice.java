package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one more million USD of a position costs the fund: by member, asset and side, margined, netted and stressed again with the epoch's own kernels, all layers. Nothing is booked.
 *
 * <p>Each line is an exact difference of two sizes, not a slope: it holds over kinks. The position is of the first perpetual or future that is listed for the asset.
 *
 * @param epoch its number
 * @param demanded what the fund must hold as it is
 * @param size of the position, u
 * @param lines the dearest first; of the members with the largest parts, and the assets of the listing in its order
 */
@Serdeable
record FundPrice(long epoch, Money demanded, long size, List<Line> lines) {
    private static final long MILLION = 10_000_000_000L;

    public FundPrice {
        lines = List.copyOf(lines);
    }

    /**
     * One question.
     *
     * @param account that would hold it
     * @param member who stands behind it
     * @param asset whose price moves it
     * @param instrument that is traded
     * @param side long or short
     * @param margin by how much the account's initial margin changes, u
     * @param layers by how much each layer of the fund changes, u, by its name
     * @param demanded by how much what the fund must hold changes, u; below 0 the position takes risk off it
     */
    @Serdeable
    public record Line(
            int account,
            String member,
            String asset,
            String instrument,
            String side,
            long margin,
            SortedMap<String, Long> layers,
            long demanded) {
        /** Copies the layers. */
        public Line {
            layers = Collections.unmodifiableSortedMap(new TreeMap<>(layers));
        }
    }

    /** The prices of a computed epoch. */
    public static FundPrice of(ComputedEpoch epoch, FundBook fund) {
        return new FundPrice(
                epoch.number(),
                Money.of(fund.review(epoch).assessment().demand().total()),
                MILLION,
                fund.positionCosts(epoch, MILLION).stream().map(FundPrice::line).toList());
    }

    private static Line line(FundBook.PositionCost cost) {
        return new Line(
                cost.account(),
                cost.member(),
                cost.asset(),
                cost.instrument(),
                cost.isLong() ? "long" : "short",
                cost.margin(),
                cost.layers(),
                cost.demanded());
    }
}
