package io.bulwark.api.key;

import io.bulwark.api.door.InputFile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.proof.VerifyingKey;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The verifying keys that this house publishes, by identity.
 *
 * @param folder where they lie
 */
public record VerifyingKeys(Path folder) {
    /** The key of an identity, if this house has it. */
    public Optional<VerifyingKey> find(Digest identity) {
        return VerifyingKey.named(folder, identity);
    }

    /**
     * The key that a bundle names.
     *
     * @throws BadInput if this house has no key of that identity
     */
    public VerifyingKey require(Digest identity) {
        return find(identity)
                .orElseThrow(() -> new BadInput("key", identity.hex(), "must be the identity of a key of this house"));
    }

    /**
     * The key in the file of an option.
     *
     * @throws BadInput if it holds none
     */
    public static VerifyingKey read(String option, Path file) {
        return BadInput.refusing(
                option, file.toString(), () -> VerifyingKey.of(InputFile.bytes(file, VerifyingKey.FILE_BYTES_MAX)));
    }
}
