package io.bulwark.adapter.perp;

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

/** Perp v2, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class PerpVenue implements Venue<PerpConfiguration> {
    private static final Duration PACE = Duration.ofSeconds(2);

    @Override
    public String kind() {
        return PerpConfiguration.VENUE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<PerpConfiguration> founding() {
        return PerpConfiguration.class;
    }

    @Override
    public ReadBudget budget(PerpConfiguration founding) {
        return EvmNode.BUDGET;
    }

    @Override
    public VenueProfile profile(PerpConfiguration founding) {
        return new VenueProfile(
                founding.venue(),
                kind(),
                version(),
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "sizes in the base and notionals in the quote with 18 places, short negative, paid negative; funding > 0 is owed by the account; "
                        + "balances in token units",
                "the venue cuts position values and rounds its account value down; the entry price is cut at 18 places and the rest stays in the balance",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(PerpConfiguration founding, RawSnapshot raw, Listing listing) {
        return new PerpNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(PerpConfiguration founding, Endpoint at) {
        return new BlockVenue(
                profile(founding), new PerpClient(founding, EvmNode.of(kind(), founding.chainId(), at)), PACE);
    }
}
