package io.bulwark.netting.pricing;

/** What the arguments of a model must be; a refusal names field, value and rule. */
final class Ranges {
    private Ranges() {}

    /** The arguments that every option has; the underlying's price may be named otherwise and is checked as spot. */
    static void requireOption(
            double spot, double strike, double dividendYield, double rate, double years, double volatility) {
        requirePositive("spot", spot);
        requirePositive("strike", strike);
        requireFinite("dividendYield", dividendYield);
        requireFinite("rate", rate);
        requireNotNegative("years", years);
        requireNotNegative("volatility", volatility);
    }

    static void requirePositive(String field, double value) {
        requireFinite(field, value);
        if (!(value > 0)) {
            throw new IllegalArgumentException(field + " must be > 0; have " + value);
        }
    }

    static void requireNotNegative(String field, double value) {
        requireFinite(field, value);
        if (!(value >= 0)) {
            throw new IllegalArgumentException(field + " must be >= 0; have " + value);
        }
    }

    static void requireFinite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(field + " must be a finite number; have " + value);
        }
    }

    static void requireCorrelation(double value) {
        if (!(Math.abs(value) <= 1)) {
            throw new IllegalArgumentException("correlation must be -1 to 1; have " + value);
        }
    }
}
