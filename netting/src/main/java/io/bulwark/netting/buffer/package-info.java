/**
 * The contagion buffer: what an account holds beside its initial margin because its neighbours may be liquidated into the same market.
 *
 * <p><b>Takes</b> accounts over a house's own risk table ({@link io.bulwark.netting.buffer.HouseBook}) and the vectors of {@link io.bulwark.netting.contagion}. <b>Gives</b> the
 * published tariff, headroom, exit rates, short volatility, and the charge of each account by name ({@link io.bulwark.netting.buffer.ContagionBuffer}, {@link
 * io.bulwark.netting.buffer.HouseBuffer}). Method page: {@code docs/methodology/contagion.md}.
 *
 * <p><b>Invariants.</b> Integers only; the charge is convex, piecewise linear and does not fall when a holding grows; a tariff is the same bytes for everybody.
 */
@NullMarked
package io.bulwark.netting.buffer;

import org.jspecify.annotations.NullMarked;
