/**
 * Bybit v5: what its answers and stream messages say.
 *
 * <p><i>Takes</i>: payloads of the account, position, order, market and loan interfaces, bare or in their envelope. <i>Gives</i>: facts. Numbers come as text, and
 * the empty text means absent. Sizes count the coin in linear contracts and options, and US dollars in inverse contracts; volatilities are fractions.
 */
@NullMarked
package io.bulwark.adapter.bybit;

import org.jspecify.annotations.NullMarked;
