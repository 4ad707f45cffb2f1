/**
 * Looks at what a house holds with a stranger's eyes: every piece of evidence is checked again, from itself alone.
 *
 * <p><b>Takes</b> a {@link io.bulwark.clearing.holding.HoldingList} with its evidence, the quorum of the house, and the keys of venues and
 * custodians that the reader knows. <b>Gives</b> {@link io.bulwark.adapter.holding.HoldingAudit}: by asset, how much is shown by which grade and how
 * much of it without control; or the first piece that does not hold.
 *
 * <p><b>Invariants.</b> A piece counts by what is found, never by what it says of itself; one that says more than is found refuses the list.
 * Nothing is fetched: which block is the chain's own, a reader looks up by the hash that is printed.
 */
@NullMarked
package io.bulwark.adapter.holding;

import org.jspecify.annotations.NullMarked;
