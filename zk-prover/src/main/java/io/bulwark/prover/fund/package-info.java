/**
 * The insurance fund in zero knowledge: in every scenario of the sealed vault table the two members who lose most beyond their margin,
 * affiliates merged, are covered by the fund; who they are and what anybody loses stays with the house.
 *
 * <p><b>Takes:</b> a sealed epoch, its vault table, every account of its tree with member and initial margin, what the fund holds. <b>Gives:</b>
 * a proof of 196 bytes that anybody checks with a verifying key alone, and what the fund must hold at least, for the house.
 *
 * <p>The initial margins are the house's statement: their root is public, so that no two people are shown different ones; that each is the
 * formula's integer, its owner proves or the house shows (claim of kind 3). Circuit and argument: {@code circuits/fund}.
 */
@NullMarked
package io.bulwark.prover.fund;

import org.jspecify.annotations.NullMarked;
