package io.bulwark.prover.ceremony;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;

/**
 * One ceremony in a folder that anybody may copy and verify: the powers of tau of a domain, or the second phase of one circuit.
 *
 * <p>Every step answers with the state of the ceremony after it, or with the file and the rule that it refuses.
 *
 * @param library where the steps are taken
 * @param folder the ceremony's folder
 */
public record Ceremony(ProverLibrary library, Path folder) {
    /** Name of the transcript in the folder. */
    public static final String TRANSCRIPT = "transcript.cbor";

    /** Name of the folder of the powers inside the folder of a second phase. */
    public static final String POWERS = "powers";

    /**
     * Begins powers of tau, of use for every circuit of at most 2^domain constraints.
     *
     * @param domain binary logarithm of the size
     */
    public Answer<CeremonyState> beginPowers(int domain) {
        return begin(CanonicalValue.array(CanonicalValue.text("powers"), CanonicalValue.integer(domain)));
    }

    /**
     * Begins with powers of tau that others made in public: the file is copied into the folder, where anybody compares it with what is known of it.
     *
     * @param file as snarkjs writes it
     */
    public Answer<CeremonyState> importPowers(Path file) {
        return begin(CanonicalValue.array(CanonicalValue.text("imported"), path(file)));
    }

    /**
     * Begins the second phase of a circuit on sealed or imported powers, which are verified and copied into the folder.
     *
     * @param circuit the circuit's name
     * @param shape its shape as the library reads it
     */
    public Answer<CeremonyState> beginCircuit(String circuit, CanonicalValue shape, Path powers) {
        return begin(CanonicalValue.array(
                CanonicalValue.text("circuit"), CanonicalValue.text(circuit), shape, path(powers)));
    }

    private Answer<CeremonyState> begin(CanonicalValue subject) {
        return state(library.beginCeremony(request("init", path(folder), subject)));
    }

    /**
     * Adds a contribution, whose secret the library draws and forgets.
     *
     * @param name who contributes, one line of at most 100 bytes
     * @param signWith file of the contributor's Ed25519 key, made if absent; without one the contribution counts for nobody
     */
    public Answer<CeremonyState> contribute(String name, Optional<Path> signWith) {
        return state(library.contributeToCeremony(request(
                "contribute",
                2,
                path(folder),
                text(name),
                signWith.map(Ceremony::path).orElse(CanonicalValue.text("")))));
    }

    /**
     * Verifies the whole folder.
     *
     * @param out a file for the verifying key of a sealed second phase, with a record that counts its contributors
     */
    public Answer<CeremonyState> verify(Optional<Path> out) {
        return state(library.verifyCeremony(
                request("verify", 2, path(folder), out.map(Ceremony::path).orElse(CanonicalValue.text("")))));
    }

    /**
     * Verifies the whole folder, closes it, and writes the keys of its circuit. A sealed ceremony gives its keys again for the same beacon.
     *
     * @param beacon public randomness that nobody could know before the last contribution, 16 to 64 bytes
     * @param source where anybody can look the beacon up, one line of at most 300 bytes
     * @param keys an empty folder for the keys; powers write none
     */
    public Answer<CeremonyState> seal(byte[] beacon, String source, Path keys) {
        return state(library.sealCeremony(
                request("seal", path(folder), CanonicalValue.bytes(beacon), text(source), path(keys))));
    }

    private static byte[] request(String step, CanonicalValue... fields) {
        return request(step, 1, fields);
    }

    private static byte[] request(String step, int version, CanonicalValue... fields) {
        CanonicalValue[] document = new CanonicalValue[fields.length + 2];
        document[0] = CanonicalValue.text("bulwark-ceremony-" + step);
        document[1] = CanonicalValue.integer(version);
        System.arraycopy(fields, 0, document, 2, fields.length);
        return CanonicalValue.array(document).encode();
    }

    private static CanonicalValue path(Path path) {
        return CanonicalValue.text(path.toAbsolutePath().normalize().toString());
    }

    /** What people write has one form in a document. */
    private static CanonicalValue text(String text) {
        return CanonicalValue.text(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    private static Answer<CeremonyState> state(Answer<CanonicalFields> answer) {
        return answer.map(CeremonyState::of);
    }
}
