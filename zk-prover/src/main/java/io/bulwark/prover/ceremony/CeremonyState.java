package io.bulwark.prover.ceremony;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.Digest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * How far a ceremony has come.
 *
 * @param subject the circuit whose second phase it is; absent for powers of tau
 * @param domain binary logarithm of the size that it serves
 * @param constraints number of constraints of the circuit; 0 for powers
 * @param contributions in order
 * @param sealed the seal, once there is one
 * @param transcript SHA-256 of the transcript
 * @param keys the keys that this step wrote, if it wrote any
 * @param signed number of contributors: different keys that signed
 * @param powers who stands behind the powers, those of a second phase or these themselves; present where the step verified them
 */
public record CeremonyState(
        Optional<CircuitShape> subject,
        int domain,
        long constraints,
        List<Contribution> contributions,
        Optional<CeremonySeal> sealed,
        Digest transcript,
        Optional<WrittenKeys> keys,
        int signed,
        Optional<Powers> powers) {
    /** Copies the list. */
    public CeremonyState {
        contributions = List.copyOf(contributions);
    }

    /**
     * Number of contributors behind what was verified: whoever knows the secrets of the powers forges under every key that stands on them, so a key has no more
     * of them than its powers, unless those were made in public.
     */
    public int counted() {
        return powers.map(below -> below.isPublished() ? signed : Math.min(signed, below.signed()))
                .orElse(signed);
    }

    /**
     * Powers of tau and who made them.
     *
     * @param signed number of contributors who signed
     * @param imported the file that they were taken from, if they were
     */
    public record Powers(int signed, Optional<ImportedPowers> imported) {
        private static Powers of(CanonicalFields fields) {
            return new Powers(
                    (int) fields.integer("signed", 0, Integer.MAX_VALUE),
                    fields.list("imported", ImportedPowers::of).stream().findFirst());
        }

        /** Whether they were made in public, by a file that is known. */
        public boolean isPublished() {
            return imported.map(ImportedPowers::isKnown).orElse(false);
        }
    }

    /**
     * A file that powers were taken from.
     *
     * @param name its name
     * @param sha256 of the file
     * @param points SHA-256 of the powers in it
     * @param published name and place of the file in public, by its digest; empty for a file that is not known
     */
    public record ImportedPowers(String name, Digest sha256, Digest points, String published) {
        private static ImportedPowers of(CanonicalFields fields) {
            return new ImportedPowers(
                    fields.text("name"), fields.digest("sha256"), fields.digest("points"), fields.text("published"));
        }

        /** Whether the file is known in public. */
        public boolean isKnown() {
            return !published.isEmpty();
        }
    }

    /**
     * One contribution.
     *
     * @param number from 1
     * @param name who contributed
     * @param sha256 of the contribution's file
     * @param link covers this contribution and everything before it: what a contributor publishes, so that nobody can leave it out or change it
     * @param signer the contributor's Ed25519 key; absent where nobody signed
     */
    public record Contribution(long number, String name, Digest sha256, Digest link, Optional<Digest> signer) {
        private static Contribution of(CanonicalFields fields) {
            return new Contribution(
                    fields.integer("number"),
                    fields.text("name"),
                    fields.digest("sha256"),
                    fields.digest("link"),
                    Optional.of(fields.bytes("key"))
                            .filter(key -> key.length > 0)
                            .map(Digest::of));
        }
    }

    /**
     * What closed a ceremony.
     *
     * @param beacon public randomness, hexadecimal
     * @param source where anybody can look it up
     * @param result SHA-256 of the sealed powers, or of the verifying key
     */
    public record CeremonySeal(String beacon, String source, Digest result) {
        private static CeremonySeal of(CanonicalFields fields) {
            return new CeremonySeal(
                    HexFormat.of().formatHex(fields.bytes("beacon")), fields.text("source"), fields.digest("result"));
        }
    }

    /**
     * Keys as files.
     *
     * @param record the key record of the verifying key, encoded
     * @param provingKey SHA-256 of the proving key
     */
    public record WrittenKeys(byte[] record, Digest provingKey) {
        private static WrittenKeys of(CanonicalFields fields) {
            return new WrittenKeys(fields.bytes("record"), fields.digest("provingKey"));
        }
    }

    static CeremonyState of(CanonicalFields answer) {
        String circuit = answer.text("circuit");
        String shape = answer.text("shape");
        CeremonyState state = new CeremonyState(
                circuit.isEmpty() ? Optional.empty() : Optional.of(new CircuitShape(circuit, shape)),
                Math.toIntExact(answer.integer("domain")),
                answer.integer("constraints"),
                answer.list("contributions", Contribution::of),
                answer.list("seal", CeremonySeal::of).stream().findFirst(),
                answer.digest("transcript"),
                answer.list("keys", WrittenKeys::of).stream().findFirst(),
                (int) answer.integer("signed", 0, Integer.MAX_VALUE),
                answer.list("powers", Powers::of).stream().findFirst());
        answer.end();
        return state;
    }
}
