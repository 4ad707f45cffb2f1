/**
 * What members owe one another, netted multilaterally before it is settled.
 *
 * <p><b>Takes</b> {@link io.bulwark.netting.settlement.Obligation}s of one cycle. <b>Gives</b> a {@link io.bulwark.netting.settlement.NettingCycle}: one amount a
 * member and commodity, paid to the house or received from it, with what that saves and a digest by which anybody finds it again. Method page: {@code
 * docs/methodology/settlement.md}.
 *
 * <p>Invariants: whole units; the amounts of a commodity sum to zero; nobody's net is more than what it owes or is owed gross; the order of obligations does not
 * matter; removing a member who cannot pay leaves a cycle of the same kind.
 */
@NullMarked
package io.bulwark.netting.settlement;

import org.jspecify.annotations.NullMarked;
