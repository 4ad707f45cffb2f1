package io.bulwark.api.chain;

import io.bulwark.api.door.InputFile;
import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.api.proof.ProofAnswer;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.SolidityVerifier;
import io.bulwark.prover.proof.VerifyingKey;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** What contracts take, from the files of proofs and keys. */
final class ContractFiles {
    private ContractFiles() {}

    /**
     * The Solidity verifier of a key, which says who made the key as the key's record counts it.
     *
     * @throws BadInput if the file holds no key with its record
     */
    public static String verifier(Path file) {
        VerifyingKey key = VerifyingKeys.read("VK", file);
        return given("VK", file, SolidityVerifier.source(ProverLibrary.load(), key));
    }

    /**
     * A proof for a contract.
     *
     * @param key identity of the verifying key, 0x and hexadecimal
     * @param inputs seal, challenge, scope, nullifier, claim, 0x and hexadecimal
     * @param proof 384 bytes, 0x and hexadecimal
     */
    public record ContractProof(String key, List<String> inputs, String proof) {}

    /**
     * A proof bundle in the form that contracts take.
     *
     * @throws BadInput if the file holds none
     */
    public static ContractProof proof(Path file) {
        ProofBundle bundle = ProofAnswer.read(InputFile.text(file, ProofAnswer.FILE_BYTES_MAX));
        byte[] words = given("FILE", file, SolidityVerifier.proof(ProverLibrary.load(), bundle.proof()));
        return new ContractProof(
                "0x" + bundle.key().hex(),
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
