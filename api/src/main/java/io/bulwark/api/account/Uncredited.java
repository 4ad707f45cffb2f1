package io.bulwark.api.account;

import io.bulwark.clearing.instrument.Listing;
import io.bulwark.netting.portfolio.Origin;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that an account holds and is given no credit for.
 *
 * @param venue where it stands, by name
 * @param asset what it is, by its listed name
 * @param quantity how much of it, at the venue's own scale
 * @param why the rule, in words
 */
@Serdeable
public record Uncredited(String venue, String asset, String quantity, String why) {
    private static final String UNPROVED = "no fresh price, or evidence below its listing";
    private static final String ELSEWHERE =
            "credited elsewhere: another venue reads the same claim, or it belongs to those who hold claims on this address";

    /** By an account's origins, in their order. */
    static List<Uncredited> of(List<Origin> origins, Listing listing) {
        return origins.stream().flatMap(origin -> of(origin, listing)).toList();
    }

    private static Stream<Uncredited> of(Origin origin, Listing listing) {
        return switch (origin.rule()) {
            case NOT_COUNTED -> Stream.of(of(origin, listing, UNPROVED));
            case COUNTED_ELSEWHERE -> Stream.of(of(origin, listing, ELSEWHERE));
            case HELD, UNSETTLED, COMPONENT, FRACTION, DROPPED, MINIMUM -> Stream.empty();
        };
    }

    private static Uncredited of(Origin origin, Listing listing, String why) {
        return new Uncredited(
                listing.venue(origin.source().venue()).name(),
                listing.asset(origin.number()).name(),
                origin.amount().toString(),
                why);
    }
}
