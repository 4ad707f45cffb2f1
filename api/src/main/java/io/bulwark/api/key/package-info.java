/**
 * Keys of proofs: those that this house publishes, and their making by many hands.
 *
 * <p>Takes: folders of keys and of ceremonies. Gives: keys by identity, and a ceremony's state. Invariant: who made a key is counted, not
 * claimed.
 */
@NullMarked
package io.bulwark.api.key;

import org.jspecify.annotations.NullMarked;
