package io.bulwark.adapter.lyra;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.ChainVenue;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Optional;
import java.util.Set;

/** Lyra options, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class LyraVenue implements ChainVenue<LyraVenue.Configuration> {
    static final String KIND = "lyra";

    /**
     * One Lyra options market.
     *
     * @param venue the venue's permanent number
     * @param chainId the chain that the node must serve
     * @param contracts its contracts
     * @param quote the house's name of the asset in which premiums are paid, and puts and some calls secured
     * @param base the house's name of the asset on which the options are, as it secures calls
     * @param group the risk group that follows the market's spot price
     * @param proofs whether positions are read with storage proofs
     */
    public record Configuration(
            int venue, long chainId, Contracts contracts, String quote, String base, String group, boolean proofs)
            implements OnChain {
        /**
         * The contracts that are read.
         *
         * @param market the option market: boards and strikes
         * @param token the option token: positions
         * @param spot the adapter that tells the market its spot price
         * @param greeks the market's cache of greeks, by which it liquidates; where it is not named, how far a short is from that is
         *     not told
         */
        public record Contracts(
                String market,
                String token,
                String spot,
                @JacksonInject(useInput = OptBoolean.TRUE) Optional<String> greeks) {
            /** Checks the addresses. */
            public Contracts {
                EvmAddress.require("market", market);
                EvmAddress.require("token", token);
                EvmAddress.require("spot", spot);
                greeks.ifPresent(address -> EvmAddress.require("greeks", address));
            }
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
                "amounts in the underlying with 18 places, always > 0: the type says long or short; collateral of a covered call in the base, else in the quote",
                "none: every digit counts",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new LyraNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public BlockReader reader(Configuration founding) {
        return new LyraClient(founding);
    }
}
