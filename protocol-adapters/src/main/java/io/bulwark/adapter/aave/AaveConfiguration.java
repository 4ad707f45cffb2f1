package io.bulwark.adapter.aave;

import io.bulwark.adapter.Venue;
import io.bulwark.adapter.evm.EvmAddress;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One Aave V3 market.
 *
 * @param venue the venue's permanent number
 * @param chainId the chain that the node must serve
 * @param pool the pool's address
 * @param oracle the price oracle's address
 * @param reserves the house's name of each reserve's asset by the reserve's address; a reserve that is not named here counts for nothing and must not be owed
 * @param proofs whether balances and indexes are read with storage proofs
 */
public record AaveConfiguration(
        int venue, long chainId, String pool, String oracle, SortedMap<String, String> reserves, boolean proofs)
        implements Venue.Founding {
    /** Names the adapter in refusals. */
    static final String VENUE = "aave";

    /** Checks addresses. */
    public AaveConfiguration {
        EvmAddress.require("pool", pool);
        EvmAddress.require("oracle", oracle);
        reserves.keySet().forEach(reserve -> EvmAddress.require("reserve", reserve));
        reserves = Collections.unmodifiableSortedMap(new TreeMap<>(reserves));
    }
}
