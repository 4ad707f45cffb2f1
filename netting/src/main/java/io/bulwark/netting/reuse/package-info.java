/**
 * One collateral, posted again and again: loops, chains, receipts of receipts, and what it costs if the symbol at the root is
 * worth nothing tomorrow.
 *
 * <p><b>Takes</b> links by which collateral is passed on, pools that lend against it, issuers that hold receipts. <b>Gives</b>
 * leverage, velocity, who holds title, and losses hop by hop.
 *
 * <p><b>Invariants.</b> Exact rationals; per unit of own funds or in the unit asked. Sources: Singh, Velocity of pledged
 * collateral (IMF WP/11/256); contagion design, sections 0.6 and 4.
 */
@NullMarked
package io.bulwark.netting.reuse;

import org.jspecify.annotations.NullMarked;
