package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.insurance.stresstest.VenueDefault;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.formula.Equity;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import java.util.List;
import java.util.Optional;

/**
 * Accounts over a table with venues: the statement with what venues may do on their own, refused accounts, and the
 * fund's layer of a venue's default.
 */
final class VenueRiskCases implements Computation {
    private static final String MARGIN = "venue-margin";
    private static final String ERROR = "venue-margin-error";
    private static final String LAYER = "venue-layer";

    private final MarginCases margins = new MarginCases();

    @Override
    public boolean knows(String kind) {
        return kind.equals(MARGIN) || kind.equals(ERROR) || kind.equals(LAYER);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CaseFields fields = CaseFields.of(asked.file().getFileName() + ", case " + asked.name(), asked.inputs());
        RiskTable table = margins.table(asked);
        return Optional.of(
                asked.kind().equals(LAYER)
                        ? layer(table, fields)
                        : margin(
                                fields.has("prefunding") ? prefunded(table, fields.int32("prefunding")) : table,
                                fields,
                                asked.kind().equals(ERROR)));
    }

    private static JsonNode margin(RiskTable table, CaseFields fields, boolean errorOnly) {
        return switch (PortfolioMargin.evaluate(table, account(table, fields))) {
            case MarginStatement statement ->
                errorOnly ? MarginCases.error(statement) : StatementJson.ofVenues(table, statement);
            case MarginRefusal refusal -> MarginCases.error(refusal);
        };
    }

    private static JsonNode layer(RiskTable table, CaseFields fields) {
        List<MarginAccount> accounts =
                fields.objects("accounts").stream().map(a -> account(table, a)).toList();
        List<VenueDefault> defaults = VenueDefault.of(table, accounts);
        VenueDefault largest = VenueDefault.largest(defaults);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode equity = node.putArray("equity");
        accounts.forEach(account -> equity.add(Equity.of(table, account)));
        ArrayNode venues = node.putArray("venues");
        for (VenueDefault failed : defaults) {
            ObjectNode venue = venues.addObject();
            venue.put("venue", id(table, failed.venue()));
            venue.put("layer", failed.layer());
            failed.row().ifPresentOrElse(row -> venue.put("row", row), () -> venue.putNull("row"));
            failed.lost().forEach(venue.putArray("lost")::add);
        }
        node.put("layer", largest.layer());
        node.put("venue", id(table, largest.venue()));
        return node;
    }

    static MarginAccount account(RiskTable table, CaseFields fields) {
        MarginAccount lots = MarginCases.account(table, fields);
        List<Standing> standings = fields.elements("standings").stream()
                .map(e -> new Standing(
                        number(
                                table,
                                CaseFields.text(
                                        e.getKey() + "[0]", CaseFields.pair(e).getFirst())),
                        MarginCases.saturated(CaseFields.integer(
                                e.getKey() + "[1]", CaseFields.pair(e).getLast()))))
                .toList();
        return new MarginAccount(lots.cash(), lots.positions(), lots.paid(), lots.collateral(), lots.debt(), standings);
    }

    private static int number(RiskTable table, String id) {
        List<VenueRisk.Terms> venues = table.venueRisk().venues();
        for (int venue = 0; venue < venues.size(); venue++) {
            if (venues.get(venue).id().equals(id)) {
                return venue;
            }
        }
        return MarginCases.UNLISTED;
    }

    private static String id(RiskTable table, int venue) {
        return table.venueRisk().venues().get(venue).id();
    }

    /** The same table under another χ. */
    static RiskTable prefunded(RiskTable table, int prefunding) {
        return table.with(
                new VenueRisk(table.venueRisk().venues(), table.venueRisk().paths(), prefunding));
    }
}
