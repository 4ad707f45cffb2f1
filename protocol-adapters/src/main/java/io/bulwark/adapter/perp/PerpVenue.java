package io.bulwark.adapter.perp;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.ChainVenue.OnChain;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.adapter.evm.VenueTrader;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Perp v2, read at finalised blocks; who approves the house there lets it trade. An account's address is its lower-case 0x address. */
public final class PerpVenue implements VenueTrader.Taking<PerpVenue.Configuration> {
    static final String KIND = "perp";

    /**
     * One Perp v2 exchange.
     *
     * @param venue the venue's permanent number
     * @param chainId the chain that the node must serve
     * @param contracts its contracts
     * @param markets how the house calls each market, by the address of its virtual base token; a position in another market is refused
     * @param tokens the house's name of each token that may lie in the vault, by its address; the settlement token must be among them
     */
    public record Configuration(
            int venue,
            long chainId,
            Contracts contracts,
            SortedMap<String, String> markets,
            SortedMap<String, String> tokens)
            implements OnChain {
        /** Checks addresses. */
        public Configuration {
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

    @Override
    public Form<Configuration> form() {
        return new Form<>(KIND, 1, Configuration.class);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "sizes in the base and notionals in the quote with 18 places, short negative, paid negative; funding > 0 is owed by the account; "
                        + "balances in token units",
                "the venue cuts position values and rounds its account value down; the entry price is cut at 18 places and the rest stays in the balance",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new PerpNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public BlockReader reader(Configuration founding) {
        return new PerpClient(founding);
    }

    @Override
    public VenueTrader trader(Configuration founding) {
        return new PerpTrader(founding);
    }
}
