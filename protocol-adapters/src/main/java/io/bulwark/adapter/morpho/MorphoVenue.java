package io.bulwark.adapter.morpho;

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

/** Morpho Blue, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class MorphoVenue implements Venue<MorphoConfiguration> {
    private static final Duration PACE = Duration.ofSeconds(12);

    @Override
    public String kind() {
        return MorphoConfiguration.VENUE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<MorphoConfiguration> founding() {
        return MorphoConfiguration.class;
    }

    @Override
    public ReadBudget budget(MorphoConfiguration founding) {
        return EvmNode.BUDGET;
    }

    @Override
    public VenueProfile profile(MorphoConfiguration founding) {
        return new VenueProfile(
                founding.venue(),
                kind(),
                version(),
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "collateral in token units; supply and debt as shares of a market's totals; all >= 0",
                "supply down and debt up to the token's unit, as the contract rounds them; interest expected to the block's time",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(MorphoConfiguration founding, RawSnapshot raw, Listing listing) {
        return new MorphoNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(MorphoConfiguration founding, Endpoint at) {
        return new BlockVenue(
                profile(founding), new MorphoClient(founding, EvmNode.of(kind(), founding.chainId(), at)), PACE);
    }
}
