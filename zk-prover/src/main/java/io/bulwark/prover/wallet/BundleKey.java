package io.bulwark.prover.wallet;

import io.bulwark.clearing.document.Digest;

/**
 * The public half of the key that an owner's bundles are encrypted to: what the house keeps of an owner, beside the commitment in the leaf.
 *
 * @param point X25519, 32 bytes, under the type that holds so many
 */
public record BundleKey(Digest point) {
    /** The point in hexadecimal. */
    @Override
    public String toString() {
        return point.hex();
    }
}
