package io.bulwark.netting.revaluation;

/**
 * What all options of one expiry share.
 *
 * @param factor τ of {@link SurfaceRule#termFactor}
 * @param twist relative move of volatility at τ = 1 in a twist of sign 1
 * @param rootYears √T of standardised moneyness
 */
record Term(double factor, double twist, double rootYears) {
    static Term of(SurfaceRule rule, double years) {
        return new Term(rule.termFactor(years), rule.twist(years), SurfaceRule.rootYears(years));
    }
}
