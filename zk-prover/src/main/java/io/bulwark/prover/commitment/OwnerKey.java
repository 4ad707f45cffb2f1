package io.bulwark.prover.commitment;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What lets an owner, and nobody else, prove something of an account: a secret, and a tail drawn for that account.
 *
 * <p>The account's leaf holds only the commitment H_3(14; secret, number + 2^32·tail). The tail is fresh for every account, so the
 * accounts of one owner are not linked. Never printed; never made from a password.
 */
public final class OwnerKey {
    private static final String SCHEMA = "bulwark-owner-key";
    private static final int VERSION = 1;
    private static final int SECRET_BYTES = 31;
    private static final int TAIL_BYTES = 16;
    private static final int NUMBER_BITS = 32;

    /** Bytes before the two byte strings' contents: a string of 24 and more has a head of two. */
    private static final int BYTE_STRING_HEADS = 3;

    private final byte[] secret;
    private final byte[] tail;

    private OwnerKey(byte[] secret, byte[] tail) {
        checkLength("secret", secret, SECRET_BYTES);
        checkLength("tail", tail, TAIL_BYTES);
        this.secret = secret.clone();
        this.tail = tail.clone();
    }

    private static void checkLength(String field, byte[] value, int length) {
        if (value.length != length) {
            throw new IllegalArgumentException(
                    "owner key's " + field + " must have " + length + " bytes; have " + value.length);
        }
    }

    /** A new owner's key for one account. */
    public static OwnerKey draw(SecureRandom random) {
        return new OwnerKey(drawBytes(random, SECRET_BYTES), drawBytes(random, TAIL_BYTES));
    }

    /**
     * A key from its parts.
     *
     * @param secret 31 bytes
     * @param tail 16 bytes, big-endian: t &lt; 2^128
     */
    public static OwnerKey of(byte[] secret, byte[] tail) {
        return new OwnerKey(secret, tail);
    }

    /** The same owner's key for another account: same secret, fresh tail. */
    public OwnerKey forAnotherAccount(SecureRandom random) {
        return new OwnerKey(secret, drawBytes(random, TAIL_BYTES));
    }

    private static byte[] drawBytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The secret's bytes (a copy): for the owner's wallet only. */
    public byte[] secretBytes() {
        return secret.clone();
    }

    /** The tail's bytes (a copy): for the owner's wallet only. */
    public byte[] tailBytes() {
        return tail.clone();
    }

    /** The secret as a field element: for the witness only. */
    public FieldElement secret() {
        return FieldElement.ofShortBytes(secret);
    }

    /** The tail t as a field element: for the witness only. */
    public FieldElement tail() {
        return FieldElement.ofShortBytes(tail);
    }

    /**
     * What the account's leaf holds as its owner: H_3(14; secret, number + 2^32·t).
     *
     * @param number the account's number, 0 ≤ number &lt; 2^32
     */
    public FieldElement commitment(ProverLibrary library, long number) {
        checkNumber(number);
        BigInteger numberAndTail =
                new BigInteger(1, tail).shiftLeft(NUMBER_BITS).add(BigInteger.valueOf(number));
        return HashDomain.OWNER.hash(library, secret(), FieldElement.of(numberAndTail));
    }

    /**
     * What a verifier keeps to count an account once: H_8(13; secret, house, epoch, scope, account number).
     *
     * @param house the house's number, from its founding document
     * @param epoch the epoch that is proved, ≥ 1; see {@link #standingNullifier}
     * @param number the account's number, 0 ≤ number &lt; 2^32
     */
    public FieldElement nullifier(ProverLibrary library, FieldElement house, long epoch, Scope scope, long number) {
        checkNumber(number);
        return HashDomain.NULLIFIER.hash(
                library, secret(), house, FieldElement.of(epoch), scope.value(), FieldElement.of(number));
    }

    /**
     * The nullifier that stands: the same in every epoch, H_8(13; secret, house, 0, scope, account number). No epoch has the number 0.
     *
     * @param house the house's number, from its founding document
     * @param number the account's number, 0 ≤ number &lt; 2^32
     */
    public FieldElement standingNullifier(ProverLibrary library, FieldElement house, Scope scope, long number) {
        return nullifier(library, house, 0, scope, number);
    }

    private static void checkNumber(long number) {
        if (number < 0 || number >>> NUMBER_BITS != 0) {
            throw new IllegalArgumentException("account number must be in [0, 2^32); have " + number);
        }
    }

    /** The form in which an owner keeps the key: the canonical ["bulwark-owner-key", 1, secret, tail]. It is as secret as the key. */
    public byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(secret),
                        CanonicalValue.bytes(tail))
                .encode();
    }

    /** Whether bytes begin as {@link #encode} writes them: a form of this version, not of a later one. */
    public static boolean isEncoded(byte[] bytes) {
        byte[] own = new OwnerKey(new byte[SECRET_BYTES], new byte[TAIL_BYTES]).encode();
        int start = own.length - (SECRET_BYTES + TAIL_BYTES + BYTE_STRING_HEADS);
        return bytes.length == own.length && Arrays.equals(bytes, 0, start, own, 0, start);
    }

    /**
     * Reads the form that {@link #encode} writes.
     *
     * @throws IllegalArgumentException if the bytes are not exactly one key; the message holds none of them
     */
    public static OwnerKey decode(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            OwnerKey key = new OwnerKey(fields.bytes("secret"), fields.bytes("tail"));
            fields.end();
            return key;
        } catch (CanonicalException withBytesOfTheKey) {
            throw new IllegalArgumentException("owner key must be the canonical [\"" + SCHEMA + "\", " + VERSION
                    + ", 31 bytes, 16 bytes]; have " + encoding.length + " bytes that are not");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OwnerKey key && Arrays.equals(secret, key.secret) && Arrays.equals(tail, key.tail);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(tail);
    }

    @Override
    public String toString() {
        return "OwnerKey[secret]";
    }
}
