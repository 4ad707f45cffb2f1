package io.bulwark.insurance.regulatory;

import java.util.Optional;

/**
 * A trade as SA-CCR sees it.
 *
 * @param id of the trade
 * @param assetClass by its primary risk factor
 * @param subclass rating, grade or kind within the class; empty for rates and currencies
 * @param hedgingSet currency (with basis or volatility behind it), pair, commodity group or coin; empty for credit and equity
 * @param reference entity or commodity; empty for rates, currencies and coins
 * @param notional in the reporting currency, price × units already taken
 * @param period start and end of what the trade refers to, years; empty but for rates and credit
 * @param maturity M, years
 * @param delta direction
 * @param factorMultiple on the supervisory factor: a half for basis, five for volatility trades, else 1 (CRE52.46)
 */
public record DerivativeTrade(
        String id,
        AssetClass assetClass,
        String subclass,
        String hedgingSet,
        String reference,
        double notional,
        Optional<Period> period,
        double maturity,
        SupervisoryDelta delta,
        double factorMultiple) {
    private static final double RATE = 0.05;
    private static final double BUSINESS_DAYS = 250;
    private static final double MATURITY_MIN_DAYS = 10;
    private static final double MARGINED_MULTIPLE = 1.5;

    /**
     * What the trade refers to.
     *
     * @param start years from today, ≥ 0
     * @param end years from today, > start
     */
    public record Period(double start, double end) {
        /** Checks the order. */
        public Period {
            if (!(start >= 0 && end > start)) {
                throw new IllegalArgumentException("S and E must have 0 <= S < E; have " + start + ", " + end);
            }
        }

        /** (e^(−0.05 S) − e^(−0.05 E))/0.05 (CRE52.34). */
        public double supervisoryDuration() {
            return (StrictMath.exp(-RATE * start) - StrictMath.exp(-RATE * end)) / RATE;
        }
    }

    /** Checks the maturity. */
    public DerivativeTrade {
        if (!(maturity >= 0)) {
            throw new IllegalArgumentException("M of " + id + " must be >= 0; have " + maturity);
        }
    }

    /** Notional times supervisory duration, where there is one. */
    public double adjustedNotional() {
        return notional * period.map(Period::supervisoryDuration).orElse(1.0);
    }

    /**
     * By how much the horizon is shorter than a year (CRE52.48 to 52.52).
     *
     * @param marginPeriodDays margin period of risk in business days; empty for a set without margin
     */
    public double maturityFactor(Optional<Double> marginPeriodDays) {
        return marginPeriodDays
                .map(days -> MARGINED_MULTIPLE * StrictMath.sqrt(days / BUSINESS_DAYS))
                .orElseGet(() -> StrictMath.sqrt(Math.min(1, Math.max(maturity, MATURITY_MIN_DAYS / BUSINESS_DAYS))));
    }

    /** Delta × adjusted notional × maturity factor. */
    public double effectiveNotional(Optional<Double> marginPeriodDays) {
        return adjustedNotional() * delta.value() * maturityFactor(marginPeriodDays);
    }

    /** The class's factor, with the multiple of basis and volatility trades. */
    public double supervisoryFactor() {
        return assetClass.supervisoryFactor(subclass) * factorMultiple;
    }
}
