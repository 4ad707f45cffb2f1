package io.bulwark.netting.venuemargin;

import java.util.List;

/**
 * What a SPAN-like scan says of a book, USD. A requirement beside the value of the options.
 *
 * @param commodities per underlying
 * @param maintenance all requirements together
 * @param initial maintenance times the published factor
 * @param convexBound a convex requirement that is never below {@code maintenance}: no credits, and calendar charges on half of every tier's delta
 */
public record SpanMargin(List<Commodity> commodities, double maintenance, double initial, double convexBound) {
    /** Copies the list. */
    public SpanMargin {
        commodities = List.copyOf(commodities);
    }

    /**
     * One combined commodity.
     *
     * @param underlying its name
     * @param losses loss per scenario, USD
     * @param scanRisk the largest of them, ≥ 0
     * @param spreadCharge intra-commodity charge
     * @param interCommodityCredit credit
     * @param shortOptionMinimum least requirement
     * @param compositeDelta units
     * @param requirement the larger of scan risk with charge and credit, and the minimum
     */
    public record Commodity(
            String underlying,
            List<Double> losses,
            double scanRisk,
            double spreadCharge,
            double interCommodityCredit,
            double shortOptionMinimum,
            double compositeDelta,
            double requirement) {
        /** Copies the losses. */
        public Commodity {
            losses = List.copyOf(losses);
        }
    }
}
