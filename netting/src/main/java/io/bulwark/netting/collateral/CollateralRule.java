package io.bulwark.netting.collateral;

import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import java.math.BigInteger;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Collateral and debt rows in exact integers (margin formula, section 1.2).
 *
 * <p>The tier haircut h always applies; a fall larger than h charges the excess and the residual ρ; a gain counts after the
 * haircut. An asset of two underlyings (a liquidity share) moves with the geometric mean of both and takes, over the cell
 * pairs of a row, its smallest value and its largest debt.
 */
public final class CollateralRule {
    private static final long ONE = Rounding.PPM;
    private static final BigInteger ONE_SQUARED = BigInteger.valueOf(ONE * ONE);

    private final AssetTerms terms;
    private final List<GroupMoves> legs;

    private CollateralRule(AssetTerms terms, List<GroupMoves> legs) {
        this.terms = terms;
        this.legs = List.copyOf(legs);
        if (legs.isEmpty() || legs.size() > 2) {
            throw new IllegalArgumentException("legs must be 1 or 2; have " + legs.size());
        }
    }

    /**
     * The rows of one asset.
     *
     * @param terms its terms
     * @param legs the moves of its one or two underlyings, in the order of the pairs
     * @param pairs the cell pairs of the table's rows
     * @param pegBroken whether a row breaks the asset's peg
     * @throws ArithmeticException if an entry does not fit 32 bits: the lot is too large
     */
    public static AssetRows rows(AssetTerms terms, List<GroupMoves> legs, CellPairs pairs, IntPredicate pegBroken) {
        CollateralRule rule = new CollateralRule(terms, legs);
        int rows = legs.getFirst().shock().length();
        int esRows = legs.getFirst().es().length();
        return new AssetRows(
                rule.value(),
                column(rows, row -> rule.collateral(rule.lowest(row, pairs, pegBroken.test(row)))),
                column(esRows, row -> rule.collateral(rule.esMove(row, false))),
                rule.debtValue(),
                column(rows, row -> rule.debt(rule.highest(row, pairs, pegBroken.test(row)))),
                column(esRows, row -> rule.debt(rule.esMove(row, true))));
    }

    /**
     * What one lot of collateral does to a venue's own count in a row, u, rounded down: its move at the venue's
     * weight, without the house's haircut and without
     * damping. Source: venue risk, section 1.
     *
     * @param price of a lot, u
     * @param weight share of the price that the venue counts, ppm
     * @param legs the moves of its one or two underlyings
     * @param row the scenario row
     * @param peg break of its peg in that row, ppm; 0 for none
     */
    public static long atVenue(long price, long weight, List<GroupMoves> legs, int row, long peg) {
        long first = ONE + legs.getFirst().shock().at(row);
        long level = legs.size() == 1
                ? first
                : product(first, ONE + legs.getLast().shock().at(row)).sqrt().longValueExact();
        long move = Rounding.fdiv(Math.multiplyExact(level, ONE + peg), ONE) - ONE;
        return Rounding.exactLong(
                Rounding.fdiv(BigInteger.valueOf(price).multiply(product(weight, move)), ONE_SQUARED));
    }

    /** K = ⌊P(1 − h)⌋. */
    private long value() {
        return Rounding.fdiv(terms.price() * (ONE - terms.haircut()), ONE);
    }

    /** D = ⌈P(1 + ρ)⌉. */
    private long debtValue() {
        return Rounding.cdiv(terms.price() * (ONE + terms.residual()), ONE);
    }

    /** Change of the collateral's value when the price moves by y ppm. */
    private long collateral(long y) {
        long kept = ONE - terms.haircut();
        BigInteger gained = product(kept, ONE + y);
        BigInteger share = y >= 0 ? gained : product(ONE, kept).min(product(ONE + y, ONE - terms.residual()));
        BigInteger worth = BigInteger.valueOf(terms.price()).multiply(share);
        return Rounding.exactLong(Rounding.fdiv(worth, ONE_SQUARED)) - value();
    }

    /** Change of the debt when the price moves by y ppm. */
    private long debt(long y) {
        long counted = terms.stable() ? Math.max(y, 0) : y;
        return Rounding.cdiv(Math.multiplyExact(terms.price(), ONE + terms.residual() + counted), ONE) - debtValue();
    }

    private long lowest(int row, CellPairs pairs, boolean broken) {
        return pairMoves(row, pairs, broken, false).min().orElseThrow();
    }

    private long highest(int row, CellPairs pairs, boolean broken) {
        return pairMoves(row, pairs, broken, true).max().orElseThrow();
    }

    private LongStream pairMoves(int row, CellPairs pairs, boolean broken, boolean up) {
        if (legs.size() == 1) {
            return LongStream.of(move(row, row, broken, up));
        }
        return IntStream.range(0, pairs.count(row))
                .mapToLong(pair -> move(pairs.first(row, pair), pairs.second(row, pair), broken, up));
    }

    /** y of one pair of cells: the geometric mean of the legs, the broken peg, the damping. */
    private long move(int first, int second, boolean broken, boolean up) {
        long level =
                level(legs.getFirst().shock().at(first), legs.getLast().shock().at(second), up);
        long peg = broken ? terms.peg() : 0;
        long undamped = divide(Math.multiplyExact(level, ONE + peg), up) - ONE;
        long damp =
                Math.max(legs.getFirst().damp().at(first), legs.getLast().damp().at(second));
        return divide(Math.multiplyExact(damp, undamped), up);
    }

    private long esMove(int row, boolean up) {
        return level(legs.getFirst().es().at(row), legs.getLast().es().at(row), up) - ONE;
    }

    /** M, ppm of the old price. */
    private long level(long firstShock, long secondShock, boolean up) {
        if (legs.size() == 1) {
            return ONE + firstShock;
        }
        BigInteger[] root = product(ONE + firstShock, ONE + secondShock).sqrtAndRemainder();
        return root[0].longValueExact() + (up && root[1].signum() > 0 ? 1 : 0);
    }

    private static long divide(long product, boolean up) {
        return up ? Rounding.cdiv(product, ONE) : Rounding.fdiv(product, ONE);
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static IntColumn column(int length, IntToLongFunction entry) {
        return IntColumn.ofLongs(IntStream.range(0, length).mapToLong(entry).toArray());
    }
}
