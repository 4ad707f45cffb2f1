/**
 * What a house holds, against what it owes or as its fund, piece by piece, and by what each piece is shown.
 *
 * <p><b>Takes</b> holdings that somebody wrote down. <b>Gives</b> {@link io.bulwark.clearing.holding.HoldingList}, one document of an epoch and a
 * purpose in one order, whose bytes the quorum signs, and {@link io.bulwark.clearing.holding.HoldingEvidence}, whose digest a holding names.
 *
 * <p><b>Invariants.</b> A holding stands once: place and what is held name it. What is held for one purpose is signed for no other. The list says nothing that is not signed; whether a piece of
 * evidence holds is for whoever reads it to find, again, on its own.
 */
@NullMarked
package io.bulwark.clearing.holding;

import org.jspecify.annotations.NullMarked;
