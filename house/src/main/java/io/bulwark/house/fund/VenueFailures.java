package io.bulwark.house.fund;

import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.stresstest.VenueDefault;
import io.bulwark.insurance.stresstest.VenueDefault.Exposure;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.placement.Place;
import io.bulwark.netting.placement.Placement;
import io.bulwark.netting.risktable.RiskTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What if a venue is gone tomorrow: what stands there is gone at its mark, and of the claim on it what such a venue
 * loses. Empty in a house whose
 * tables do not say where its entries stand.
 */
public final class VenueFailures {
    private static final int PERCENT = 4;

    private VenueFailures() {}

    /**
     * One venue's failure.
     *
     * @param venue that fails, with every place of it
     * @param cost beyond what the market costs in the same row
     * @param accounts that have a margin, in the order of the cost's lists
     */
    public record Failure(ListedVenue venue, VenueDefault cost, List<AccountLine> accounts) {
        /** Copies. */
        public Failure {
            accounts = List.copyOf(accounts);
        }
    }

    /** The failure of every listed venue. */
    public static List<Failure> of(ComputedEpoch epoch) {
        return epoch.market().placement().stream()
                .flatMap(placement -> failures(epoch.table(), epoch.accounts(), placement).stream())
                .toList();
    }

    /** The same of some accounts over a table. */
    public static List<Failure> failures(RiskTable table, List<AccountLine> lines, Placement placement) {
        List<AccountLine> accounts = lines.stream()
                .filter(line -> line.margin().stated().isPresent())
                .toList();
        List<MarginBook> books = accounts.stream()
                .map(line -> MarginBook.of(table, line.lots(), Precision.INT128))
                .toList();
        return placement.venues().stream()
                .map(venue -> new Failure(venue, cost(table, books, venue, placement), accounts))
                .toList();
    }

    private static VenueDefault cost(RiskTable table, List<MarginBook> books, ListedVenue venue, Placement placement) {
        Set<Integer> places =
                placement.placesOf(venue.number()).stream().map(Place::number).collect(Collectors.toUnmodifiableSet());
        int lost = places.stream()
                .mapToInt(place -> table.venueRisk().venues().get(place).lossGivenDefault())
                .max()
                .orElse(0);
        return VenueDefault.of(
                venue.number(),
                books.stream().map(book -> new Exposure(book, places, lost)).toList());
    }

    /** What members lose beyond what the market costs them, a row for each venue, in the words of its scenario. */
    static List<StressRow> rows(ComputedEpoch epoch, Map<Integer, String> members) {
        List<StressRow> rows = new ArrayList<>();
        for (Failure failure : of(epoch)) {
            List<MemberLoss> losses = IntStream.range(0, failure.accounts().size())
                    .mapToObj(i -> new MemberLoss(
                            FundStress.member(members, failure.accounts().get(i)),
                            failure.cost().beyond().get(i),
                            List.of(failure.accounts().get(i).number())))
                    .toList();
            rows.add(new StressRow(
                    rows.size(),
                    failure.venue().name() + " is gone, " + words(epoch.table(), failure.cost()),
                    MemberLoss.ofAccounts(losses)));
        }
        return rows;
    }

    /** The scenario in which a failure costs most: the price moves of the groups. */
    public static String words(RiskTable table, VenueDefault cost) {
        if (cost.row().isEmpty()) {
            return "nothing moves";
        }
        int row = cost.row().getAsInt();
        String moves = table.moves().stream()
                .filter(group -> group.shock().at(row) != 0)
                .map(group -> table.group(group.group()).orElseThrow().id() + " "
                        + (group.shock().at(row) > 0 ? "+" : "\u2212")
                        + percent(Math.abs(group.shock().at(row))) + " %")
                .collect(Collectors.joining(", "));
        return moves.isEmpty() ? "no price moves" : moves;
    }

    private static String percent(int ppm) {
        return BigDecimal.valueOf(ppm, PERCENT).stripTrailingZeros().toPlainString();
    }
}
