package io.bulwark.netting.margin;

import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.List;

/** A table with venues that charges nothing for them, and the same entries in a table of format 2. */
final class UnchargedTable {
    private UnchargedTable() {}

    /** χ = 0 and no dislocation. */
    static RiskTable ofVenues(RiskTable table) {
        VenueRisk free =
                new VenueRisk(table.venueRisk().venues(), table.venueRisk().paths(), 0);
        return table(table, table.instruments(), table.assets(), free);
    }

    /** The same numbers, as if everything stood at no venue. */
    static RiskTable ofFormat2(RiskTable table) {
        return table(
                table,
                table.instruments().stream().map(UnchargedTable::free).toList(),
                table.assets().stream().map(UnchargedTable::free).toList(),
                VenueRisk.NONE);
    }

    private static RiskTable table(
            RiskTable table, List<InstrumentRisk> instruments, List<AssetRisk> assets, VenueRisk venues) {
        return new RiskTable(
                table.builder(),
                table.rows(),
                table.families(),
                table.combos(),
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                table.groups().stream().map(UnchargedTable::free).toList(),
                instruments,
                assets,
                table.parameters(),
                venues);
    }

    private static Group free(Group group) {
        return new Group(
                group.number(),
                group.id(),
                group.charges()
                        .map(c -> new GroupCharges(c.impact(), c.contagion(), c.crowding(), c.skew(), c.basis())));
    }

    private static InstrumentRisk free(InstrumentRisk i) {
        return new InstrumentRisk(
                i.number(),
                i.id(),
                i.group(),
                i.paidUp(),
                i.days(),
                i.value(),
                i.row(),
                i.rowShort(),
                i.es(),
                i.delta(),
                i.vega(),
                i.spread(),
                i.crowd(),
                i.knots(),
                i.bound(),
                VenueRisk.FREE);
    }

    private static AssetRisk free(AssetRisk a) {
        return new AssetRisk(
                a.number(),
                a.id(),
                a.group(),
                a.tier(),
                a.stable(),
                a.price(),
                a.haircut(),
                a.residual(),
                a.peg(),
                a.value(),
                a.row(),
                a.es(),
                a.debtValue(),
                a.debtRow(),
                a.debtEs(),
                a.delta(),
                a.crowd(),
                a.knots(),
                a.bound(),
                AssetRisk.AtVenue.NONE);
    }
}
