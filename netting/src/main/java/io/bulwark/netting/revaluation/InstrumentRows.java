package io.bulwark.netting.revaluation;

import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.Sensitivity;
import java.util.List;
import java.util.Optional;

/**
 * The integers of one lot of an instrument, u = 10⁻⁴ USD.
 *
 * @param value mark
 * @param row profit and loss of a long lot per scenario row
 * @param rowShort for a two-asset product: the largest profit and loss over the row's cell pairs
 * @param es profit and loss of a long lot per expected-shortfall row
 * @param delta per group, sorted
 * @param vega per group, sorted, per volatility point
 */
public record InstrumentRows(
        long value,
        IntColumn row,
        Optional<IntColumn> rowShort,
        IntColumn es,
        List<Sensitivity> delta,
        List<Sensitivity> vega) {}
