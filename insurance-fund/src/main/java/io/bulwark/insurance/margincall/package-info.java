/**
 * Margin calls that run: who is called, until when, whether it was met, and who is to be liquidated.
 *
 * <p><b>Takes</b> the record of the epoch before and where every account stands in this one. <b>Gives</b> the record of this epoch, which
 * the next epoch seals. <b>Invariants.</b> A record follows from the one before and the epoch's own margins, by no clock but the epoch's
 * time; an account has one call at a time, and its clock is never started again while it stands.
 */
@NullMarked
package io.bulwark.insurance.margincall;

import org.jspecify.annotations.NullMarked;
