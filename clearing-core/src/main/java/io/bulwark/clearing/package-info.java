/**
 * The house's words and its books: every other module speaks in the types of these rooms.
 *
 * <p>Takes nothing of ours. Gives money, accounts, instruments, positions, prices, parameters, the ledger, epochs, signatures
 * and events.
 */
@NullMarked
package io.bulwark.clearing;

import org.jspecify.annotations.NullMarked;
