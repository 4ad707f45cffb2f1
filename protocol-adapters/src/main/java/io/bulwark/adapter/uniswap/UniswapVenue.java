package io.bulwark.adapter.uniswap;

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

/** Positions of Uniswap v3 pools, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class UniswapVenue implements Venue<UniswapConfiguration> {
    private static final Duration PACE = Duration.ofSeconds(12);

    @Override
    public String kind() {
        return UniswapConfiguration.VENUE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<UniswapConfiguration> founding() {
        return UniswapConfiguration.class;
    }

    @Override
    public ReadBudget budget(UniswapConfiguration founding) {
        return EvmNode.BUDGET;
    }

    @Override
    public VenueProfile profile(UniswapConfiguration founding) {
        return new VenueProfile(
                founding.venue(),
                kind(),
                version(),
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "liquidity between two ticks, coins owed in token units; all >= 0",
                "down to the token's unit, at most what the position is worth at any price within its pool's range",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(UniswapConfiguration founding, RawSnapshot raw, Listing listing) {
        return new UniswapNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(UniswapConfiguration founding, Endpoint at) {
        return new BlockVenue(
                profile(founding), new UniswapClient(founding, EvmNode.of(kind(), founding.chainId(), at)), PACE);
    }
}
