package io.bulwark.api.cycle;

import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.witness.CircuitSize;
import java.util.List;

/** The proving keys of a house: those of ceremonies and no others where its founding file names any, else keys that it makes itself, which are unsafe. */
final class HouseKeys {
    private final ProverLibrary library;
    private final Home home;
    private final EpochArchive archive;

    HouseKeys(ProverLibrary library, Home home, EpochArchive archive) {
        this.library = library;
        this.home = home;
        this.archive = archive;
    }

    /**
     * The keys of a circuit in one size; unsafe ones are made the first time, in about half a minute.
     *
     * @param progress hears about once a second while keys are made
     * @throws IllegalStateException if keys of a ceremony are named and not here
     */
    CircuitKeys of(CircuitSize size, SetupProgress progress) {
        List<Digest> ceremonies = archive.transcripts();
        return ceremonies.isEmpty()
                ? CircuitKeys.prepare(library, size, home.keys(), progress)
                : CircuitKeys.ofCeremony(size, home.keys(), ceremonies);
    }
}
