/**
 * Risk arrays for other programs: one row per instrument, profit and loss of one long lot per scenario, as CSV or XML.
 *
 * <p><b>Takes</b> a risk table. <b>Gives</b> text with the table's digest inside; all figures are integers, u = 10⁻⁴ USD or ppm. The XML follows
 * {@code export/risk-arrays-1.xsd}. Method: {@code docs/methodology/venue-margins.md}.
 */
@NullMarked
package io.bulwark.api.export;

import org.jspecify.annotations.NullMarked;
