package io.bulwark.adapter.drift;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Drift v2 on Solana. An account's address is that of its User account; a node answers for its newest finalised slot only. */
public final class DriftVenue implements Venue<DriftVenue.Configuration> {
    @Override
    public Form<Configuration> form() {
        return new Form<>(DriftDecoder.VENUE, 1, Configuration.class);
    }

    /** A question a second: nodes differ in what they take, and say so by status 429. */
    @Override
    public ReadBudget budget(Configuration founding) {
        return ReadBudget.perSecond(1);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "a finalised slot: the user, its markets and the chain's clock in one answer",
                "bytes: base 1e-9 signed, quote 1e-6 signed, prices 1e-6, spot balances 1e-9 times cumulative interest 1e-10",
                "spot balances down, debts up to the token's unit, as the venue does",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new DriftNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(Configuration founding, Endpoint at) {
        return new ExchangeVenue(profile(founding), new DriftClient(founding, at.transport(kind())));
    }

    /**
     * Drift v2, read from its accounts on Solana by a node. An account names markets by their index alone, so what each index is stands
     * here.
     *
     * @param venue the venue's permanent number
     * @param settlement the house's name of the asset in which perpetuals settle
     * @param spot spot markets in which an account may hold or owe something, by index
     * @param perpetuals perpetual markets in which an account may have a position, by index
     */
    public record Configuration(
            int venue, String settlement, SortedMap<Integer, Spot> spot, SortedMap<Integer, Perpetual> perpetuals)
            implements Venue.Founding {
        /** What one question of the node may name, less the clock and the user. */
        private static final int MARKETS_MAX = 98;

        /** Copies the markets, and checks their number. */
        public Configuration {
            spot = Collections.unmodifiableSortedMap(new TreeMap<>(spot));
            perpetuals = Collections.unmodifiableSortedMap(new TreeMap<>(perpetuals));
            if (spot.size() + perpetuals.size() > MARKETS_MAX) {
                throw new IllegalArgumentException("markets must be at most " + MARKETS_MAX
                        + ", which one answer holds; have " + (spot.size() + perpetuals.size()));
            }
        }

        /**
         * A spot market.
         *
         * @param account its account's address
         * @param asset the house's name of its token
         */
        public record Spot(String account, String asset) {}

        /**
         * A perpetual market.
         *
         * @param account its account's address
         * @param symbol under which its perpetual is listed, which must be the name in its account
         */
        public record Perpetual(String account, String symbol) {}
    }
}
