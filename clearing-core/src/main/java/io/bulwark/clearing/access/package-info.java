/**
 * Who may use the house's door, as what, and who may look at an account that is another's.
 *
 * <p>Takes: tokens by their SHA-256, statements that owners signed, acts of two people. Gives: who stands behind a secret
 * ({@link io.bulwark.clearing.access.AccessRegister}), and by what right somebody looks at an account
 * ({@link io.bulwark.clearing.access.OversightRegister}), written down in the same transaction.
 *
 * <p>Invariants: no secret is kept; rows are only added; a nonce serves once; a legal hold has two names and two roles. Epochs seal tokens,
 * consents, holds and looks with the other tables of the books; page: docs/access.md.
 */
@NullMarked
package io.bulwark.clearing.access;

import org.jspecify.annotations.NullMarked;
