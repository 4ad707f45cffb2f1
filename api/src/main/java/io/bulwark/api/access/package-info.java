/**
 * Who comes to the door, and what of others' accounts is shown to whom: tokens, sign-in with a wallet or a key, consents, legal holds,
 * and the log of
 * who looked.
 *
 * <p>Takes: secrets, signed texts, acts of operators and auditors. Gives: the {@link io.bulwark.api.door.Caller} of a request. Page:
 * docs/access.md.
 *
 * <p>Invariants: a secret is shown once and kept nowhere; a signed text serves once, at one door, for minutes.
 */
@NullMarked
package io.bulwark.api.access;

import org.jspecify.annotations.NullMarked;
