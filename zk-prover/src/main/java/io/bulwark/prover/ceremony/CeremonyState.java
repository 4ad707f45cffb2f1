package io.bulwark.prover.ceremony;

import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.clearing.epoch.Digest;
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
 */
public record CeremonyState(
        Optional<CircuitShape> subject,
        int domain,
        long constraints,
        List<Contribution> contributions,
        Optional<CeremonySeal> sealed,
        Digest transcript,
        Optional<WrittenKeys> keys) {
    /** Copies the list. */
    public CeremonyState {
        contributions = List.copyOf(contributions);
    }

    /**
     * One contribution.
     *
     * @param number from 1
     * @param name who contributed
     * @param sha256 of the contribution's file
     * @param link covers this contribution and everything before it: what a contributor publishes, so that nobody can leave it out or change it
     */
    public record Contribution(long number, String name, Digest sha256, Digest link) {
        private static Contribution of(CanonicalFields fields) {
            return new Contribution(
                    fields.integer("number"), fields.text("name"), fields.digest("sha256"), fields.digest("link"));
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
                answer.list("keys", WrittenKeys::of).stream().findFirst());
        answer.end();
        return state;
    }
}
