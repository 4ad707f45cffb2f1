/**
 * Derive: options, perpetuals and spot on an application chain, read offline.
 *
 * <p>Takes single answers and stream messages of the second and the third schema. Gives {@link io.bulwark.adapter.fact.FactSheet facts and refusals}. Sizes are in the
 * underlying, short negative; prices in the quote currency per unit; volatilities are fractions. Margins are net: value less requirement, so that a maintenance margin below zero means liquidation.
 * {@code failed_to_fetch} is no data, never zero.
 */
@NullMarked
package io.bulwark.adapter.derive;

import org.jspecify.annotations.NullMarked;
