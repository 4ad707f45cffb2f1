/**
 * How one node of a house reaches another over HTTP: messages handed over, questions asked.
 *
 * <p>Takes: an address and bytes. Gives: the answer's bytes, or none. Invariants: an answer has a limit on time and length;
 * redirects are not followed; nothing is
 * asked again here, since whoever needs an answer asks on his own clock.
 */
@NullMarked
package io.bulwark.adapter.peer;

import org.jspecify.annotations.NullMarked;
