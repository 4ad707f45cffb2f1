package io.bulwark.adapter.aave;

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

/** Aave V3, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class AaveVenue implements Venue<AaveConfiguration> {
    private static final Duration PACE = Duration.ofSeconds(12);

    @Override
    public String kind() {
        return AaveConfiguration.VENUE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<AaveConfiguration> founding() {
        return AaveConfiguration.class;
    }

    @Override
    public ReadBudget budget(AaveConfiguration founding) {
        return EvmNode.BUDGET;
    }

    @Override
    public VenueProfile profile(AaveConfiguration founding) {
        return new VenueProfile(
                founding.venue(),
                kind(),
                version(),
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "balances in token units, supply and debt apart and both >= 0; indexes in ray; prices at the oracle's unit",
                "the pool rounds half up; the house takes supply down and debt up to the token's unit",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(AaveConfiguration founding, RawSnapshot raw, Listing listing) {
        return new AaveNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(AaveConfiguration founding, Endpoint at) {
        return new BlockVenue(
                profile(founding), new AaveClient(founding, EvmNode.of(kind(), founding.chainId(), at)), PACE);
    }
}
