package io.bulwark.api.account;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.comparison.VenueByVenue;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What the account's venues would need one by one under the same formula, and what stands behind the connections to them.
 *
 * @param venues each alone
 * @param apart their sum
 * @param saved by holding them together: apart − initial margin of the account
 * @param modes how much of the equity as booked stands behind connections of each mode, every mode once
 * @param cashResidual what the house charges on cash that is owed on balance, which stands at no venue; modes and this are the equity
 */
@Serdeable
public record MarginByVenue(List<Venue> venues, Money apart, Money saved, List<Mode> modes, Money cashResidual) {
    /** Copies. */
    public MarginByVenue {
        venues = List.copyOf(venues);
        modes = List.copyOf(modes);
    }

    /**
     * One venue.
     *
     * @param venue its name
     * @param mode advisory, pledged or custodied: what stands behind the connection to it
     * @param initialMargin of what the account holds there, alone
     */
    @Serdeable
    public record Venue(String venue, String mode, Money initialMargin) {
        private static Venue of(ListedVenue venue, VenueByVenue.Part part) {
            return new Venue(venue.name(), venue.mode().label(), Money.of(part.initialMargin()));
        }
    }

    /**
     * What stands behind connections of one mode.
     *
     * @param mode advisory, pledged or custodied
     * @param equity what the account has there, less what it owes there
     */
    @Serdeable
    public record Mode(String mode, Money equity) {}

    /**
     * The answer.
     *
     * @param equity E of the account, u
     * @param modes of it by mode, u
     */
    static MarginByVenue of(VenueByVenue parts, long equity, EquityByMode modes, Listing listing) {
        return new MarginByVenue(
                parts.parts().stream()
                        .map(part -> Venue.of(listing.venue(part.venue()), part))
                        .toList(),
                Money.of(parts.apart()),
                Money.of(parts.saved()),
                modes.modes().entrySet().stream()
                        .map(mode -> new Mode(mode.getKey().label(), Money.of(mode.getValue())))
                        .toList(),
                Money.of(Math.subtractExact(equity, modes.total())));
    }
}
