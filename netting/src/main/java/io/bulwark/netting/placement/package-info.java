/**
 * Where a house's entries stand: a published table and booked accounts, said again by venue, so that what each venue may do on its
 * own has a price.
 *
 * <p><b>Takes</b> a table of format 2, the listing, where the lots of the accounts come from, and what their venues count of them.
 * <b>Gives</b> {@link io.bulwark.netting.placement.Placement}: the places of the house, the same table in format 3, in which a claim on a
 * venue is an asset of its own, and each account in its numbers with its standings. Method: docs/methodology/venue-risk.md.
 *
 * <p>Invariant: with no credit and nothing charged of venues, stress and equity are those of the account that was placed.
 */
@NullMarked
package io.bulwark.netting.placement;

import org.jspecify.annotations.NullMarked;
