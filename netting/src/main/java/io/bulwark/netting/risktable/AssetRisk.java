package io.bulwark.netting.risktable;

import io.bulwark.clearing.money.Ppm;
import java.util.List;

/**
 * What the table says of one lot of an asset, as collateral and as debt.
 *
 * @param number permanent number
 * @param id e.g. stETH
 * @param group number of the group in whose rows it stands
 * @param tier collateral tier, e.g. stable, major, governance
 * @param stable true for a stable: its debt never falls in a scenario
 * @param price price of one lot, u
 * @param haircut tier haircut, ppm
 * @param residual execution residual charged beyond the haircut, ppm
 * @param peg break of the peg in the rows that name the asset, ppm; 0 if there is none
 * @param value counted value of one lot as collateral, u, rounded down
 * @param row change of the counted value per scenario row, u
 * @param es change of the counted value per expected-shortfall row, u
 * @param debtValue counted debt of one lot, u, rounded up
 * @param debtRow change of the counted debt per scenario row, u
 * @param debtEs change of the counted debt per expected-shortfall row, u
 * @param delta per underlying group, sorted by group, u per lot, both uses
 * @param crowd concentration slopes, u per lot: collateral and debt
 * @param knots own-size increments of the liquidity charge, thresholds in lots
 * @param bound the largest magnitude that a lot can add to any sum, u
 * @param at where it stands, and what a lot counts for there
 */
public record AssetRisk(
        int number,
        String id,
        int group,
        String tier,
        boolean stable,
        long price,
        int haircut,
        int residual,
        int peg,
        long value,
        IntColumn row,
        IntColumn es,
        long debtValue,
        IntColumn debtRow,
        IntColumn debtEs,
        List<Sensitivity> delta,
        CrowdSlopes crowd,
        List<Knot> knots,
        long bound,
        AtVenue at)
        implements RiskEntry {

    /**
     * Where an asset stands. A claim on a venue is an asset of its own.
     *
     * @param venue number of the venue, 0 where that is none
     * @param weight share of its price that the venue counts against liquidation, ppm; 10⁶ where it stands at none
     * @param row by path: what the venue's own count of a lot changes in the path's first row, u; without the house's haircut
     */
    public record AtVenue(int venue, int weight, IntColumn row) {
        /** An asset of a table without venues. */
        public static final AtVenue NONE = new AtVenue(VenueRisk.FREE, Ppm.ONE, IntColumn.of());

        /** Checks the weight. */
        public AtVenue {
            Require.that(weight >= 0 && weight <= RiskParameters.MILLION, "venue weight", "must be 0..1000000", weight);
        }
    }

    @Override
    public int venue() {
        return at.venue();
    }

    /** Copies and checks signs and order. */
    public AssetRisk {
        delta = List.copyOf(delta);
        knots = List.copyOf(knots);
        String where = "asset " + id;
        Require.notBlank(id, "asset id");
        Require.notNegative(number, where + " number");
        Require.notNegative(bound, where + " bound");
        Require.notNegative(value, where + " value");
        Require.notNegative(debtValue, where + " debtValue");
        Entries.sorted(delta, where + " delta");
    }

    /**
     * Whether a free debt of it stays, on a path, in the range that the bound promises: 2·Dr[a] − Dr[b] + 2·D ≤ 3·bound.
     * Source: venue risk, section 1.
     *
     * @param first row a, in which the path starts
     * @param then row b, in which it ends
     */
    public boolean isBoundedAsFreeDebt(int first, int then) {
        return freeDebt(first, then) <= 3 * bound;
    }

    /** What a lot of free debt may add to a path, u. */
    public long freeDebt(int first, int then) {
        return 2L * debtRow.at(first) - debtRow.at(then) + 2 * debtValue;
    }

    /** The same entry with the bound that its other fields require. */
    public AssetRisk bounded() {
        return new AssetRisk(
                number,
                id,
                group,
                tier,
                stable,
                price,
                haircut,
                residual,
                peg,
                value,
                row,
                es,
                debtValue,
                debtRow,
                debtEs,
                delta,
                crowd,
                knots,
                EntryBound.of(this),
                at);
    }
}
