package io.bulwark.api.account;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.comparison.VenueByVenue;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What the account's venues would need one by one under the same formula.
 *
 * @param venues each alone
 * @param apart their sum
 * @param saved by holding them together: apart − initial margin of the account
 */
@Serdeable
public record MarginByVenue(List<Venue> venues, Money apart, Money saved) {
    /** Copies. */
    public MarginByVenue {
        venues = List.copyOf(venues);
    }

    /**
     * One venue.
     *
     * @param venue its name
     * @param initialMargin of what the account holds there, alone
     */
    @Serdeable
    public record Venue(String venue, Money initialMargin) {}

    static MarginByVenue of(VenueByVenue parts, Listing listing) {
        return new MarginByVenue(
                parts.parts().stream()
                        .map(part -> new Venue(listing.venue(part.venue()).name(), Money.of(part.initialMargin())))
                        .toList(),
                Money.of(parts.apart()),
                Money.of(parts.saved()));
    }
}
