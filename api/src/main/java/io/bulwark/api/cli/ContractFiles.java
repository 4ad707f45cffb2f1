package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.inquiry.Verification;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.ceremony.SealedTranscript;
import io.bulwark.prover.proof.KeyOrigin;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.SolidityVerifier;
import io.bulwark.prover.proof.VerifyingKey;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What contracts take, from the files of proofs and keys. */
final class ContractFiles {
    private ContractFiles() {}

    /**
     * The Solidity verifier of a key.
     *
     * @param ceremony the transcript of the ceremony that made the key; without one the key is called unsafe
     * @throws BadInput if the file holds no key, or the transcript names another
     */
    static String verifier(Path file, @Nullable Path ceremony) {
        VerifyingKey key = VerifyingKey.of(InputFile.bytes(file, VerifyCommand.KEY_BYTES_MAX));
        KeyOrigin origin = ceremony == null ? new KeyOrigin.Unsafe() : origin(key, ceremony);
        return given("--verifier", file, SolidityVerifier.source(ProverLibrary.load(), key, origin));
    }

    private static KeyOrigin origin(VerifyingKey key, Path ceremony) {
        SealedTranscript transcript = VerifyCommand.transcript(ceremony);
        if (!transcript.verifyingKey().equals(key.sha256())) {
            throw new BadInput(
                    "--ceremony",
                    ceremony.toString(),
                    "must name the key " + key.sha256() + "; it made " + transcript.verifyingKey());
        }
        return new KeyOrigin.Ceremony(transcript.sha256());
    }

    /**
     * A proof for a contract.
     *
     * @param key SHA-256 of the verifying key, 0x and hexadecimal
     * @param inputs seal, challenge, scope, nullifier, claim, 0x and hexadecimal
     * @param proof 384 bytes, 0x and hexadecimal
     */
    record ContractProof(String key, List<String> inputs, String proof) {}

    /**
     * A proof bundle in the form that contracts take.
     *
     * @throws BadInput if the file holds none
     */
    static ContractProof proof(Path file) {
        ProofBundle bundle = Verification.read(InputFile.text(file, VerifyCommand.PROOF_BYTES_MAX));
        byte[] words = given("--proof", file, SolidityVerifier.proof(ProverLibrary.load(), bundle.proof()));
        return new ContractProof(
                "0x" + bundle.verifyingKey().hex(),
                bundle.publicInputs().elements().stream()
                        .map(FieldElement::hex)
                        .map(hex -> "0x" + hex)
                        .toList(),
                "0x" + HexFormat.of().formatHex(words));
    }

    private static <T> T given(String option, Path file, Answer<T> answer) {
        return switch (answer) {
            case Answer.Given<T> given -> given.value();
            case Answer.Refused<T> refused ->
                throw new BadInput(option, file.toString(), "must be well formed: " + refused.refusal());
        };
    }
}
