package io.bulwark.adapter.aave;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.evm.EvmNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One Aave V3 market.
 *
 * @param venue the venue's permanent number
 * @param chainId the chain that the node must serve
 * @param pool the pool's address
 * @param oracle the price oracle's address
 * @param reserves the house's name of each reserve's asset by the reserve's address; a reserve that is not named here counts for nothing and must not be owed
 * @param proofs whether balances and indexes are read with storage proofs
 * @param budget how often the node may be asked
 */
public record AaveConfiguration(
        int venue,
        long chainId,
        String pool,
        String oracle,
        SortedMap<String, String> reserves,
        boolean proofs,
        ReadBudget budget) {
    /** Names the adapter in refusals. */
    static final String VENUE = "aave";

    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");

    /** Checks addresses and budget. */
    public AaveConfiguration {
        requireAddress("pool", pool);
        requireAddress("oracle", oracle);
        reserves.keySet().forEach(reserve -> requireAddress("reserve", reserve));
        if (budget.permits() < EvmNode.ITEMS_MAX) {
            throw new IllegalArgumentException(
                    "budget must allow a batch of " + EvmNode.ITEMS_MAX + "; have " + budget);
        }
        reserves = Collections.unmodifiableSortedMap(new TreeMap<>(reserves));
    }

    /** The address itself if it is lower-case 0x hexadecimal of twenty bytes. */
    static String requireAddress(String field, String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    field + " must be 0x and 40 lower-case hexadecimal digits; have " + address);
        }
        return address;
    }
}
