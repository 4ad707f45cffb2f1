/**
 * What may be held: instruments, assets, risk groups and venues, each under a permanent number.
 *
 * <p>Takes the listing of the house. Gives the definitions by number, name and venue symbol. Invariant: numbers are unique
 * and lists are sorted by them, so that table order is number order.
 */
@NullMarked
package io.bulwark.clearing.instrument;

import org.jspecify.annotations.NullMarked;
