/**
 * What the books say of the past, as series: an account's margin and the fund's headline figures, epoch by epoch.
 *
 * <p>Takes the statements and reviews that were kept when epochs were sealed, and computes nothing again. Gives JSON, and the page of an
 * account's owner, which shows it.
 * Invariant: a figure of an epoch is the integer that was kept with it; {@code bulwark epoch replay} finds it again.
 */
@NullMarked
package io.bulwark.api.history;

import org.jspecify.annotations.NullMarked;
