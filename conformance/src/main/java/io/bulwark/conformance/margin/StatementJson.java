package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.netting.formula.Prefunding;
import io.bulwark.netting.formula.Prefunding.VenueNeed;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.LowerWitness;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.RiskTable;

/** A margin statement in the shape of the reference cases: every field, null where there is nothing. */
final class StatementJson {
    private StatementJson() {}

    /** With what venues may do on their own, and without the witness: as the cases of venue risk have it. */
    static ObjectNode ofVenues(RiskTable table, MarginStatement statement) {
        ObjectNode node = of(table, statement);
        node.remove("witness");
        Prefunding prefunding = statement.given().prefunding();
        node.put("free", prefunding.free());
        ArrayNode venues = node.putArray("venues");
        for (VenueNeed need : prefunding.venues()) {
            ObjectNode venue = venues.addObject();
            venue.put("venue", table.venueRisk().venues().get(need.venue()).id());
            venue.put("distance", need.distance());
            need.losses().forEach(venue.putArray("loss")::add);
            need.needs().forEach(venue.putArray("need")::add);
        }
        ArrayNode paths = node.putArray("paths");
        prefunding.paths().forEach(path -> paths.add(path.loss()));
        node.put("prefunding", statement.given().prefundingCharge());
        return node;
    }

    static ObjectNode of(RiskTable table, MarginStatement statement) {
        Requirement given = statement.given();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode families = node.putObject("families");
        ObjectNode worst = node.putObject("worstF");
        given.families().forEach(family -> {
            families.put(family.family(), family.loss());
            worst.put(family.family(), family.worstPoint());
        });
        ObjectNode combos = node.putObject("combos");
        given.combos().forEach(combo -> combos.put(combo.combo(), combo.loss()));
        node.put("stress", given.stress());
        node.put("es", given.shortfall());
        node.put("core", given.core());
        ObjectNode addOns = node.putObject("addons");
        given.addOns().forEach((addOn, amount) -> addOns.put(addOn.label(), amount));
        node.put("liability", given.liability() ? 1 : 0);
        node.put("IM", given.initialMargin());
        node.put("MM", given.maintenanceMargin());
        node.put("equity", given.equity());
        node.put("excessIM", given.excessInitial());
        node.put("excessMM", given.excessMaintenance());
        node.set("house", house(statement));
        node.set("witness", witness(table, statement.witness()));
        return node;
    }

    private static ObjectNode house(MarginStatement statement) {
        Requirement counting = statement.house().counting().requirement();
        return JsonNodeFactory.instance
                .objectNode()
                .put("allocation", statement.house().counting().allocation().label())
                .put("IM", counting.initialMargin())
                .put("excessIM", counting.excessInitial())
                .put("excessMM", counting.excessMaintenance())
                .put("state", statement.state().label());
    }

    private static ObjectNode witness(RiskTable table, LowerWitness witness) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put(
                "core",
                switch (witness.core()) {
                    case STRESS -> "stress";
                    case SHORTFALL -> "es";
                    case NONE -> "none";
                });
        witness.combo().ifPresentOrElse(combo -> node.put("combo", combo), () -> node.putNull("combo"));
        ObjectNode points = node.putObject("f");
        witness.points().forEach(points::put);
        ObjectNode cells = node.putObject("cells");
        witness.cells().forEach((family, rows) -> {
            ObjectNode byGroup = cells.putObject(family);
            rows.forEach((group, row) ->
                    byGroup.put(table.group(group).map(Group::id).orElseThrow(), row));
        });
        var tail = node.putArray("tail");
        witness.tail().forEach(row -> tail.addArray().add(row.row()).add(row.weight()));
        return node;
    }
}
