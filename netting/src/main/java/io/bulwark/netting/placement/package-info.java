/**
 * Where an account's entries stand: a published table and a booked account, said again by venue, so that what each venue may do on its
 * own has a price.
 *
 * <p><b>Takes</b> a table of format 2, the listing, where the lots of an account come from, and what its venues count of it.
 * <b>Gives</b> {@link io.bulwark.netting.placement.PlacedAccount}: the same account over a table of format 3, in which a claim on a
 * venue is an asset of its own. Method: docs/methodology/venue-risk.md.
 *
 * <p>Invariant: with no credit and nothing charged of venues, stress and equity are those of the account that was placed.
 */
@NullMarked
package io.bulwark.netting.placement;

import org.jspecify.annotations.NullMarked;
