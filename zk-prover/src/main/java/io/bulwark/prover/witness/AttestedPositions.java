package io.bulwark.prover.witness;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.commitment.TreePath;
import io.bulwark.prover.commitment.VenueAttestation;

/**
 * A venue's attestation with its place in the epoch's tree of attestations.
 *
 * @param attestation what the venue says
 * @param path where it stands
 */
public record AttestedPositions(VenueAttestation attestation, TreePath path) {

    CanonicalValue encoded() {
        return CanonicalValue.array(
                CanonicalValue.integer(attestation.venue()),
                CanonicalValue.bytes(attestation.blinding().bytes()),
                attestation.encodedEntries(),
                CanonicalValue.integer(path.number()),
                CanonicalValue.bytes(path.bytes()));
    }
}
