/**
 * Published models of networks, and what members owe one another netted before it is settled. Figures for the fund manager; no margin
 * reads them. Fire sales: {@code netting.firesale}.
 *
 * <p><b>Takes</b> who owes whom, who is exposed to whom, as compressed rows or exact fractions; {@link
 * io.bulwark.netting.network.NettingCycle.Obligation}s of one cycle. <b>Gives</b> clearing payments, DebtRank with what certifies
 * them, and a {@link io.bulwark.netting.network.NettingCycle}: one amount a member and commodity. Method pages:
 * {@code docs/methodology/contagion.md}, {@code docs/methodology/settlement.md}.
 *
 * <p><b>Invariants.</b> The answer does not depend on the order in which rows are visited, nor on how many threads visit them. Netted
 * amounts are whole units; those of a
 * commodity sum to zero; nobody's net is more than what it owes or is owed gross.
 */
@NullMarked
package io.bulwark.netting.network;

import org.jspecify.annotations.NullMarked;
