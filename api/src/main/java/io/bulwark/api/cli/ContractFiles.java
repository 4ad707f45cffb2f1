package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.inquiry.Verification;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.SolidityVerifier;
import io.bulwark.prover.proof.SolidityVerifier.KeyOrigin;
import io.bulwark.prover.proof.VerifyingKey;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** What contracts take, from the files of proofs and keys. */
final class ContractFiles {
    /** How a key that one party made says so in the name of its file. */
    private static final String UNSAFE = "unsafe-";

    private ContractFiles() {}

    /**
     * The Solidity verifier of a key.
     *
     * @param ceremony whether whoever asks says that several made the key
     * @throws BadInput if the file holds no key, or its name says that one party made it
     */
    static String verifier(Path file, boolean ceremony) {
        if (ceremony && file.getFileName().toString().startsWith(UNSAFE)) {
            throw new BadInput("--ceremony", file.toString(), "must not be said of a key that one party made");
        }
        VerifyingKey key = VerifyingKey.of(InputFile.bytes(file, VerifyCommand.KEY_BYTES_MAX));
        KeyOrigin origin = ceremony ? KeyOrigin.CEREMONY : KeyOrigin.ONE_PARTY;
        return given("--verifier", file, SolidityVerifier.source(ProverLibrary.load(), key, origin));
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
