package io.bulwark.api.cycle;

import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.position.RawSnapshot;
import java.util.List;

/**
 * The sealed inputs of one epoch with the documents that they name, read from the books: all that the computation may see.
 *
 * @param house the house's identity
 * @param number the epoch's number
 * @param previous the digest of the epoch before; zero in the first
 * @param inputs what is sealed
 * @param founding the founding file of the document {@code listing}
 * @param parameters the governed numbers of the document {@code parameters}
 * @param snapshots the raw snapshots that the inputs name, in their order
 */
public record EpochMaterial(
        Digest house,
        long number,
        Digest previous,
        EpochInputs inputs,
        FoundingFile founding,
        ParameterSet parameters,
        List<RawSnapshot> snapshots) {
    /** Copies the snapshots and checks that they are the named ones. */
    public EpochMaterial {
        snapshots = List.copyOf(snapshots);
        List<Digest> named = inputs.snapshots().stream()
                .map(EpochInputs.SnapshotInput::snapshot)
                .toList();
        if (!named.equals(snapshots.stream().map(RawSnapshot::id).toList())) {
            throw new IllegalArgumentException("snapshots must be the " + named.size() + " that the inputs name");
        }
    }
}
