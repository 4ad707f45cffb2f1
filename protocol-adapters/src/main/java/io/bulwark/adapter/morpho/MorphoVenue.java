package io.bulwark.adapter.morpho;

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
import java.util.regex.Pattern;

/** Morpho Blue, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class MorphoVenue implements ChainVenue<MorphoVenue.Configuration> {
    static final String KIND = "morpho";

    /**
     * Markets of one Morpho Blue contract.
     *
     * @param venue the venue's permanent number
     * @param chainId the chain that the node must serve
     * @param morpho the contract's address
     * @param markets by market id, 0x and 64 lower-case hexadecimal digits; a market that is not named here is not read
     * @param proofs whether positions and totals are read with storage proofs
     */
    public record Configuration(
            int venue, long chainId, String morpho, SortedMap<String, Market> markets, boolean proofs)
            implements OnChain {
        private static final Pattern ID = Pattern.compile("0x[0-9a-f]{64}");

        /** Checks addresses, ids. */
        public Configuration {
            EvmAddress.require("morpho", morpho);
            for (String id : markets.keySet()) {
                if (!ID.matcher(id).matches()) {
                    throw new IllegalArgumentException(
                            "market must be 0x and 64 lower-case hexadecimal digits; have " + id);
                }
            }
            markets = Collections.unmodifiableSortedMap(new TreeMap<>(markets));
        }

        /**
         * What the house knows of a market before it reads a byte.
         *
         * @param loan the listed name of the loan asset
         * @param loanDecimals places in which its token counts
         * @param collateral the listed name of the collateral, whatever form it has: a coin, a vault's share
         * @param collateralDecimals places in which its token counts
         */
        public record Market(String loan, int loanDecimals, String collateral, int collateralDecimals) {
            private static final int DECIMALS_MAX = 36;

            /** Checks the places. */
            public Market {
                if (Math.min(loanDecimals, collateralDecimals) < 0
                        || Math.max(loanDecimals, collateralDecimals) > DECIMALS_MAX) {
                    throw new IllegalArgumentException("decimals must be 0 to " + DECIMALS_MAX + "; have "
                            + loanDecimals + " and " + collateralDecimals);
                }
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
                "collateral in token units; supply and debt as shares of a market's totals; all >= 0",
                "supply down and debt up to the token's unit, as the contract rounds them; interest expected to the block's time",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new MorphoNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public BlockReader reader(Configuration founding) {
        return new MorphoClient(founding);
    }
}
