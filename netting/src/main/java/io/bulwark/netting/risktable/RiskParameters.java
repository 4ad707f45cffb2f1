package io.bulwark.netting.risktable;

import io.bulwark.clearing.money.Ppm;

/**
 * The scalar parameters of a table.
 *
 * @param tail weight of the worst tail of expected shortfall: 10 000 ppm is 99 %
 * @param phi maintenance margin as a share of initial margin, ppm
 * @param cashResidual residual charged on negative cash, ppm
 * @param minimumMargin smallest margin of an account that owes anything, u
 * @param limit gross bound of an account is below this, u: 2⁶⁰
 * @param lotsMax largest magnitude of a quantity, lots: 2³¹ − 1
 * @param treeDepth levels of the 4-ary tree of the table's leaves: {@value RiskTable#TREE_DEPTH}, or
 *     {@value RiskTable#SMALL_TREE_DEPTH} for a table of few entries; the margin reads nothing of it
 */
public record RiskParameters(
        int tail, int phi, int cashResidual, long minimumMargin, long limit, int lotsMax, int treeDepth) {
    /** One, in ppm. */
    public static final long MILLION = Ppm.ONE;

    /** Of a table in a tree of the usual depth. */
    public RiskParameters(int tail, int phi, int cashResidual, long minimumMargin, long limit, int lotsMax) {
        this(tail, phi, cashResidual, minimumMargin, limit, lotsMax, RiskTable.TREE_DEPTH);
    }

    /** Checks ranges that the arithmetic relies on. */
    public RiskParameters {
        Require.that(tail >= 1 && tail <= MILLION, "parameter tail", "must be 1..1000000", tail);
        Require.that(phi >= 0 && phi <= MILLION, "parameter phi", "must be 0..1000000", phi);
        Require.that(
                cashResidual >= 0 && cashResidual <= MILLION,
                "parameter cashResidual",
                "must be 0..1000000",
                cashResidual);
        Require.that(
                minimumMargin >= 0 && minimumMargin < 1L << 40,
                "parameter minimumMargin",
                "must be 0..2^40-1",
                minimumMargin);
        Require.that(limit >= 0 && limit <= 1L << 60, "parameter limit", "must be 0..2^60", limit);
        Require.that(lotsMax >= 1, "parameter lotsMax", "must be 1..2^31-1", lotsMax);
        Require.that(
                treeDepth == RiskTable.TREE_DEPTH || treeDepth == RiskTable.SMALL_TREE_DEPTH,
                "depth",
                "must be " + RiskTable.SMALL_TREE_DEPTH + " or " + RiskTable.TREE_DEPTH,
                treeDepth);
    }

    RiskParameters inTreeOf(int levels) {
        return new RiskParameters(tail, phi, cashResidual, minimumMargin, limit, lotsMax, levels);
    }
}
