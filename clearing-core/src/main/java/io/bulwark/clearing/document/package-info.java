/**
 * How bytes become values: the canonical encoding, digests, and what is said of bytes that are refused.
 *
 * <p>Takes values or bytes. Gives one sequence of bytes a value ({@link io.bulwark.clearing.document.CanonicalWriter}), the value again ({@link
 * io.bulwark.clearing.document.CanonicalReader}), its {@link io.bulwark.clearing.document.Digest}, or a {@link io.bulwark.clearing.document.Refusal} by field, value and rule.
 *
 * <p>Invariant: one value has one encoding (deterministic CBOR, RFC 8949 §4.2), and the reader accepts no other. Knows no other room.
 */
@NullMarked
package io.bulwark.clearing.document;

import org.jspecify.annotations.NullMarked;
