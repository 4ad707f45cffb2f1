package io.bulwark.netting.venuemargin;

import io.bulwark.netting.venuemargin.SpanMargin.Commodity;
import io.bulwark.netting.venuemargin.SpanParameters.InterCommodityCredit;
import io.bulwark.netting.venuemargin.SpanParameters.SpreadCharge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The classic scan: per underlying the worst column of the summed risk arrays, a charge on calendar spreads of composite deltas, a credit for opposite deltas in related
 * underlyings, and a least requirement of short options.
 *
 * <p>The scan alone is our family S with one group per underlying. Charges and credits on min(long, short) are not convex; {@link SpanMargin#convexBound} is. Source: CME
 * Group, "CME SPAN: Standard Portfolio Analysis of Risk" (risk array, composite delta, intra- and inter-commodity spreading, short option minimum).
 */
public final class SpanScan {
    private final SpanParameters parameters;
    private final SequencedMap<String, CombinedCommodity> commodities = new LinkedHashMap<>();

    private SpanScan(SpanParameters parameters, List<VenueBook.Underlying> book) {
        this.parameters = parameters;
        for (VenueBook.Underlying underlying : book) {
            SpanParameters.Ranges ranges = parameters.underlyings().get(underlying.name());
            if (ranges != null) {
                commodities.put(underlying.name(), new CombinedCommodity(parameters, ranges, underlying));
            }
        }
    }

    /** The margin of holdings; underlyings that the parameters do not name are left out. */
    public static SpanMargin margin(SpanParameters parameters, List<VenueBook.Underlying> book) {
        return new SpanScan(parameters, book).margin();
    }

    private SpanMargin margin() {
        Map<String, Double> credits = credits();
        List<Commodity> results = new ArrayList<>();
        double bound = 0;
        for (CombinedCommodity commodity : commodities.values()) {
            results.add(commodity.result(credits.getOrDefault(commodity.name(), 0.0)));
            bound += commodity.convexBound();
        }
        double maintenance =
                results.stream().mapToDouble(Commodity::requirement).sum();
        return new SpanMargin(results, maintenance, maintenance * parameters.initialFactor(), bound);
    }

    private Map<String, Double> credits() {
        Map<String, Double> left = new LinkedHashMap<>();
        commodities.forEach((name, commodity) -> left.put(name, commodity.netDelta()));
        Map<String, Double> credits = new LinkedHashMap<>();
        for (InterCommodityCredit credit : parameters.credits()) {
            double first = left.getOrDefault(credit.first(), 0.0);
            double second = left.getOrDefault(credit.second(), 0.0);
            if (first * second < 0) {
                double spreads =
                        Math.min(Math.abs(first) / credit.firstDelta(), Math.abs(second) / credit.secondDelta());
                take(credit.first(), spreads * credit.firstDelta(), credit.credit(), left, credits);
                take(credit.second(), spreads * credit.secondDelta(), credit.credit(), left, credits);
            }
        }
        return credits;
    }

    private void take(String name, double units, double share, Map<String, Double> left, Map<String, Double> credits) {
        CombinedCommodity commodity = commodities.get(name);
        if (commodity != null) {
            credits.merge(name, units * share * commodity.priceRiskPerDelta(), Double::sum);
            left.merge(name, -Math.copySign(units, commodity.netDelta()), Double::sum);
        }
    }

    /** The largest charge of any spread. */
    static double dearest(List<SpreadCharge> spreads) {
        return spreads.stream().mapToDouble(SpreadCharge::charge).max().orElse(0);
    }
}
