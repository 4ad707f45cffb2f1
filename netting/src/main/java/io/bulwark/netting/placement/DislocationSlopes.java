package io.bulwark.netting.placement;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.liquidity.AddOnSlopes;
import io.bulwark.netting.liquidity.AddOnSlopes.SlopeBasis;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.TableInputs;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a delta at a venue is charged because the venue's mark may part from others (venue risk, section 1).
 *
 * <p>The 99 % quantile of what was observed over a year only raises the governed number, and by at most one step an epoch: a venue that
 * prints a wrong price, or two that agree on one, make nobody's charge fall and nobody's jump.
 */
public final class DislocationSlopes {
    /** Name of these slopes in the provenance of a table. */
    static final String NAMED = "dislocation";

    private static final int NOT_OBSERVED = -1;

    private final ParameterSet parameters;
    private final MarketRecord record;
    private final Optional<RiskTable> before;
    private final AddOnSlopes steps;

    /** From the epoch's record and the table of the epoch before. */
    public DislocationSlopes(ParameterSet parameters, TableInputs inputs) {
        this.parameters = parameters;
        this.record = inputs.record();
        this.before = inputs.before();
        this.steps = new AddOnSlopes(parameters);
    }

    /**
     * One slope.
     *
     * @param ppm as published
     * @param basis what it rests on
     * @param observed the 99 % quantile that is behind it, ppm; empty where nobody's mark could be compared
     * @param days on how many days marks were compared
     */
    public record Slope(int ppm, SlopeBasis basis, OptionalLong observed, int days) {}

    /**
     * A slope as a table's provenance has it.
     *
     * @param group permanent number
     * @param place number of the place
     */
    public record Published(int group, int place, Slope slope) {}

    /** What a table says of its slopes; nothing of a table whose epoch observed nothing. */
    public static List<Published> published(RiskTable table) {
        return table.built(NAMED)
                .map(said ->
                        CanonicalFields.of("provenance", array(said)).list("dislocation", row -> published(table, row)))
                .orElse(List.of());
    }

    private static Published published(RiskTable table, CanonicalFields row) {
        int group = Math.toIntExact(row.integer("group", 0, Integer.MAX_VALUE));
        int place = Math.toIntExact(row.integer("place", 0, Integer.MAX_VALUE));
        SlopeBasis basis = SlopeBasis.valueOf(row.text("basis").toUpperCase(Locale.ROOT));
        long observed = row.integer("observed", NOT_OBSERVED, Long.MAX_VALUE);
        int days = Math.toIntExact(row.integer("days", 0, Integer.MAX_VALUE));
        return new Published(
                group,
                place,
                new Slope(
                        ppm(table, group, place),
                        basis,
                        observed == NOT_OBSERVED ? OptionalLong.empty() : OptionalLong.of(observed),
                        days));
    }

    /** The row of a provenance. */
    CanonicalValue row(Group group, Placement.Place place) {
        Slope slope = of(group, place);
        return array(
                integer(group.number()),
                integer(place.number()),
                text(slope.basis().word()),
                integer(slope.observed().orElse(NOT_OBSERVED)),
                integer(slope.days()));
    }

    /**
     * Of a group at a place.
     *
     * @param group by number and name
     */
    public Slope of(Group group, Placement.Place place) {
        long governed = parameters.value(PlacementParameters.dislocation(group.id()));
        MarketRecord.Key key = new MarketRecord.Key(MarketRecord.Kind.PARTED, group.number(), place.venue());
        OptionalLong observed = record.high(key);
        if (observed.isEmpty()) {
            return new Slope(Math.toIntExact(governed), SlopeBasis.GOVERNED, observed, 0);
        }
        long target = Math.min(observed.orElseThrow(), parameters.value(PlacementParameters.DISLOCATION_MAX));
        long from = Math.max(
                governed,
                before.map(table -> ppm(table, group.number(), place.number())).orElse(0));
        long risen = steps.stepped(from, target, Ppm.ONE);
        return new Slope(
                Math.toIntExact(Math.max(governed, risen)), SlopeBasis.of(risen, governed), observed, record.days(key));
    }

    /** What a table charges there; 0 where it charges nothing. */
    private static int ppm(RiskTable table, int group, int place) {
        return table.group(group).flatMap(Group::charges).map(GroupCharges::dislocation).stream()
                .flatMap(List::stream)
                .filter(slope -> slope.venue() == place)
                .mapToInt(GroupCharges.Dislocation::ppm)
                .findFirst()
                .orElse(0);
    }
}
