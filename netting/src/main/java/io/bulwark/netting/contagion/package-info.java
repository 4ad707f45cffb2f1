/**
 * How one member's forced sales become another's losses: symbols, ladders, the map Φ, its fixed points, the cascade.
 *
 * <p><b>Takes</b> a {@link io.bulwark.netting.contagion.ContagionSystem}: liquidity groups with ladders and caps, symbols with unwind
 * sets, accounts with values, equity and
 * maintenance margin, scenarios. <b>Gives</b> contagion vectors as least fixed points ({@link io.bulwark.netting.contagion.ContagionMap})
 * and what certifies them: one
 * application of the map. For a million accounts: {@link io.bulwark.netting.contagion.LiquidationCascade}. Method page:
 * {@code docs/methodology/contagion.md}.
 *
 * <p><b>Invariants.</b> Integers only; money in micro-USD below 2⁵⁶, of an account and in total; rates in ppm; every division says its
 * rounding, against the account; gains
 * that the cascade itself causes are not credited and opposite forced flows are not netted, so the vectors are one answer whatever the
 * order.
 */
@NullMarked
package io.bulwark.netting.contagion;

import org.jspecify.annotations.NullMarked;
