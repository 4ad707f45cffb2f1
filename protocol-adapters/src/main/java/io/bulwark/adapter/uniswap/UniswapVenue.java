package io.bulwark.adapter.uniswap;

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

/** Positions of Uniswap v3 pools, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class UniswapVenue implements ChainVenue<UniswapVenue.Configuration> {
    static final String KIND = "uniswap";

    /**
     * Pools of one Uniswap v3 deployment.
     *
     * @param venue the venue's permanent number
     * @param chainId the chain that the node must serve
     * @param manager the position manager's address
     * @param pools by the pool's address; a position of a pool that is not named here is not read
     * @param proofs whether positions and prices are read with storage proofs
     */
    public record Configuration(int venue, long chainId, String manager, SortedMap<String, Pool> pools, boolean proofs)
            implements OnChain {
        /** Checks addresses. */
        public Configuration {
            EvmAddress.require("manager", manager);
            pools.keySet().forEach(pool -> EvmAddress.require("pool", pool));
            pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        }

        /**
         * What the house knows of a pool before it reads a byte.
         *
         * @param first listed name of the pool's first coin, by address
         * @param firstDecimals places in which it counts
         * @param second listed name of its second coin
         * @param secondDecimals places in which it counts
         * @param windowSeconds over how long its price is averaged
         * @param apartTicks how far the spot price may lie from the average, ticks of a ten-thousandth; beyond that no position of
         *     the pool is credited
         * @param fallPpm how far below the average the price may fall before a position's worth is overstated: at least what
         *     the house's scenarios let the first coin fall against the second
         * @param risePpm how far above it may rise
         */
        public record Pool(
                String first,
                int firstDecimals,
                String second,
                int secondDecimals,
                int windowSeconds,
                int apartTicks,
                int fallPpm,
                int risePpm) {
            private static final int DECIMALS_MAX = 36;
            private static final int WINDOW_SECONDS_MAX = 86_400;
            private static final int APART_TICKS_MAX = 1_000;
            private static final int WHOLE_PPM = 1_000_000;
            private static final int RISE_PPM_MAX = 10 * WHOLE_PPM;

            /** Checks ranges. */
            public Pool {
                requireBetween("firstDecimals", firstDecimals, 0, DECIMALS_MAX);
                requireBetween("secondDecimals", secondDecimals, 0, DECIMALS_MAX);
                requireBetween("windowSeconds", windowSeconds, 1, WINDOW_SECONDS_MAX);
                requireBetween("apartTicks", apartTicks, 0, APART_TICKS_MAX);
                requireBetween("fallPpm", fallPpm, 1, WHOLE_PPM - 1);
                requireBetween("risePpm", risePpm, 1, RISE_PPM_MAX);
            }

            private static void requireBetween(String field, int value, int least, int most) {
                if (value < least || value > most) {
                    throw new IllegalArgumentException(field + " must be " + least + " to " + most + "; have " + value);
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
                "liquidity between two ticks, coins owed in token units; all >= 0",
                "down to the token's unit, at most what the position is worth at any price within its pool's range",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new UniswapNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public BlockReader reader(Configuration founding) {
        return new UniswapClient(founding);
    }
}
