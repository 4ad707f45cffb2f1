/**
 * The book of a whole house: every account of a sealed epoch counted once, liabilities by asset covered by reserves, shortfall declared.
 *
 * <p><b>Takes</b> a sealed epoch with its account leaves, its risk table and the reserves. <b>Gives</b>
 * {@link io.bulwark.prover.book.BookProof}, one file that anybody checks with the verifying keys and the table.
 *
 * <p><b>Invariants.</b> The leaves are those of the account tree, so an account's path there is its inclusion in the book. What is kept for
 * the next epoch holds subtotals and is the house's own. What is proved and why it holds: {@code zk-prover/circuits/book/book.go}.
 */
@NullMarked
package io.bulwark.prover.book;

import org.jspecify.annotations.NullMarked;
