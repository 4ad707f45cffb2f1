/**
 * One account across all venues, in lots.
 *
 * <p><b>Takes</b> what venues hold for an account. <b>Gives</b> a {@link io.bulwark.netting.portfolio.MarginAccount}: cash in u = 10⁻⁴ USD and four lists of lots by
 * permanent number.
 *
 * <p>Invariant: nothing here prices anything; amounts become lots by one pure function.
 */
@NullMarked
package io.bulwark.netting.portfolio;

import org.jspecify.annotations.NullMarked;
