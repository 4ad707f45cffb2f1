package io.bulwark.house.proof;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.register.FoundingRegister;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.founding.Home;
import io.bulwark.house.founding.QuorumLists;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.CeremonyKeys;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.KeyOrigin;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.witness.CircuitSize;
import java.util.List;
import java.util.Set;

/**
 * The proving keys of a house, as its founding document rules: those of ceremonies with enough signed contributors and no others, or keys that it
 * makes itself, which are unsafe. A key that it proves with is in its signed list.
 */
public final class HouseKeys {
    private static final String CEREMONIES = "founding.ceremonies";

    private final ProverLibrary library;
    private final Home home;
    private final EpochArchive archive;
    private final FoundingRegister foundings;
    private final QuorumLists listed;

    public HouseKeys(
            ProverLibrary library, Home home, EpochArchive archive, FoundingRegister foundings, QuorumLists listed) {
        this.library = library;
        this.home = home;
        this.archive = archive;
        this.foundings = foundings;
        this.listed = listed;
    }

    /**
     * The keys of a circuit in one size; unsafe ones are made the first time, in about half a minute.
     *
     * @param progress hears about once a second while keys are made
     * @throws BadInput if the house must prove with keys of a ceremony and they are not here
     * @throws IllegalStateException if too few contributors signed, or none
     *     of them but members of the quorum
     */
    CircuitKeys of(CircuitSize size, SetupProgress progress) {
        FoundingDocument founding = foundings
                .stored()
                .orElseThrow(() -> new IllegalStateException("a house must have sealed an epoch before it proves"));
        CircuitKeys keys = switch (founding.keys()) {
            case KeyRule.Test() -> CircuitKeys.prepare(library, size, home.keys(), progress);
            case KeyRule.Ceremony ceremony -> ofCeremony(size, ceremony, Set.copyOf(founding.quorumKeys()));
        };
        listed.list(keys.verifyingKey().record().encode());
        return keys;
    }

    private CircuitKeys ofCeremony(CircuitSize size, KeyRule.Ceremony rule, Set<Digest> quorum) {
        List<Digest> ceremonies = archive.transcripts();
        if (ceremonies.isEmpty()) {
            throw new BadInput(
                    CEREMONIES,
                    "",
                    "must name the transcript of a ceremony for " + size.circuit() + " " + size.label()
                            + ": the house was founded to prove with keys of ceremonies alone (bulwark proof ceremony --help)");
        }
        CircuitKeys keys = opened(size, ceremonies);
        require(rule, keys.origin(), size);
        CeremonyKeys.flawFor(keys, rule.signed(), quorum).ifPresent(flaw -> {
            throw new IllegalStateException(
                    "keys of " + size.circuit() + " " + size.label() + " must not be proved with: " + flaw);
        });
        return keys;
    }

    private CircuitKeys opened(CircuitSize size, List<Digest> ceremonies) {
        try {
            return CircuitKeys.ofCeremony(size, home.keys(), ceremonies);
        } catch (IllegalStateException absentOrAltered) {
            throw new BadInput(CEREMONIES, "", String.valueOf(absentOrAltered.getMessage()));
        }
    }

    /** Refuses keys behind which fewer signed contributors stand than the house was founded to ask. */
    static void require(KeyRule.Ceremony rule, KeyOrigin origin, CircuitSize size) {
        long signed = switch (origin) {
            case KeyOrigin.Unsafe() -> 0;
            case KeyOrigin.Ceremony ceremony -> ceremony.signed();
        };
        if (signed < rule.signed()) {
            throw new IllegalStateException("keys of " + size.circuit() + " " + size.label() + " must have at least "
                    + rule.signed() + " signed contributors, as the house was founded; have " + signed);
        }
    }
}
