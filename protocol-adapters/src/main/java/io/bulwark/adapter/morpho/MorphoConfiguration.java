package io.bulwark.adapter.morpho;

import io.bulwark.adapter.Venue;
import io.bulwark.adapter.evm.EvmAddress;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Markets of one Morpho Blue contract.
 *
 * @param venue the venue's permanent number
 * @param chainId the chain that the node must serve
 * @param morpho the contract's address
 * @param markets by market id, 0x and 64 lower-case hexadecimal digits; a market that is not named here is not read
 * @param proofs whether positions and totals are read with storage proofs
 */
public record MorphoConfiguration(
        int venue, long chainId, String morpho, SortedMap<String, Market> markets, boolean proofs)
        implements Venue.Founding {
    /** Names the adapter in refusals. */
    static final String VENUE = "morpho";

    private static final Pattern ID = Pattern.compile("0x[0-9a-f]{64}");

    /** Checks addresses, ids. */
    public MorphoConfiguration {
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
                throw new IllegalArgumentException("decimals must be 0 to " + DECIMALS_MAX + "; have " + loanDecimals
                        + " and " + collateralDecimals);
            }
        }
    }
}
