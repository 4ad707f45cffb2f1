/**
 * Who is called, until when, and what would be traded for who is liquidated.
 *
 * <p>Takes a sealed epoch. Gives its calls, and the orders of an account, over HTTP and on the command line alike.
 */
@NullMarked
package io.bulwark.api.margincall;

import org.jspecify.annotations.NullMarked;
