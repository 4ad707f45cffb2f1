/**
 * A default from breach to settled books.
 *
 * <p><b>Takes</b> a {@link io.bulwark.insurance.defaultmanagement.DefaultDeclaration} (who failed, in which row of the vault table, what
 * was bid for their portfolios, what stood in the fund) and the failed and surviving accounts of its epoch. <b>Gives</b> a
 * {@link io.bulwark.insurance.defaultmanagement.DefaultSettlement}: how each portfolio was closed, who pays which part, and the
 * transfers for the ledger.
 *
 * <p><b>Invariants.</b> A pure function of declaration and epoch: settled again after a crash it gives the same transfers with the same
 * identities, so that nothing is paid twice. Margin used, payments and what is left uncovered are the cost of the default, to the unit.
 * Order: defaulter's margin, its contribution, the house's own capital, contributions of members who did not bid, of those who did,
 * assessments, gains. Method: {@code docs/methodology/default-management.md}.
 */
@NullMarked
package io.bulwark.insurance.defaultmanagement;

import org.jspecify.annotations.NullMarked;
