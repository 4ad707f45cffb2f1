/**
 * Many accounts at once: the largest losses over a table's rows, block by block.
 *
 * <p><b>Takes</b> accounts and a table laid out as columns; of a table with venues also its paths, and how each venue says an account
 * stands. <b>Gives</b> the same integers as {@link io.bulwark.netting.formula}, account by account.
 *
 * <p><b>Invariant.</b> A plain kernel and its vector twin give the same bits; overflow is an error.
 */
@NullMarked
package io.bulwark.netting.scan;

import org.jspecify.annotations.NullMarked;
