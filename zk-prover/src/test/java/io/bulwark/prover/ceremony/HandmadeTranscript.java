package io.bulwark.prover.ceremony;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Transcripts written by hand and signed with keys of one's own, as anybody can. */
public final class HandmadeTranscript {
    /** SHA-256 of the key that they name. */
    public static final Digest VERIFYING_KEY = Digest.sha256(new byte[] {1});

    /** Powers from nothing. */
    public static final CanonicalValue POWERS =
            CanonicalValue.array(CanonicalValue.text("powers"), CanonicalValue.integer(7));

    /** Powers from a file. */
    public static final CanonicalValue IMPORTED = CanonicalValue.array(
            CanonicalValue.text("imported"),
            CanonicalValue.integer(8),
            CanonicalValue.text("some.ptau"),
            CanonicalValue.bytes(VERIFYING_KEY),
            CanonicalValue.bytes(VERIFYING_KEY));

    /** One entry to be written; key 0 signs nothing. */
    public record Written(int number, int key) {}

    /** Entries in order, each signed by a key; 0 signs nothing. */
    public static List<Written> signedBy(int... keys) {
        List<Written> entries = new ArrayList<>();
        for (int key : keys) {
            entries.add(new Written(entries.size() + 1, key));
        }
        return entries;
    }

    private static byte[] secret(int key) {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        Arrays.fill(secret, (byte) key);
        return secret;
    }

    /** The public key of one. */
    public static Digest publicKey(int key) {
        byte[] bytes = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret(key), 0, bytes, 0);
        return Digest.of(bytes);
    }

    /** The subject of a second phase. */
    public static CanonicalValue circuit(Digest powers) {
        CanonicalValue digest = CanonicalValue.bytes(VERIFYING_KEY);
        return CanonicalValue.array(
                CanonicalValue.text("circuit"),
                CanonicalValue.integer(7),
                CanonicalValue.text("rehearsal"),
                CanonicalValue.array(CanonicalValue.integer(40)),
                CanonicalValue.integer(90),
                digest,
                CanonicalValue.bytes(powers),
                digest);
    }

    /** A transcript whose links follow from each other; signatures are made for the number that an entry says it signed. */
    public static byte[] transcript(CanonicalValue subject, List<Written> entries, boolean sealed, long version) {
        List<CanonicalValue> written = new ArrayList<>();
        Digest before = subject.sha256();
        for (Written entry : entries) {
            CanonicalValue number = CanonicalValue.integer(written.size() + 1);
            CanonicalValue name = CanonicalValue.text("Ada");
            CanonicalValue file = CanonicalValue.bytes(VERIFYING_KEY);
            CanonicalValue link = CanonicalValue.bytes(before);
            byte[] message = CanonicalValue.array(
                            CanonicalValue.text("bulwark-contribution"),
                            CanonicalValue.integer(1),
                            CanonicalValue.bytes(subject.sha256()),
                            CanonicalValue.integer(entry.number()),
                            name,
                            file,
                            link)
                    .encode();
            byte[] signature = new byte[entry.key() == 0 ? 0 : Ed25519.SIGNATURE_SIZE];
            if (entry.key() != 0) {
                Ed25519.sign(secret(entry.key()), 0, message, 0, message.length, signature, 0);
            }
            CanonicalValue key =
                    entry.key() == 0 ? CanonicalValue.bytes(new byte[0]) : CanonicalValue.bytes(publicKey(entry.key()));
            CanonicalValue value = CanonicalValue.array(number, name, file, link, key, CanonicalValue.bytes(signature));
            written.add(value);
            before = value.sha256();
        }
        CanonicalValue seal = sealed
                ? CanonicalValue.array(
                        CanonicalValue.bytes(new byte[16]),
                        CanonicalValue.text("a block"),
                        CanonicalValue.bytes(VERIFYING_KEY))
                : CanonicalValue.array();
        return CanonicalValue.array(
                        CanonicalValue.text("bulwark-ceremony"),
                        CanonicalValue.integer(version),
                        subject,
                        CanonicalValue.array(written),
                        seal)
                .encode();
    }

    private HandmadeTranscript() {}

    /** A sealed transcript. */
    public static byte[] transcript(CanonicalValue subject, List<Written> entries) {
        return transcript(subject, entries, true, 2);
    }
}
