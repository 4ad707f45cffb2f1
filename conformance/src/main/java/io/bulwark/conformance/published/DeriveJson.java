package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.netting.venuemargin.Pmrm1.Pmrm1Margin;
import io.bulwark.netting.venuemargin.Pmrm2Margin;
import io.bulwark.netting.venuemargin.StandardMarginRule.StandardMargin;
import io.bulwark.netting.venuemargin.StandardMarginRule.StandardMargin.OptionMargins;
import java.util.function.ToDoubleFunction;

/** Derive's figures under the names of its fixtures. */
final class DeriveJson {
    /** Two margins are called equal up to this share of the larger of 1 and the venue's. */
    private static final double EQUAL = 1e-8;

    private DeriveJson() {}

    static JsonNode of(Pmrm1Margin margin) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("IM", margin.initial())
                .put("MM", margin.maintenance())
                .put("minSpan", margin.worstScenario())
                .put("mtm", margin.markToMarket())
                .put("optionContingency", margin.optionContingency())
                .put("forwardContingency", margin.basisContingency())
                .put("oracleContingency", margin.oracleContingency())
                .put("lossFactor", margin.initialFactor());
    }

    static JsonNode of(Pmrm2Margin margin) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("IM", margin.initial())
                .put("MM", margin.maintenance())
                .put("mtmIncludingCash", margin.markToMarket())
                .put("optionMtm", margin.optionMarkToMarket())
                .put("collateralMtm", margin.collateralMarkToMarket())
                .put("basisContingency", margin.basisContingency())
                .put("oracleContingency", margin.oracleContingency())
                .put("mmOptionCont", margin.maintenanceOptionContingency())
                .put("imOptionCont", margin.initialOptionContingency());
        ArrayNode discounts = node.putArray("discountsPosNeg");
        margin.discounts().forEach(d -> discounts.addArray().add(d.positive()).add(d.negative()));
        ArrayNode profits = node.putArray("scenarioPnl");
        margin.scenarioProfits().forEach(profits::add);
        return node.put("worst", worst(margin.worst()));
    }

    private static String worst(Pmrm2Margin.Worst worst) {
        return switch (worst) {
            case REGULAR -> "regular";
            case TAIL -> "tail";
            case SKEW -> "skew";
            case BASIS -> "fwd_contingency";
        };
    }

    static JsonNode of(StandardMargin margin) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("IM", margin.initial())
                .put("MM", margin.maintenance())
                .put("mtm", margin.markToMarket());
        perMarket(node, "isolatedIM", margin, OptionMargins::isolatedInitial);
        perMarket(node, "isolatedMM", margin, OptionMargins::isolatedMaintenance);
        perMarket(node, "boundedIM", margin, OptionMargins::boundedInitial);
        perMarket(node, "boundedMM", margin, OptionMargins::boundedMaintenance);
        return node.put("perpMargin", margin.perpetualMargin())
                .put("oracleConts", margin.oracleContingency())
                .put("depegIM", margin.depegContingency())
                .put("baseMargin", margin.baseMargin());
    }

    private static void perMarket(
            ObjectNode node, String name, StandardMargin margin, ToDoubleFunction<OptionMargins> figure) {
        ArrayNode figures = node.putArray(name);
        margin.markets().forEach(market -> figures.add(figure.applyAsDouble(market)));
    }

    /** The venue's margins beside those of the convex hull. */
    static JsonNode of(Pmrm2Margin venue, Pmrm2Margin convex) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("venueIM", venue.initial())
                .put("venueMM", venue.maintenance())
                .put("convexIM", convex.initial())
                .put("convexMM", convex.maintenance())
                .put(
                        "equal",
                        equal(venue.initial(), convex.initial()) && equal(venue.maintenance(), convex.maintenance()));
    }

    private static boolean equal(double venue, double convex) {
        return Math.abs(venue - convex) <= EQUAL * Math.max(1, Math.abs(venue));
    }
}
