package io.bulwark.adapter.bybit;

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
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Bybit v5, unified accounts. An account's address is the name under which its key is kept, its number at the venue: no answer repeats it. */
public final class BybitVenue implements Venue<BybitVenue.Configuration> {
    @Override
    public Form<Configuration> form() {
        return new Form<>(BybitDecoder.VENUE, 1, Configuration.class);
    }

    /** Seventy per cent of the documented fifty account reads a second; what is left of it the venue's own headers say. */
    @Override
    public ReadBudget budget(Configuration founding) {
        return ReadBudget.perSecond(35);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "the venue's own time: an answer is final when it is given; the wallet is read between two equal lists of positions",
                "decimals in quotes; sizes without sign beside their side, in the coin, of inverse contracts in USD; volatility as a fraction",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new BybitNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(Configuration founding, Endpoint at) {
        return new ExchangeVenue(
                profile(founding), new BybitClient(founding, at.keys(), at.transport(kind()), InstantSource.system()));
    }

    /**
     * Bybit v5, unified accounts. A key sees its own account alone, so every account has a key.
     *
     * @param venue the venue's permanent number
     * @param settlements the coins in which linear contracts settle that are asked for, such as USDT and USDC
     * @param linear linear contracts whose index and mark are read, such as {@code BTCUSDT}; the first of a risk group gives its index
     * @param inverse inverse contracts whose mark is read, such as {@code BTCUSD}
     * @param options coins whose options' volatilities and marks are read, such as BTC
     */
    public record Configuration(
            int venue, List<String> settlements, List<String> linear, List<String> inverse, List<String> options)
            implements Venue.Founding {
        /** Copies the names. */
        public Configuration {
            settlements = List.copyOf(settlements);
            linear = List.copyOf(linear);
            inverse = List.copyOf(inverse);
            options = List.copyOf(options);
        }
    }
}
