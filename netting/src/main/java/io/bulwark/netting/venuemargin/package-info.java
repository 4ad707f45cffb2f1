/**
 * Margins as other venues compute them, each from a published parameter record: Deribit's portfolio margin, Derive's portfolio risk managers (versions 1 and 2) and
 * standard manager, and the classic SPAN scan of 16 scenarios.
 *
 * <p><b>Takes</b> a portfolio in the venue's own units and the venue's parameters. <b>Gives</b> the venue's figures, and where its rule is not convex the smallest
 * requirement of our own convex form that is never below it. Nothing here enters a risk table, a statement or a proof: a venue's margin is shown beside Bulwark's own.
 *
 * <p><b>Invariants.</b> A requirement of the convex hull is never below the venue's. Prices come from {@code netting.pricing}, powers and logarithms from
 * {@code StrictMath}: the same figures on every processor.
 *
 * <p>Method: {@code docs/methodology/venue-margins.md}.
 */
@NullMarked
package io.bulwark.netting.venuemargin;

import org.jspecify.annotations.NullMarked;
