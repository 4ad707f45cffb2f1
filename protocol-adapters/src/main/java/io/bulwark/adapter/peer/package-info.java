/**
 * How one node of a house reaches another: messages handed over and questions asked, over HTTP or over a topic of brokers.
 *
 * <p>Takes: an address or a topic, and bytes. Gives: the answer's bytes, or none. peer.cddl has the bytes of the topic.
 *
 * <p>Invariants: an answer has a limit on time and length; redirects are not followed; over a topic, an answer is that of the node that was
 * asked, by its signature; nothing is asked again here, since whoever needs an answer asks on his own clock.
 */
@NullMarked
package io.bulwark.adapter.peer;

import org.jspecify.annotations.NullMarked;
