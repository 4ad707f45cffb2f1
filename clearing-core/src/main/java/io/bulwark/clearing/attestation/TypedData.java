package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.Digest;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** A struct of EIP-712, built field by field in the order of its type: every field is one word of 32 bytes. */
public final class TypedData {
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    private TypedData() {}

    public static TypedData struct(String type) {
        return new TypedData().keccak(type.getBytes(StandardCharsets.UTF_8));
    }

    private TypedData keccak(byte[] content) {
        words.writeBytes(Secp256k1.keccak256(content));
        return this;
    }

    public TypedData word(Digest value) {
        words.writeBytes(value.bytes());
        return this;
    }

    /** A whole number from 0 on. */
    public TypedData number(long value) {
        return number(BigInteger.valueOf(value));
    }

    /** A whole number of at most 256 bits, from 0 on. */
    TypedData number(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > Digest.LENGTH * Byte.SIZE) {
            throw new IllegalArgumentException("number must be at least 0 and of 256 bits; have " + value);
        }
        byte[] word = new byte[Digest.LENGTH];
        byte[] bytes = value.toByteArray();
        int signs = Math.max(0, bytes.length - word.length);
        System.arraycopy(bytes, signs, word, word.length - bytes.length + signs, bytes.length - signs);
        words.writeBytes(word);
        return this;
    }

    TypedData numbers(Collection<BigInteger> values) {
        TypedData elements = new TypedData();
        values.forEach(elements::number);
        return keccak(elements.words.toByteArray());
    }

    public TypedData text(String value) {
        return keccak(value.getBytes(StandardCharsets.UTF_8));
    }

    TypedData address(ChainAddress value) {
        words.writeBytes(word(ChainAddress.LENGTH));
        words.writeBytes(value.bytes());
        return this;
    }

    TypedData addresses(Collection<ChainAddress> values) {
        TypedData elements = new TypedData();
        values.forEach(elements::address);
        return keccak(elements.words.toByteArray());
    }

    /** The zeros before a value of some bytes. */
    private static byte[] word(int bytes) {
        return new byte[Digest.LENGTH - bytes];
    }

    /** hashStruct. */
    public Digest hash() {
        return Digest.of(Secp256k1.keccak256(words.toByteArray()));
    }

    /** What is signed: 0x1901, domain, struct. */
    public Digest digest(Digest domain) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(0x19);
        message.write(0x01);
        message.writeBytes(domain.bytes());
        message.writeBytes(hash().bytes());
        return Digest.of(Secp256k1.keccak256(message.toByteArray()));
    }
}
