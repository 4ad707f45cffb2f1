package io.bulwark.adapter.perp;

import io.bulwark.adapter.Venue;
import io.bulwark.adapter.evm.EvmAddress;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One Perp v2 exchange.
 *
 * @param venue the venue's permanent number
 * @param chainId the chain that the node must serve
 * @param contracts its contracts
 * @param markets how the house calls each market, by the address of its virtual base token; a position in another market is refused
 * @param tokens the house's name of each token that may lie in the vault, by its address; the settlement token must be among them
 */
public record PerpConfiguration(
        int venue,
        long chainId,
        Contracts contracts,
        SortedMap<String, String> markets,
        SortedMap<String, String> tokens)
        implements Venue.Founding {
    /** Names the adapter in refusals. */
    static final String VENUE = "perp";

    /** Checks addresses. */
    public PerpConfiguration {
        requireAddresses("market", markets);
        requireAddresses("token", tokens);
        markets = Collections.unmodifiableSortedMap(new TreeMap<>(markets));
        tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
    }

    private static void requireAddresses(String field, Map<String, String> named) {
        named.keySet().forEach(address -> EvmAddress.require(field, address));
    }

    /**
     * The contracts that are read.
     *
     * @param vault holds collateral and states the account's value
     * @param accountBalance holds positions
     * @param exchange computes funding
     * @param orderBook holds liquidity
     * @param collateralManager prices collateral other than the settlement token
     */
    public record Contracts(
            String vault, String accountBalance, String exchange, String orderBook, String collateralManager) {
        /** Checks the addresses. */
        public Contracts {
            EvmAddress.require("vault", vault);
            EvmAddress.require("accountBalance", accountBalance);
            EvmAddress.require("exchange", exchange);
            EvmAddress.require("orderBook", orderBook);
            EvmAddress.require("collateralManager", collateralManager);
        }
    }
}
