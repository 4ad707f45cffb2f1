/**
 * Defaults of members, from a declaration to the venue that is paid, and how each of them went.
 *
 * <p>Takes: declarations as files, the books of a house, a key that pays. Gives: settlements, transactions in a block, days step by step.
 * Invariants: what was done once is found done; every step is told from the books alone.
 */
@NullMarked
package io.bulwark.api.defaultmanagement;

import org.jspecify.annotations.NullMarked;
