package io.bulwark.netting.collateral;

import io.bulwark.netting.risktable.IntColumn;

/**
 * What one lot of an asset counts for, u = 10⁻⁴ USD.
 *
 * @param value as collateral, rounded down
 * @param row change of the value per scenario row
 * @param es change of the value per expected-shortfall row
 * @param debtValue as debt, rounded up
 * @param debtRow change of the debt per scenario row
 * @param debtEs change of the debt per expected-shortfall row
 */
public record AssetRows(long value, IntColumn row, IntColumn es, long debtValue, IntColumn debtRow, IntColumn debtEs) {}
