package io.bulwark.research.backtest;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.optional;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.correlation.Correlation;
import io.bulwark.netting.correlation.PublishedCorrelation;
import io.bulwark.netting.volatility.Cleaned;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceFilter;
import io.bulwark.netting.volatility.PublishedVolatility;
import java.util.List;
import java.util.Optional;

/**
 * What the house publishes from price histories: the filter's findings, volatilities and ranges, correlations.
 *
 * @param underlyings one a history, in order
 * @param correlation of all of them; absent for a single one
 */
record CalibrationRun(List<Underlying> underlyings, Optional<Hanging> correlation) {
    public CalibrationRun {
        underlyings = List.copyOf(underlyings);
    }

    /**
     * One underlying.
     *
     * @param cleaned prices and findings
     * @param published the integers
     */
    public record Underlying(Cleaned cleaned, PublishedVolatility published) {}

    /**
     * How they hang together.
     *
     * @param before weighted and shrunk, before any repair
     * @param repaired whether it had to be repaired
     * @param published the integers
     */
    public record Hanging(Correlation before, boolean repaired, PublishedCorrelation published) {}

    /**
     * Calibrates under these parameters.
     *
     * @throws IllegalArgumentException if a history is too short, or an underlying never moved
     */
    public static CalibrationRun of(List<DailyPrices> histories, ParameterSet parameters) {
        List<Underlying> underlyings = histories.stream()
                .map(history -> PriceFilter.clean(history, parameters))
                .map(cleaned -> new Underlying(cleaned, PublishedVolatility.of(cleaned.prices(), parameters)))
                .toList();
        List<DailyPrices> cleaned = underlyings.stream()
                .map(underlying -> underlying.cleaned().prices())
                .toList();
        return new CalibrationRun(
                underlyings, cleaned.size() < 2 ? Optional.empty() : Optional.of(hanging(cleaned, parameters)));
    }

    private static Hanging hanging(List<DailyPrices> cleaned, ParameterSet parameters) {
        Correlation before = PublishedCorrelation.estimate(cleaned, parameters);
        return new Hanging(before, !before.isPositiveSemiDefinite(), PublishedCorrelation.of(cleaned, parameters));
    }

    /** SHA-256 of ["bulwark-calibration", 1, [volatility …], [correlation] or []]. */
    public Digest digest() {
        return array(
                        text("bulwark-calibration"),
                        integer(1),
                        array(underlyings.stream()
                                .map(underlying -> underlying.published().canonical())
                                .toList()),
                        optional(correlation.map(hanging -> hanging.published().canonical())))
                .sha256();
    }
}
