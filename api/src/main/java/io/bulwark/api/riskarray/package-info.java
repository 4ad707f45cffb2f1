/**
 * Risk arrays for other programs: {@code bulwark epoch export}.
 *
 * <p>Takes: a risk table. Gives: what one long lot of each instrument gains or loses in each scenario, integers of u = 10⁻⁴ USD or ppm, as
 * CSV, or as XML after {@code export/risk-arrays-1.xsd}. Method: {@code docs/methodology/venue-margins.md}.
 *
 * <p>Invariant: every row has every scenario.
 */
@NullMarked
package io.bulwark.api.riskarray;

import org.jspecify.annotations.NullMarked;
