/**
 * Price histories that people hand to the house as files.
 *
 * <p><b>Takes</b> CSV text. <b>Gives</b> {@link io.bulwark.netting.volatility.DailyPrices}, one for each underlying of the file, or a refusal by file, row, column, value
 * and rule. Reads nothing else and knows no other room of this module, so that every one of them may use it.
 */
@NullMarked
package io.bulwark.api.history;

import org.jspecify.annotations.NullMarked;
