package io.bulwark.adapter.aave;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.ChainVenue;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Aave V3, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class AaveVenue implements ChainVenue<AaveVenue.Configuration> {
    static final String KIND = "aave";

    /**
     * One Aave V3 market.
     *
     * @param venue the venue's permanent number
     * @param chainId the chain that the node must serve
     * @param pool the pool's address
     * @param oracle the price oracle's address
     * @param reserves the house's name of each reserve's asset by the reserve's address; a reserve that is not named here counts for
     *     nothing and must not be owed
     * @param proofs whether balances and indexes are read with storage proofs
     */
    public record Configuration(
            int venue, long chainId, String pool, String oracle, SortedMap<String, String> reserves, boolean proofs)
            implements OnChain {
        /** Checks addresses. */
        public Configuration {
            EvmAddress.require("pool", pool);
            EvmAddress.require("oracle", oracle);
            reserves.keySet().forEach(reserve -> EvmAddress.require("reserve", reserve));
            reserves = Collections.unmodifiableSortedMap(new TreeMap<>(reserves));
        }
    }

    @Override
    public Form<Configuration> form() {
        return new Form<>(KIND, 1, Configuration.class);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "balances in token units, supply and debt apart and both >= 0; indexes in ray; prices at the oracle's unit",
                "the pool rounds half up; the house takes supply down and debt up to the token's unit",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new AaveNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public BlockReader reader(Configuration founding) {
        return new AaveClient(founding);
    }
}
