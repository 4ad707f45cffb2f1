/**
 * Clearing accounts, and the venue accounts that are linked to them.
 *
 * <p>Takes numbers given at opening and names at venues. Gives the identities under which everything is booked. Invariant: a
 * number is never used again.
 */
@NullMarked
package io.bulwark.clearing.account;

import org.jspecify.annotations.NullMarked;
