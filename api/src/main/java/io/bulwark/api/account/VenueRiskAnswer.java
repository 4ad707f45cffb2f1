package io.bulwark.api.account;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.netting.formula.Prefunding.VenueNeed;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.placement.DislocationSlopes;
import io.bulwark.netting.placement.Placement.PlacedAccount;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.risktable.Group;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * What an account's venues may do on their own, and what the margin charges of it.
 *
 * @param prefunding what it adds to the core: what venues may close on the way, and nothing carries
 * @param dislocation marks of one coin that part by venue
 * @param free what stands with the house and could be sent; below 0 the house has lent it
 * @param venues each that closes what it holds by its own rule
 * @param marks what a delta is charged at each venue where the account has one, and what that rests on; nothing of a table that says
 *     nothing of it
 */
@Serdeable
record VenueRiskAnswer(Money prefunding, Money dislocation, Money free, List<Venue> venues, List<Mark> marks) {
    /** Copies. */
    public VenueRiskAnswer {
        venues = List.copyOf(venues);
        marks = List.copyOf(marks);
    }

    /**
     * How far a venue's mark of a coin may part from others.
     *
     * @param group the coin
     * @param venue its name
     * @param ppm charged on the delta there
     * @param basis observed, governed or floor: on what it rests
     * @param observedPpm 99 % quantile of the days on which marks were compared; absent where there was nothing to compare
     * @param days how many those are
     */
    @Serdeable
    public record Mark(
            String group,
            String venue,
            int ppm,
            String basis,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Long> observedPpm,

            int days) {}

    /**
     * One venue, or a part of an account that it liquidates by itself.
     *
     * @param venue its name
     * @param mode advisory, pledged or custodied: what stands behind the connection to it
     * @param tier what a claim on it is worth as its debtor's word; absent where only the table is known
     * @param creditPpm what is taken off a claim on it for that, ppm
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

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> tier,

            int creditPpm,
            boolean told,
            Money distance,
            Money missing,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Money> cure) {}

    /**
     * The connection to a place.
     *
     * @param mode what stands behind it
     * @param tier of its venue
     */
    record Connected(ConnectionMode mode, PlacementParameters.Tier tier) {}

    /**
     * Of an account at its places, and its requirement there.
     *
     * @param connections the connection to each place; empty where only the table is known
     * @param marks how far marks may part under the table
     */
    static VenueRiskAnswer of(
            PlacedAccount placed,
            IntFunction<Optional<Connected>> connections,
            List<DislocationSlopes.Published> marks,
            Requirement given) {
        return new VenueRiskAnswer(
                Money.of(given.prefundingCharge()),
                Money.of(given.dislocation()),
                Money.of(given.prefunding().free()),
                given.prefunding().venues().stream()
                        .map(need -> venue(placed, connections, need, given.prefundingCharge() > 0))
                        .toList(),
                marks.stream()
                        .filter(slope -> hasDelta(placed, slope))
                        .map(slope -> mark(placed, slope))
                        .toList());
    }

    private static boolean hasDelta(PlacedAccount placed, DislocationSlopes.Published slope) {
        return placed.account().positions().stream()
                .flatMap(held -> placed.table().instrument(held.number()).stream())
                .anyMatch(risk -> risk.venue() == slope.place()
                        && risk.delta().stream().anyMatch(leg -> leg.group() == slope.group()));
    }

    private static Mark mark(PlacedAccount placed, DislocationSlopes.Published slope) {
        OptionalLong observed = slope.slope().observed();
        return new Mark(
                placed.table().group(slope.group()).map(Group::id).orElseThrow(),
                placed.name(slope.place()),
                slope.slope().ppm(),
                slope.slope().basis().word(),
                observed.isPresent() ? Optional.of(observed.getAsLong()) : Optional.empty(),
                slope.slope().days());
    }

    private static Venue venue(
            PlacedAccount placed, IntFunction<Optional<Connected>> connections, VenueNeed need, boolean charged) {
        Optional<Connected> connection = connections.apply(need.venue());
        OptionalLong cure = charged ? placed.cure(need.venue()) : OptionalLong.empty();
        return new Venue(
                placed.name(need.venue()),
                connection.map(Connected::mode).orElse(ConnectionMode.ADVISORY).label(),
                connection.map(known -> known.tier().words()),
                placed.table().venueRisk().venues().get(need.venue()).credit(),
                placed.isTold(need.venue()),
                Money.of(need.distance()),
                Money.of(need.needs().stream().reduce(0L, Math::max)),
                cure.isPresent() ? Optional.of(Money.of(cure.getAsLong())) : Optional.empty());
    }
}
