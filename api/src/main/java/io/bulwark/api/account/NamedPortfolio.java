package io.bulwark.api.account;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * An account as people write it: lots by the id of the instrument or asset, in any order. An answer has the same form, so that it can be asked again.
 *
 * @param cash signed, u = 10⁻⁴ USD
 * @param positions margined positions, signed lots, long above 0
 * @param paid long lots of paid-up instruments, outside the margined book
 * @param collateral lots of assets held
 * @param debt lots of assets owed
 * @param standings how far venues are from acting, of a table that says where entries stand; one that is left out stands at 0
 */
@Serdeable
@Schema(description = "An account in lots by id. Lists may be left out; no list names an id twice.")
public record NamedPortfolio(
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        long cash,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<Line> positions,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<Line> paid,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<Line> collateral,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<Line> debt,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        List<Stand> standings) {
    static final int LINES_MAX = 10_000;
    private static final int ID_MAX = 100;

    /**
     * Lots of one instrument or asset.
     *
     * @param id as the risk table lists it
     * @param lots whole lots
     */
    @Serdeable
    public record Line(String id, long lots) {}

    /**
     * How far an account is from being acted on by one venue.
     *
     * @param venue as the risk table lists it
     * @param distance u, signed; below 0 the venue may act now
     */
    @Serdeable
    public record Stand(String venue, long distance) {}

    /** Copies the lists. */
    public NamedPortfolio {
        positions = List.copyOf(positions);
        paid = List.copyOf(paid);
        collateral = List.copyOf(collateral);
        debt = List.copyOf(debt);
        standings = List.copyOf(standings);
    }

    /** The account under the ids of a table. */
    public static NamedPortfolio of(MarginAccount account, RiskTable table) {
        return new NamedPortfolio(
                account.cash(),
                lines(account, Sleeve.POSITIONS, table),
                lines(account, Sleeve.PAID, table),
                lines(account, Sleeve.COLLATERAL, table),
                lines(account, Sleeve.DEBT, table),
                account.standings().stream()
                        .map(s -> new Stand(
                                table.venueRisk().venues().get(s.venue()).id(), s.distance()))
                        .toList());
    }

    private static List<Line> lines(MarginAccount account, Sleeve sleeve, RiskTable table) {
        return sleeve.of(account).stream()
                .map(entry -> new Line(sleeve.id(table, entry.number()), entry.lots()))
                .toList();
    }

    /**
     * Reads an account in lots against a table.
     *
     * @throws BadInput for an id that the table does not list or that stands twice in a list, and for lots outside the table's range
     */
    public static MarginAccount read(JsonFields fields, RiskTable table) {
        long cash = fields.wholeNumber("cash", Long.MIN_VALUE, Long.MAX_VALUE, 0);
        MarginAccount account = new MarginAccount(
                cash,
                entries(fields, Sleeve.POSITIONS, table),
                entries(fields, Sleeve.PAID, table),
                entries(fields, Sleeve.COLLATERAL, table),
                entries(fields, Sleeve.DEBT, table),
                standings(fields, table));
        fields.nothingElse();
        return account;
    }

    private static List<Entry> entries(JsonFields fields, Sleeve sleeve, RiskTable table) {
        SortedMap<Integer, Entry> entries = new TreeMap<>();
        for (JsonFields line : fields.objects(sleeve.label(), LINES_MAX)) {
            Entry entry = entry(line, sleeve, table);
            if (entries.put(entry.number(), entry) != null) {
                throw line.refuse("id", "each id at most once in a list");
            }
        }
        return new ArrayList<>(entries.values());
    }

    private static List<MarginAccount.Standing> standings(JsonFields fields, RiskTable table) {
        SortedMap<Integer, MarginAccount.Standing> standings = new TreeMap<>();
        for (JsonFields line : fields.objects("standings", LINES_MAX)) {
            String id = line.text("venue", ID_MAX);
            List<VenueRisk.Terms> venues = table.venueRisk().venues();
            int venue = IntStream.range(0, venues.size())
                    .filter(v -> venues.get(v).id().equals(id))
                    .findFirst()
                    .orElse(VenueRisk.FREE);
            if (!table.venueRisk().liquidates(venue)) {
                throw line.refuse("venue", "a venue of the risk table that acts by itself");
            }
            long distance = line.wholeNumber("distance", Long.MIN_VALUE, Long.MAX_VALUE);
            if (standings.put(venue, new MarginAccount.Standing(venue, distance)) != null) {
                throw line.refuse("venue", "each venue at most once");
            }
            line.nothingElse();
        }
        return new ArrayList<>(standings.values());
    }

    private static Entry entry(JsonFields line, Sleeve sleeve, RiskTable table) {
        int number = number(line, sleeve, table);
        long most = table.parameters().lotsMax();
        Entry entry = new Entry(number, line.wholeNumber("lots", sleeve == Sleeve.POSITIONS ? -most : 1, most));
        if (entry.lots() == 0) {
            throw line.refuse("lots", "not 0: a position of no lots is no position");
        }
        line.nothingElse();
        return entry;
    }

    /** The number behind the id of a line or a change. */
    public static int number(JsonFields line, Sleeve sleeve, RiskTable table) {
        String id = line.text("id", ID_MAX);
        return sleeve.number(table, id).orElseThrow(() -> line.refuse("id", sleeve.idRule(table)));
    }
}
