package io.bulwark.adapter.lyra;

import io.bulwark.adapter.Venue;
import io.bulwark.adapter.evm.EvmAddress;

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
public record LyraConfiguration(
        int venue, long chainId, Contracts contracts, String quote, String base, String group, boolean proofs)
        implements Venue.Founding {
    /** Names the adapter in refusals. */
    static final String VENUE = "lyra";

    /**
     * The contracts that are read.
     *
     * @param market the option market: boards and strikes
     * @param token the option token: positions
     * @param spot the adapter that tells the market its spot price
     */
    public record Contracts(String market, String token, String spot) {
        /** Checks the addresses. */
        public Contracts {
            EvmAddress.require("market", market);
            EvmAddress.require("token", token);
            EvmAddress.require("spot", spot);
        }
    }
}
