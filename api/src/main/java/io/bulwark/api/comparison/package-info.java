/**
 * Methods side by side: {@code bulwark account compare}, {@code /margin/comparison}.
 *
 * <p>Takes: an account, booked or not, and an epoch. Gives: what each method would ask for the same positions, in money and as a share of
 * their notional. Invariant: every method reads the one table; nothing is priced again.
 */
@NullMarked
package io.bulwark.api.comparison;

import org.jspecify.annotations.NullMarked;
