package io.bulwark.adapter.chainprice;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.ChainVenue;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Prices of a chain, read at finalised blocks. */
public final class ChainPriceVenue implements ChainVenue<ChainPriceVenue.Configuration> {
    /** As founding files have sealed it: a kind is never given to another form. */
    static final String KIND = "feed";

    /**
     * Prices on one chain.
     *
     * @param venue the venue's permanent number
     * @param chainId the chain that the node must serve
     * @param rounds feeds of an oracle network, by their proxies' addresses
     * @param averages pools, by their addresses
     */
    public record Configuration(
            int venue, long chainId, SortedMap<String, Round> rounds, SortedMap<String, Average> averages)
            implements OnChain {
        private static final int DECIMALS_MAX = 36;

        /** Checks addresses. */
        public Configuration {
            rounds.keySet().forEach(feed -> EvmAddress.require("feed", feed));
            averages.keySet().forEach(pool -> EvmAddress.require("pool", pool));
            rounds = Collections.unmodifiableSortedMap(new TreeMap<>(rounds));
            averages = Collections.unmodifiableSortedMap(new TreeMap<>(averages));
        }

        /**
         * A feed.
         *
         * @param subject the listed name of the asset or risk group that it prices in USD
         * @param decimals places of its answers
         * @param heartbeatSeconds how long it may be silent by its own terms: an hour for one feed, a day for another
         * @param least an answer at or below is the feed's lower bound, not a price
         * @param most an answer at or above is its upper bound, not a price
         */
        public record Round(String subject, int decimals, long heartbeatSeconds, Amount least, Amount most) {
            /** Checks places, heartbeat and bounds. */
            public Round {
                requireDecimals(decimals);
                if (heartbeatSeconds <= 0) {
                    throw new IllegalArgumentException("heartbeatSeconds must be > 0; have " + heartbeatSeconds);
                }
                if (least.signum() <= 0 || least.compareTo(most) >= 0) {
                    throw new IllegalArgumentException(
                            "bounds must be 0 < least < most; have " + least + " and " + most);
                }
            }
        }

        /**
         * The average of a pool's price over a window.
         *
         * @param subject the listed name of the asset that it prices
         * @param dollarFirst whether the dollar is the pool's first token
         * @param firstDecimals places of the pool's first token
         * @param secondDecimals places of its second
         * @param windowSeconds how far back the average goes
         * @param costLeast what pushing the average by one per cent within one block must cost at least, USD
         */
        public record Average(
                String subject,
                boolean dollarFirst,
                int firstDecimals,
                int secondDecimals,
                long windowSeconds,
                Amount costLeast) {
            /** A shorter window is one block's word. */
            private static final long WINDOW_LEAST = 60;

            /** Checks places and window. */
            public Average {
                requireDecimals(firstDecimals);
                requireDecimals(secondDecimals);
                if (windowSeconds < WINDOW_LEAST || windowSeconds > Integer.MAX_VALUE) {
                    throw new IllegalArgumentException("windowSeconds must be " + WINDOW_LEAST + " to "
                            + Integer.MAX_VALUE + "; have " + windowSeconds);
                }
            }
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
                "prices in USD per unit of the subject",
                "answers keep every digit; an average has eighteen",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new ChainPriceNormalizer(founding).normalise(raw);
    }

    @Override
    public BlockReader reader(Configuration founding) {
        return new ChainPriceClient(founding);
    }
}
