package io.bulwark.adapter.wallet;

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

/** Tokens that an address holds, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class WalletVenue implements Venue<WalletConfiguration> {
    private static final Duration PACE = Duration.ofSeconds(12);

    @Override
    public String kind() {
        return WalletConfiguration.VENUE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<WalletConfiguration> founding() {
        return WalletConfiguration.class;
    }

    @Override
    public ReadBudget budget(WalletConfiguration founding) {
        return EvmNode.BUDGET;
    }

    @Override
    public VenueProfile profile(WalletConfiguration founding) {
        return new VenueProfile(
                founding.venue(),
                kind(),
                version(),
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "balances in token units, >= 0; what a share holds in the underlying's units",
                "balances are whole units; what a share holds is rounded down by its contract",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(WalletConfiguration founding, RawSnapshot raw, Listing listing) {
        return new WalletNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(WalletConfiguration founding, Endpoint at) {
        return new BlockVenue(
                profile(founding), new WalletClient(founding, EvmNode.of(kind(), founding.chainId(), at)), PACE);
    }
}
