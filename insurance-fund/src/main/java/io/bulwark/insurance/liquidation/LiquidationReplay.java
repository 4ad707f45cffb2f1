package io.bulwark.insurance.liquidation;

import io.bulwark.netting.contagion.CascadeBook;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.risktable.IntColumn;
import java.util.List;

/**
 * A book taken along a path of prices: accounts below their maintenance margin are sold at some speed, sales move prices, prices reach further accounts, the market
 * recovers.
 *
 * <p>Page: {@code docs/methodology/contagion.md}, "The cascade in time". Exact integers; nothing depends on the order of accounts. Gains that the cascade itself causes are
 * credited to nobody, and opposing forced flows are never netted, as in {@link io.bulwark.netting.contagion.ContagionMap}: in one moment on a flat path, sold at once, the
 * displaced prices are its least fixed point.
 *
 * @param uncovered what accounts lose beyond their equity, micro-USD
 * @param impactCost what sales and purchases cost against the path's own prices, micro-USD
 * @param forcedFlow sold and bought by force, at the prices at which the book was taken, micro-USD
 * @param lowestPpm by group: the lowest price, displacement included
 * @param highestPpm by group: the highest price, displacement included
 * @param liquidated number of accounts sold in part or whole
 * @param insolvent number of accounts that end with less than nothing
 * @param moments until the path is over and everything that must be sold is sold
 */
public record LiquidationReplay(
        long uncovered,
        long impactCost,
        long forcedFlow,
        IntColumn lowestPpm,
        IntColumn highestPpm,
        int liquidated,
        int insolvent,
        int moments) {
    /**
     * Replays a path. When it is over its last prices stay until every order is worked off.
     *
     * @param groups as many as the book has; ladders count quantities at the prices at which the book was taken
     * @param spanPpm σ: share of the maintenance margin over which an account goes from nothing to all sold, 1 … 10⁶
     * @throws IllegalArgumentException if book, groups and path do not fit each other
     * @throws ArithmeticException if a sum leaves 64 bits
     */
    public static LiquidationReplay of(
            CascadeBook book, List<LiquidityGroup> groups, PricePath path, SaleSpeed speed, int spanPpm) {
        if (groups.size() != book.groups() || path.groups() != book.groups()) {
            throw new IllegalArgumentException("there must be " + book.groups() + " groups and prices; have "
                    + groups.size() + " and " + path.groups());
        }
        if (spanPpm < 1 || spanPpm > PricePath.START) {
            throw new IllegalArgumentException("spanPpm must be within 1 … 1000000; have " + spanPpm);
        }
        ForcedSales sales = new ForcedSales(book, groups, speed, spanPpm);
        path.moments().forEach(sales::trade);
        IntColumn last = path.moments().getLast();
        while (sales.unfinished()) {
            sales.trade(last);
        }
        return sales.result(last);
    }
}
