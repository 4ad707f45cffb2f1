package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.proof.ProvingKeys;
import io.bulwark.prover.proof.PublishedKey;
import java.nio.file.Path;

/**
 * The verifying keys that this house publishes, by digest.
 *
 * @param folder where they lie
 */
public record VerifyingKeys(Path folder) {
    /**
     * The key that a bundle names.
     *
     * @throws BadInput if this house has no key of that digest
     */
    public PublishedKey require(Digest digest) {
        return ProvingKeys.find(folder, digest)
                .orElseThrow(
                        () -> new BadInput("verifyingKey", digest.hex(), "must be the digest of a key of this house"));
    }
}
