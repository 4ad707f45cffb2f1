/**
 * The generic venue: a protocol that no adapter knows pushes what it says, in the risk language, signed with its own key.
 *
 * <p>Takes files of the risk language, snapshots of accounts and reports of the market, and the signature over each. Gives holdings,
 * standings, prices and what else the market shows. Invariants: the same decoder reads what is pushed, what is validated and what is
 * replayed; what a
 * file says of whom and when is what the protocol signed; nothing that is absent counts as nothing.
 */
@NullMarked
package io.bulwark.adapter.feed;

import org.jspecify.annotations.NullMarked;
