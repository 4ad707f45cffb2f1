/**
 * The insurance fund in zero knowledge: in every scenario of the sealed vault table the two members who lose most beyond what they hold,
 * affiliates merged, lose at most the fund together; who they are and what anybody loses stays with the house.
 *
 * <p><b>Takes:</b> a sealed epoch, its vault table, every account of its tree with its leaf of the margin tree, what the fund holds. <b>Gives:</b> a
 * proof of 196 bytes that anybody checks with a verifying key alone, and what the fund must hold at least, for the house.
 *
 * <p>Members and margins are those that the epoch seals; that each margin is the formula's, the statement of tag 6 says, account by account. Whatever
 * stands there, an account is credited no more than the equity that the circuit computes itself. Circuit and argument: {@code circuits/fund}.
 */
@NullMarked
package io.bulwark.prover.fund;

import org.jspecify.annotations.NullMarked;
