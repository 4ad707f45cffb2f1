/**
 * Files of prices, in the forms in which people have them: one underlying or many, closes or candles, days or hours.
 *
 * <p>Takes: CSV. Gives: daily prices by underlying, or a refusal by file, row, column, value and rule.
 *
 * <p>Invariant: a price is finite and above 0, a day stands once; nothing is filled in.
 */
@NullMarked
package io.bulwark.house.pricefile;

import org.jspecify.annotations.NullMarked;
