package io.bulwark.adapter.lyra;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.evm.BlockVenue;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.time.Duration;
import java.util.Set;

/** Lyra options, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class LyraVenue implements Venue<LyraConfiguration> {
    private static final Duration PACE = Duration.ofSeconds(2);

    @Override
    public String kind() {
        return LyraConfiguration.VENUE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<LyraConfiguration> founding() {
        return LyraConfiguration.class;
    }

    @Override
    public ReadBudget budget(LyraConfiguration founding) {
        return EvmNode.BUDGET;
    }

    @Override
    public VenueProfile profile(LyraConfiguration founding) {
        return new VenueProfile(
                founding.venue(),
                kind(),
                version(),
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "amounts in the underlying with 18 places, always > 0: the type says long or short; collateral of a covered call in the base, else in the quote",
                "none: every digit counts",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(LyraConfiguration founding, RawSnapshot raw, Listing listing) {
        return new LyraNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(LyraConfiguration founding, Endpoint at) {
        return new BlockVenue(
                profile(founding), new LyraClient(founding, EvmNode.of(kind(), founding.chainId(), at)), PACE);
    }
}
