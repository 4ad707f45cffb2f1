package io.bulwark.netting.firesale;

import io.bulwark.netting.network.ExactRules;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;
import org.hipparchus.linear.Array2DRowFieldMatrix;
import org.hipparchus.linear.ArrayFieldVector;
import org.hipparchus.linear.FieldMatrix;
import org.hipparchus.linear.FieldVector;

/**
 * Fire sales of banks that return to their leverage after a shock, one round, exact.
 *
 * <p>Source: R. Greenwood, A. Landier and D. Thesmar, "Vulnerable banks", Journal of Financial Economics 115 (2015). The model is linear and can sell more than is held:
 * never the only figure in a crash.
 *
 * @param directLoss by bank: what the shock itself costs
 * @param directLossToEquity all direct losses over all equity
 * @param netTrade by asset: money bought, negative = sold
 * @param priceImpactReturn by asset: return that the trades cause
 * @param fireSaleLoss by bank: what the impact costs
 * @param aggregateVulnerability all fire-sale losses over all equity
 * @param systemicness by bank: the part of the aggregate that its own sales cause; they add up to it
 * @param indirectVulnerability by bank: fire-sale loss over its equity
 * @param directVulnerability by bank: direct loss over its equity
 */
public record LinearFireSale(
        List<BigFraction> directLoss,
        BigFraction directLossToEquity,
        List<BigFraction> netTrade,
        List<BigFraction> priceImpactReturn,
        List<BigFraction> fireSaleLoss,
        BigFraction aggregateVulnerability,
        List<BigFraction> systemicness,
        List<BigFraction> indirectVulnerability,
        List<BigFraction> directVulnerability) {
    /**
     * Computes the round.
     *
     * @param totalAssets by bank
     * @param equity by bank, > 0
     * @param weights by bank, then asset: share of the bank's assets
     * @param priceImpactPerUnit by asset: return per unit of money bought, ≥ 0
     * @param shock by asset: return
     */
    public static LinearFireSale of(
            List<BigFraction> totalAssets,
            List<BigFraction> equity,
            List<List<BigFraction>> weights,
            List<BigFraction> priceImpactPerUnit,
            List<BigFraction> shock) {
        check(totalAssets, equity, weights, priceImpactPerUnit, shock);
        FieldMatrix<BigFraction> held = matrix(totalAssets, weights);
        FieldVector<BigFraction> own = vector(equity);
        FieldVector<BigFraction> leverage = vector(totalAssets).subtract(own).ebeDivide(own);
        FieldVector<BigFraction> gain = held.operate(vector(shock));
        FieldMatrix<BigFraction> weight =
                matrix(equity.stream().map(e -> BigFraction.ONE).toList(), weights);
        FieldVector<BigFraction> wanted = leverage.ebeMultiply(gain);
        FieldVector<BigFraction> trade = weight.preMultiply(wanted);
        FieldVector<BigFraction> impact = trade.ebeMultiply(vector(priceImpactPerUnit));
        FieldVector<BigFraction> loss = held.operate(impact).mapMultiply(BigFraction.MINUS_ONE);
        FieldVector<BigFraction> direct = gain.mapMultiply(BigFraction.MINUS_ONE);
        BigFraction allEquity = sum(own);
        FieldVector<BigFraction> everyone = held.preMultiply(
                vector(equity.stream().map(e -> BigFraction.ONE).toList()));
        FieldVector<BigFraction> caused = weight.operate(everyone.ebeMultiply(vector(priceImpactPerUnit)))
                .ebeMultiply(wanted)
                .mapMultiply(BigFraction.MINUS_ONE)
                .mapDivide(allEquity);
        return new LinearFireSale(
                list(direct),
                sum(direct).divide(allEquity),
                list(trade),
                list(impact),
                list(loss),
                sum(loss).divide(allEquity),
                list(caused),
                list(loss.ebeDivide(own)),
                list(direct.ebeDivide(own)));
    }

    private static void check(
            List<BigFraction> totalAssets,
            List<BigFraction> equity,
            List<List<BigFraction>> weights,
            List<BigFraction> priceImpactPerUnit,
            List<BigFraction> shock) {
        ExactRules.notEmpty("equity", equity);
        ExactRules.notEmpty("shock", shock);
        ExactRules.positive("equity", equity);
        ExactRules.length("totalAssets", totalAssets, equity.size());
        ExactRules.length("weights", weights, equity.size());
        for (int i = 0; i < weights.size(); i++) {
            ExactRules.length("weights[" + i + "]", weights.get(i), shock.size());
            ExactRules.notNegative("weights[" + i + "]", weights.get(i));
        }
        ExactRules.length("priceImpactPerUnit", priceImpactPerUnit, shock.size());
        ExactRules.notNegative("priceImpactPerUnit", priceImpactPerUnit);
    }

    private static FieldMatrix<BigFraction> matrix(List<BigFraction> scale, List<List<BigFraction>> rows) {
        return new Array2DRowFieldMatrix<>(
                IntStream.range(0, rows.size())
                        .mapToObj(i -> rows.get(i).stream()
                                .map(entry -> entry.multiply(scale.get(i)))
                                .toArray(BigFraction[]::new))
                        .toArray(BigFraction[][]::new),
                false);
    }

    private static FieldVector<BigFraction> vector(List<BigFraction> entries) {
        return new ArrayFieldVector<>(entries.toArray(BigFraction[]::new), false);
    }

    private static List<BigFraction> list(FieldVector<BigFraction> vector) {
        return List.of(vector.toArray());
    }

    private static BigFraction sum(FieldVector<BigFraction> vector) {
        return list(vector).stream().reduce(BigFraction.ZERO, BigFraction::add);
    }
}
