/**
 * Money and quantities as scaled integers, and the only places where they are rounded.
 *
 * <p>Takes decimal text and integers. Gives {@link io.bulwark.clearing.money.Amount amounts} that lose nothing and {@link
 * io.bulwark.clearing.money.Rounding divisions} that name their direction. Invariant: no floating point, no wrap.
 */
@NullMarked
package io.bulwark.clearing.money;

import org.jspecify.annotations.NullMarked;
