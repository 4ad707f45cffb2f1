package io.bulwark.netting.backtest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same books under several rules.
 *
 * @param byRule series in the order of the books, by name of the rule
 */
record RuleSeries(Map<String, List<BookSeries>> byRule) {
    /** Copies. */
    RuleSeries {
        byRule = Collections.unmodifiableMap(new LinkedHashMap<>(byRule));
    }

    /**
     * The series of a rule.
     *
     * @throws IllegalArgumentException if it was not run
     */
    List<BookSeries> of(String rule) {
        return Optional.ofNullable(byRule.get(rule))
                .orElseThrow(() ->
                        new IllegalArgumentException("rule must be one of " + byRule.keySet() + "; have " + rule));
    }
}
