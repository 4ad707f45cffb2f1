package io.bulwark.prover.ceremony;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * What a transcript says: its links follow from each other and its signatures hold. That it speaks of contributions that were made, only a verification of
 * its folder shows: anybody writes a transcript and signs it with keys of his own.
 *
 * @param sha256 of the transcript
 * @param circuit name of the circuit whose second phase it is; absent for powers
 * @param powers transcript of the powers that a second phase stands on
 * @param imported whether the powers were taken from a file
 * @param contributions number of contributions, signed or not
 * @param signers different keys that signed, in the order of their first contributions
 * @param result SHA-256 of the sealed powers or of the verifying key, once there is a seal
 */
public record CeremonyTranscript(
        Digest sha256,
        Optional<String> circuit,
        Optional<Digest> powers,
        boolean imported,
        int contributions,
        Set<Digest> signers,
        Optional<Digest> result) {
    /** Fewer signed contributors than these are as good as one machine. */
    public static final int SIGNED_LEAST = 3;

    private static final int BYTES_MAX = 1 << 20;
    private static final long VERSION = 2;

    /** Copies the keys in their order. */
    public CeremonyTranscript {
        signers = Collections.unmodifiableSet(new LinkedHashSet<>(signers));
    }

    /** One entry, as its link and its signature cover it. */
    private record Entry(long number, String name, Digest sha256, Digest before, byte[] key, byte[] signature) {
        static Entry of(CanonicalFields fields) {
            return new Entry(
                    fields.integer("number"),
                    fields.text("name"),
                    fields.digest("sha256"),
                    fields.digest("before"),
                    fields.bytes("key"),
                    fields.bytes("signature"));
        }

        Digest link() {
            return CanonicalValue.array(
                            CanonicalValue.integer(number),
                            CanonicalValue.text(name),
                            CanonicalValue.bytes(sha256),
                            CanonicalValue.bytes(before),
                            CanonicalValue.bytes(key),
                            CanonicalValue.bytes(signature))
                    .sha256();
        }

        boolean isSigned() {
            return key.length > 0 || signature.length > 0;
        }

        /** RFC 8032, with a full check that the key is a point of the right order. */
        boolean signatureHolds(Digest subject) {
            byte[] message = CanonicalValue.array(
                            CanonicalValue.text("bulwark-contribution"),
                            CanonicalValue.integer(1),
                            CanonicalValue.bytes(subject),
                            CanonicalValue.integer(number),
                            CanonicalValue.text(name),
                            CanonicalValue.bytes(sha256),
                            CanonicalValue.bytes(before))
                    .encode();
            return key.length == Ed25519.PUBLIC_KEY_SIZE
                    && signature.length == Ed25519.SIGNATURE_SIZE
                    && Ed25519.validatePublicKeyFull(key, 0)
                    && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
        }
    }

    /**
     * Reads a transcript.
     *
     * @throws IllegalArgumentException if it is none, or a link or a signature does not hold, or it is sealed without a contribution
     */
    public static CeremonyTranscript of(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "transcript must have at most " + BYTES_MAX + " bytes; have " + bytes.length);
        }
        try {
            CanonicalFields fields = CanonicalReader.document(bytes, "bulwark-ceremony", VERSION);
            CanonicalValue subject = fields.value("subject");
            List<Entry> entries = fields.list("contributions", Entry::of);
            Optional<Digest> result = result(fields.value("seal"));
            fields.end();
            if (result.isPresent() && entries.isEmpty()) {
                throw new CanonicalException("seal", "no contribution", "must close at least one contribution");
            }
            return read(Digest.sha256(bytes), subject, entries, result);
        } catch (CanonicalException e) {
            throw new IllegalArgumentException("transcript must be that of a ceremony: " + e.getMessage(), e);
        }
    }

    private static CeremonyTranscript read(
            Digest sha256, CanonicalValue subject, List<Entry> entries, Optional<Digest> result) {
        CanonicalFields about = CanonicalFields.of("subject", subject);
        String kind = about.text("kind");
        about.integer("domain");
        Optional<String> circuit = Optional.empty();
        Optional<Digest> powers = Optional.empty();
        if (kind.equals("circuit")) {
            circuit = Optional.of(about.text("circuit"));
            about.value("shape");
            about.integer("constraints");
            about.digest("system");
            powers = Optional.of(about.digest("powers"));
            about.digest("start");
        } else if (kind.equals("imported")) {
            about.text("name");
            about.digest("sha256");
            about.digest("points");
        } else if (!kind.equals("powers")) {
            throw new CanonicalException("subject.kind", kind, "must be circuit, powers or imported");
        }
        about.end();
        Set<Digest> signers = signers(subject.sha256(), entries);
        return new CeremonyTranscript(
                sha256, circuit, powers, kind.equals("imported"), entries.size(), signers, result);
    }

    private static Set<Digest> signers(Digest subject, List<Entry> entries) {
        Set<Digest> signers = new LinkedHashSet<>();
        Digest before = subject;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            String field = "contributions[" + i + "]";
            if (entry.number() != i + 1) {
                throw new CanonicalException(field + ".number", String.valueOf(entry.number()), "must be " + (i + 1));
            }
            if (!entry.before().equals(before)) {
                throw new CanonicalException(field + ".before", entry.before().hex(), "must be the link " + before);
            }
            if (entry.isSigned()) {
                if (!entry.signatureHolds(subject)) {
                    throw new CanonicalException(
                            field + ".signature", "a signature", "must be the key's, on this entry of this ceremony");
                }
                signers.add(Digest.of(entry.key()));
            }
            before = entry.link();
        }
        return signers;
    }

    private static Optional<Digest> result(CanonicalValue value) {
        if (value instanceof CanonicalValue.Array(var elements) && elements.isEmpty()) {
            return Optional.empty();
        }
        CanonicalFields seal = CanonicalFields.of("seal", value);
        seal.bytes("beacon");
        seal.text("source");
        Digest result = seal.digest("result");
        seal.end();
        return Optional.of(result);
    }

    /** Reads a transcript from its file. */
    public static CeremonyTranscript read(Path file) {
        try {
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("transcript " + file, e);
        }
    }

    /** Number of contributors: different keys that signed. */
    public int signed() {
        return signers.size();
    }

    /**
     * Why a house may not take what this ceremony made, in words; empty if it may: enough different contributors signed, and not all of them are its own.
     *
     * @param least signed contributors that the house's founders ask for
     * @param quorum keys of the house's quorum
     */
    public Optional<String> flawFor(int least, Set<Digest> quorum) {
        if (signed() < least) {
            return Optional.of(signed() + " of " + least + " contributors signed: as good as unsafe");
        }
        List<Digest> outside = new ArrayList<>(signers);
        outside.removeAll(quorum);
        return outside.isEmpty()
                ? Optional.of(
                        "every contributor who signed is a member of the house's quorum: together they could forge")
                : Optional.empty();
    }
}
