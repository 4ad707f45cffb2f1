/**
 * Paradex: perpetuals on an application chain, read offline.
 *
 * <p>Takes single answers and stream messages. Gives {@link io.bulwark.adapter.fact.FactSheet facts and refusals}. Sizes are in the base asset and signed, with the side
 * beside; prices in USD, money in USDC; an empty text is absent. {@code seq_no} grows and has gaps: it orders answers and proves nothing missing.
 */
@NullMarked
package io.bulwark.adapter.paradex;

import org.jspecify.annotations.NullMarked;
