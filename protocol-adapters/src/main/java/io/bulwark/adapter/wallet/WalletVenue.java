package io.bulwark.adapter.wallet;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.ChainVenue;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tokens that an address holds, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class WalletVenue implements ChainVenue<WalletVenue.Configuration> {
    static final String KIND = "wallet";

    /**
     * Tokens of one chain.
     *
     * @param venue the venue's permanent number
     * @param chainId the chain that the node must serve
     * @param tokens by the token's address; a token that is not named here is not read
     * @param contents what one token holds of another, by the token's address, for those that are shares
     * @param proofs whether balances are read with storage proofs
     */
    public record Configuration(
            int venue,
            long chainId,
            SortedMap<String, Token> tokens,
            SortedMap<String, Content> contents,
            boolean proofs)
            implements OnChain {
        private static final int DECIMALS_MAX = 36;

        /** Checks addresses. */
        public Configuration {
            tokens.keySet().forEach(token -> EvmAddress.require("token", token));
            for (String share : contents.keySet()) {
                if (!tokens.containsKey(share)) {
                    throw new IllegalArgumentException("contents must be of a token that is named; have " + share);
                }
            }
            tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
            contents = Collections.unmodifiableSortedMap(new TreeMap<>(contents));
        }

        /**
         * What the house knows of a token before it reads a byte.
         *
         * @param asset its listed name
         * @param decimals places in which it counts
         * @param balanceSlot where the contract keeps its map of balances
         */
        public record Token(String asset, int decimals, int balanceSlot) {
            /** Checks the places. */
            public Token {
                requireDecimals(decimals);
                if (balanceSlot < 0) {
                    throw new IllegalArgumentException("balanceSlot must be >= 0; have " + balanceSlot);
                }
            }

            /** The word of the contract that holds a user's balance. */
            BigInteger slot(String user) {
                return StorageProof.mappingSlot(user, balanceSlot);
            }
        }

        /**
         * What a share holds.
         *
         * @param underlying the listed name of the asset
         * @param decimals places in which that asset counts
         * @param view the contract's own view of it
         */
        public record Content(String underlying, int decimals, View view) {
            /** Checks the places. */
            public Content {
                requireDecimals(decimals);
            }
        }

        /** How a contract says what its share holds. */
        public enum View {
            /** ERC-4626: {@code convertToAssets(one share)}. */
            VAULT,
            /** A wrapped staking token of Lido's form: {@code stEthPerToken()}. */
            STAKED_PER_TOKEN
        }

        private static void requireDecimals(int decimals) {
            if (decimals < 0 || decimals > DECIMALS_MAX) {
                throw new IllegalArgumentException("decimals must be 0 to " + DECIMALS_MAX + "; have " + decimals);
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
                "balances in token units, >= 0; what a share holds in the underlying's units",
                "balances are whole units; what a share holds is rounded down by its contract",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new WalletNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public BlockReader reader(Configuration founding) {
        return new WalletClient(founding);
    }
}
