package io.bulwark.prover.commitment;

import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.util.List;

/** The domains of tree hashes that are computed from elements given here; leaves and tables are hashed whole by the library. */
enum HashDomain {
    EPOCH(11),
    REQUEST_SEAL(12),
    NULLIFIER(13),
    OWNER(14),
    MARGIN(28);

    private final int number;

    HashDomain(int number) {
        this.number = number;
    }

    FieldElement hash(ProverLibrary library, FieldElement... elements) {
        return library.hash(number, List.of(elements));
    }
}
