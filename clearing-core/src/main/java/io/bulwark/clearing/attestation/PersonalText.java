package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.Digest;
import java.nio.charset.StandardCharsets;

/** What {@code personal_sign} of a text signs (EIP-191, version 0x45): the hash of a head, the text's length in bytes, and the text. */
final class PersonalText {
    private PersonalText() {}

    static Digest digest(String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("\u0019Ethereum Signed Message:\n" + message.length).getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[head.length + message.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(message, 0, whole, head.length, message.length);
        return Digest.of(Secp256k1.keccak256(whole));
    }
}
