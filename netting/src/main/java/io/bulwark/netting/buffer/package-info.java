/**
 * The contagion buffer: what an account holds beside its initial margin because its neighbours may be liquidated into the same market.
 *
 * <p><b>Takes</b> a {@link io.bulwark.netting.buffer.BufferSystem}: liquidity groups with ladders and caps, symbols with unwind sets, accounts with values, equity and
 * maintenance margin, scenarios. <b>Gives</b> contagion vectors as least fixed points ({@link io.bulwark.netting.buffer.ContagionMap}), certificates that one application
 * checks, headroom, exit rates, and the charge of each account by name ({@link io.bulwark.netting.buffer.ContagionBuffer}); over a house's own risk table: {@link io.bulwark.netting.buffer.HouseBuffer}. For a million accounts: {@link
 * io.bulwark.netting.buffer.LiquidationCascade}. Method page: {@code
 * docs/methodology/contagion.md}.
 *
 * <p>Invariants: integers only; money in micro-USD below 2⁵⁶, of an account and in total; rates in ppm; every division says its rounding, against the account; gains that
 * the cascade itself causes are not credited and opposite forced flows are not netted, so the vectors are one answer whatever the order; the charge is convex,
 * piecewise linear and does not fall when a holding grows.
 */
@NullMarked
package io.bulwark.netting.buffer;

import org.jspecify.annotations.NullMarked;
