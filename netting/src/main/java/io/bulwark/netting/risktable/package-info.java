/**
 * The risk table, format version 2, or 3 where it lists venues: one published, hashed table per epoch that holds
 * every integer the margin is made of.
 *
 * <p><b>Takes</b> quantised profit and loss per lot and scenario row, charge slopes and parameters, as integers. <b>Gives</b> an immutable {@link
 * io.bulwark.netting.risktable.RiskTable}, its canonical encoding ({@code risk-table.cddl}) and digest.
 *
 * <p>Money is in u = 10⁻⁴ USD, ratios in ppm, quantities in lots. Invariants: every row entry fits 32 bits; every array has one entry per scenario row (or per
 * expected-shortfall row); instruments, assets and groups are sorted by permanent number; nothing here computes with floating point.
 */
@NullMarked
package io.bulwark.netting.risktable;

import org.jspecify.annotations.NullMarked;
