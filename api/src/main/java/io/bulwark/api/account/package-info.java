/**
 * The margin of an account, booked or not: {@code bulwark account margin}, {@code /accounts}, {@code /margin}.
 *
 * <p>Takes: a portfolio in JSON or an account's number, and what its margin is computed over. Gives: the margin with every term of its
 * explanation.
 *
 * <p>Invariants: terms sum exactly to the initial margin; asking never changes the books.
 */
@NullMarked
package io.bulwark.api.account;

import org.jspecify.annotations.NullMarked;
