/**
 * Binance: what the answers and stream messages of USD-margined futures, portfolio margin, and spot and margin accounts say.
 *
 * <p><i>Takes</i>: payloads of {@code fapi}, {@code papi}, {@code sapi} and {@code api}, bare or in the envelope of a stream.
 * <i>Gives</i>: facts. Positions of USD-margined contracts count the coin, those of coin-margined contracts count contracts; both are
 * signed by the venue.
 */
@NullMarked
package io.bulwark.adapter.binance;

import org.jspecify.annotations.NullMarked;
