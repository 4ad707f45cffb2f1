package io.bulwark.api.account;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.formula.Prefunding.VenueNeed;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.placement.PlacedAccount;
import io.bulwark.netting.placement.PlacedAccount.Place;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an account's venues may do on their own, and what its margin would be with that charged. It stands beside the sealed margin, which
 * charges nothing of it yet.
 *
 * @param initialMargin with it
 * @param excessInitial equity over that, claims on venues at their credit
 * @param prefunding what it adds to the core: what venues may close on the way, and nothing carries
 * @param dislocation marks of one coin that part by venue
 * @param free what stands with the house and could be sent; below 0 the house has lent it
 * @param worstScenario the worst published scenario, with the way to it
 * @param venues each that closes what it holds by its own rule
 */
@Serdeable
public record VenueRiskAnswer(
        Money initialMargin,
        Money excessInitial,
        Money prefunding,
        Money dislocation,
        Money free,
        String worstScenario,
        List<Venue> venues) {
    /** Copies. */
    public VenueRiskAnswer {
        venues = List.copyOf(venues);
    }

    /**
     * One venue, or a part of an account that it liquidates by itself.
     *
     * @param venue its name
     * @param mode advisory, pledged or custodied: what stands behind the connection to it
     * @param told whether it says what it counts; silence counts as 0
     * @param distance its own equity less its own requirement; below 0 it may act now
     * @param missing what would have to reach it on the worst of the published ways so that it does not act
     * @param cure the least that would have to stand there besides, so that nothing is charged of what venues may
     *     close; absent where that would
     *     not do it, or nothing is charged
     */
    @Serdeable
    public record Venue(
            String venue,
            String mode,
            boolean told,
            Money distance,
            Money missing,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Money> cure) {}

    /** Of an account at its places; empty where it has no margin there. */
    static Optional<VenueRiskAnswer> of(PlacedAccount placed, Listing listing, Requirement sealed) {
        return switch (PortfolioMargin.evaluate(placed.table(), placed.account())) {
            case MarginStatement statement -> Optional.of(of(placed, listing, statement, sealed));
            case MarginRefusal ignored -> Optional.empty();
        };
    }

    private static VenueRiskAnswer of(
            PlacedAccount placed, Listing listing, MarginStatement statement, Requirement sealed) {
        Requirement given = statement.given();
        return new VenueRiskAnswer(
                Money.of(given.initialMargin()),
                Money.of(given.excessInitial()),
                Money.of(given.prefundingCharge()),
                Money.of(basis(given) - basis(sealed)),
                Money.of(given.prefunding().free()),
                statement.scenario().text(),
                given.prefunding().venues().stream()
                        .map(need -> venue(placed, listing, need, given.prefundingCharge() > 0))
                        .toList());
    }

    private static Venue venue(PlacedAccount placed, Listing listing, VenueNeed need, boolean charged) {
        Place place = placed.places().get(need.venue() - 1);
        OptionalLong cure = charged ? placed.cure(place) : OptionalLong.empty();
        return new Venue(
                place.name(),
                listing.venue(place.venue()).mode().label(),
                place.standing()
                        .map(s -> s.said().count() instanceof VenueStanding.Told)
                        .orElse(false),
                Money.of(need.distance()),
                Money.of(need.needs().stream().reduce(0L, Math::max)),
                cure.isPresent() ? Optional.of(Money.of(cure.getAsLong())) : Optional.empty());
    }

    private static long basis(Requirement requirement) {
        return requirement.addOns().getOrDefault(AddOn.BASIS, 0L);
    }
}
