package io.bulwark.clearing.attestation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A quorum member's word that an address on chains is its own: what ties a registry's nodes to the keys of the founding document.
 *
 * @param member the member's Ed25519 public key
 * @param address the address
 * @param signature 64 bytes over {@link #statement}
 */
public record ChainKeyCertificate(Digest member, ChainAddress address, byte[] signature) {
    /** Copies, and checks the length. */
    public ChainKeyCertificate {
        signature = signature.clone();
        if (signature.length != EpochSignature.LENGTH) {
            throw new IllegalArgumentException("signature must have 64 bytes; have " + signature.length);
        }
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /** ["bulwark-chain-key", 1, house, address]; its bytes are signed. */
    static CanonicalValue statement(Digest house, ChainAddress address) {
        return array(text("bulwark-chain-key"), integer(1), bytes(house), bytes(address.bytes()));
    }

    /** Whether the member certified the address for this house. */
    public boolean holds(Digest house) {
        return EpochSignature.holds(member, signature, statement(house, address));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChainKeyCertificate that
                && member.equals(that.member)
                && address.equals(that.address)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Objects.hash(member, address, Arrays.hashCode(signature));
    }

    @Override
    public String toString() {
        return member + ":" + address + ":" + HexFormat.of().formatHex(signature);
    }
}
