/**
 * How one member's trouble becomes another's: clearing payments, DebtRank, fire sales, liquidation cascades. Monitor figures of the fund manager; no margin reads them.
 *
 * <p><b>Takes</b> who owes whom, who is exposed to whom, who holds what and how deep its market is, as compressed rows or exact fractions. <b>Gives</b> the least or the
 * greatest fixed point of an isotone map ({@link io.bulwark.netting.contagion.FixedPoint}) and what certifies it: one application of the map. Method page: {@code
 * docs/methodology/contagion.md}.
 *
 * <p>Invariants: the answer does not depend on the order in which rows are visited, nor on how many threads visit them; every fast kernel has a plain twin under the
 * same tests; the cascade over accounts counts in integers, whose rounding is written where it happens and goes against the accounts.
 */
@NullMarked
package io.bulwark.netting.contagion;

import org.jspecify.annotations.NullMarked;
