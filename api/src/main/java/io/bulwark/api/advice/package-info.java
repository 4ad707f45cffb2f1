/**
 * What would become of an account: changes, the way to a call and out of it.
 *
 * <p>Takes: an account and an epoch. Gives: figures before and after, distances, cures, the largest trades. Invariant: whatever is advised
 * was margined again.
 */
@NullMarked
package io.bulwark.api.advice;

import org.jspecify.annotations.NullMarked;
