package io.bulwark.netting.venuemargin;

import java.util.List;
import java.util.Map;

/**
 * Parameters of a scan in the manner of SPAN: scenarios, composite delta, and per underlying the ranges and charges. Ratios are fractions.
 *
 * @param scenarios the risk array, in order
 * @param lookAheadDays how far options are aged
 * @param deltaPoints price moves and weights of the composite delta
 * @param underlyings per underlying; one that is not named cannot be margined
 * @param credits inter-commodity credits, in order of priority
 * @param initialFactor initial over maintenance requirement
 */
public record SpanParameters(
        List<Scenario> scenarios,
        double lookAheadDays,
        List<DeltaPoint> deltaPoints,
        Map<String, Ranges> underlyings,
        List<InterCommodityCredit> credits,
        double initialFactor) {
    /** Copies and checks. */
    public SpanParameters {
        scenarios = List.copyOf(scenarios);
        deltaPoints = List.copyOf(deltaPoints);
        underlyings = Map.copyOf(underlyings);
        credits = List.copyOf(credits);
        Check.that(!scenarios.isEmpty(), "scenarios", 0, "must not be empty");
        Check.that(!deltaPoints.isEmpty(), "delta points", 0, "must not be empty");
        Check.notNegative("look-ahead days", lookAheadDays);
        Check.notNegative("initial factor", initialFactor);
    }

    /**
     * One column of the risk array.
     *
     * @param price move in shares of the price scan range
     * @param volatility move in shares of the volatility scan range
     * @param cover share of the loss that counts
     */
    public record Scenario(double price, double volatility, double cover) {}

    /**
     * A point of the composite delta.
     *
     * @param price move in shares of the price scan range
     * @param weight relative weight
     */
    public record DeltaPoint(double price, double weight) {
        /** Checks the weight. */
        public DeltaPoint {
            Check.positive("delta weight", weight);
        }
    }

    /**
     * Ranges and charges of an underlying.
     *
     * @param priceScan price scan range over the price
     * @param volatilityScan volatility scan range over the volatility
     * @param shortOptionMinimum least requirement of a short option, over the price
     * @param tierDays last day of each tier but the last, increasing
     * @param spreads intra-commodity charges, in order of priority
     */
    public record Ranges(
            double priceScan,
            double volatilityScan,
            double shortOptionMinimum,
            List<Integer> tierDays,
            List<SpreadCharge> spreads) {
        /** Copies and checks. */
        public Ranges {
            tierDays = List.copyOf(tierDays);
            spreads = List.copyOf(spreads);
            Check.that(priceScan > 0 && priceScan < 1, "price scan range", priceScan, "must be between 0 and 1");
            Check.notNegative("volatility scan range", volatilityScan);
            Check.notNegative("short option minimum", shortOptionMinimum);
        }

        int tier(double days) {
            int tier = 0;
            while (tier < tierDays.size() && days > tierDays.get(tier)) {
                tier++;
            }
            return tier;
        }
    }

    /**
     * Charge on a calendar spread.
     *
     * @param first tier, from 0
     * @param second another tier
     * @param charge per unit of delta on each side, over the price
     */
    public record SpreadCharge(int first, int second, double charge) {
        /** Checks the tiers. */
        public SpreadCharge {
            Check.that(first >= 0 && second >= 0 && first != second, "tiers", first + ", " + second, "must differ");
            Check.notNegative("spread charge", charge);
        }
    }

    /**
     * Credit for opposite deltas in two underlyings.
     *
     * @param first an underlying
     * @param firstDelta units of it in one spread
     * @param second another
     * @param secondDelta units of it in one spread
     * @param credit share of the price risk of both legs that is forgiven
     */
    public record InterCommodityCredit(
            String first, double firstDelta, String second, double secondDelta, double credit) {
        /** Checks the ranges. */
        public InterCommodityCredit {
            Check.positive("delta ratio", firstDelta);
            Check.positive("delta ratio", secondDelta);
            Check.that(credit >= 0 && credit <= 1, "credit", credit, "must be in 0…1");
        }
    }
}
