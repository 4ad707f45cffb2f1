/**
 * What the fund manager watches: the book of an epoch under a shock, who infects whom, which layer pays, and what a lever would change.
 *
 * <p><b>Takes</b> the vault table at a scale, every account with its margin, the buffer's system where the house publishes one, and what stands in the fund. <b>Gives</b>
 * {@link io.bulwark.insurance.monitor.Counterfactual}, {@link io.bulwark.insurance.monitor.Adequacy}, {@link io.bulwark.insurance.monitor.GainsPreview} and {@link
 * io.bulwark.insurance.monitor.ContagionEdges}. It posts nothing and seals nothing.
 *
 * <p><b>Invariants.</b> Exact integers, the kernels of the epoch itself; at scale 1 with no lever and no forced sales the need is that of {@link
 * io.bulwark.insurance.stresstest.CoverTwo}; the causes of a need add up to it. Method: {@code docs/methodology/fund-monitor.md}.
 */
@NullMarked
package io.bulwark.insurance.monitor;

import org.jspecify.annotations.NullMarked;
