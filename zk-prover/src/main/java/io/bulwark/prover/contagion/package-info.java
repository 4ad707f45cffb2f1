/**
 * The certificate of a house's contagion vectors in zero knowledge: at the published vectors no account is forced to sell or buy more than the
 * ladders have room for, in any scenario and group, affiliates merged. So the vectors are at or above the cascade's least fixed point, and
 * nobody needs to trust how the house found them.
 *
 * <p><b>Takes:</b> a sealed epoch, its risk table and buffer tariff, every account of its tree with its leaf of the margin tree. <b>Gives:</b>
 * a proof of 196 bytes, which anybody checks with a verifying key, table and tariff, and the forced flows, for the house.
 *
 * <p>Members and margins are those that the epoch seals. Circuit and argument: {@code circuits/contagion}.
 */
@NullMarked
package io.bulwark.prover.contagion;

import org.jspecify.annotations.NullMarked;
