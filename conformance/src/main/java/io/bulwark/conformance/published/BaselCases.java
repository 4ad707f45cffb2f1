package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.KindTable;
import io.bulwark.conformance.KindTable.Rule;
import io.bulwark.insurance.regulatory.BalanceSheetRatio;
import io.bulwark.insurance.regulatory.BalanceSheetRatio.LiquidityCoverage;
import io.bulwark.insurance.regulatory.CentralCounterpartyCapital;
import io.bulwark.insurance.regulatory.InterimCapital;
import io.bulwark.insurance.regulatory.MarketRiskCapital;
import io.bulwark.insurance.regulatory.MarketRiskCapital.Shortfall;
import java.util.List;
import java.util.Map;

/** Basel III: capital of clearing houses and members, market risk, leverage, liquidity, crypto-assets. */
final class BaselCases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private BaselCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(
                Map.entry("basel.kccp", Rule.of(BaselCases::counterparty)),
                Map.entry("basel.cfactor", Rule.of(BaselCases::interim)),
                Map.entry(
                        "basel.lhEs",
                        Rule.of(inputs -> DoubleNode.valueOf(
                                MarketRiskCapital.liquidityHorizonShortfall(numbers(inputs, "esByBucket"))))),
                Map.entry("basel.imcc", Rule.of(BaselCases::modelCapital)),
                Map.entry("basel.ima", Rule.of(inputs -> DoubleNode.valueOf(capital(inputs)))),
                Map.entry("basel.lcr", Rule.of(BaselCases::liquidity)),
                Map.entry("basel.leverage", Rule.of(inputs -> DoubleNode.valueOf(leverage(inputs)))),
                Map.entry("basel.sco60", Rule.of(inputs -> DoubleNode.valueOf(crypto(inputs))))));
    }

    private static double capital(CaseFields inputs) {
        return MarketRiskCapital.capital(
                number(inputs, "imcc"),
                number(inputs, "ses"),
                number(inputs, "imccAvg"),
                number(inputs, "sesAvg"),
                inputs.int32("exceptions"));
    }

    private static ObjectNode counterparty(CaseFields inputs) {
        CentralCounterpartyCapital capital = CentralCounterpartyCapital.of(
                inputs.objects("members").stream()
                        .map(m -> new CentralCounterpartyCapital.Member(
                                m.text("id"), number(m, "EAD"), number(m, "DF"), number(m, "TE")))
                        .toList(),
                number(inputs, "dfCcp"));
        ObjectNode computed =
                JSON.objectNode().put("KCCP", capital.hypotheticalCapital()).put("sumDF", capital.prefundedByMembers());
        ArrayNode members = computed.putArray("members");
        capital.members()
                .forEach(m -> members.addObject()
                        .put("id", m.id())
                        .put("KCM", m.capital())
                        .put("dfRWA", m.fundAssets())
                        .put("tradeExposureRWA", m.tradeAssets())
                        .put("totalRWA", m.totalAssets())
                        .put("bindingFloor", m.floorBinds()));
        return computed;
    }

    private static ObjectNode interim(CaseFields inputs) {
        InterimCapital capital = InterimCapital.of(
                number(inputs, "kccp"), number(inputs, "dfCcp"), numbers(inputs, "dfs"), numbers(inputs, "anet"));
        ObjectNode computed = JSON.objectNode()
                .put("DFprimeCM", capital.memberFund())
                .put("DFprime", capital.fund())
                .put("c1", capital.factor())
                .put("branch", capital.branch())
                .put("KstarCM", capital.aggregate())
                .put("beta", capital.concentration());
        ArrayNode members = computed.putArray("KCM");
        capital.members().forEach(members::add);
        return computed;
    }

    private static ObjectNode modelCapital(CaseFields inputs) {
        Shortfall all = new Shortfall(number(inputs, "ES_RS"), number(inputs, "ES_FC"), number(inputs, "ES_RC"));
        List<Shortfall> types = inputs.objects("types").stream()
                .map(t -> new Shortfall(number(t, "rs"), number(t, "fc"), number(t, "rc")))
                .toList();
        return JSON.objectNode()
                .put("ratio", all.ratio())
                .put("IMCC_C", all.calibrated())
                .put(
                        "sumIMCC_Ci",
                        types.stream().mapToDouble(Shortfall::calibrated).sum())
                .put("IMCC", MarketRiskCapital.modelCapital(all, types))
                .put("reducedSetOk", all.reducedSetSuffices());
    }

    private static ObjectNode liquidity(CaseFields inputs) {
        LiquidityCoverage coverage = BalanceSheetRatio.liquidityCoverage(
                number(inputs, "level1"),
                number(inputs, "level2a"),
                number(inputs, "level2b"),
                number(inputs, "outflows"),
                number(inputs, "inflows"));
        return JSON.objectNode()
                .put("adj15", coverage.over15())
                .put("adj40", coverage.over40())
                .put("stock", coverage.stock())
                .put("netOutflow", coverage.netOutflow())
                .put("LCR", coverage.ratio());
    }

    private static double leverage(CaseFields inputs) {
        return inputs.has("tier1")
                ? BalanceSheetRatio.leverage(number(inputs, "tier1"), number(inputs, "exposure"))
                : BalanceSheetRatio.leverageExposure(
                        number(inputs, "V"),
                        number(inputs, "CVMreceived"),
                        number(inputs, "CVMprovided"),
                        number(inputs, "addOn"));
    }

    private static double crypto(CaseFields inputs) {
        double longSide = number(inputs, "long");
        double shortSide = number(inputs, "short");
        return inputs.has("rw")
                ? BalanceSheetRatio.cryptoGroup2b(longSide, shortSide, number(inputs, "rw"))
                : BalanceSheetRatio.cryptoGroup2a(longSide, shortSide);
    }

    static double number(CaseFields fields, String name) {
        return fields.decimal(name).doubleValue();
    }

    private static double[] numbers(CaseFields fields, String name) {
        return fields.elements(name).stream().mapToDouble(BaselCases::number).toArray();
    }

    private static double number(Map.Entry<String, JsonNode> element) {
        if (!element.getValue().isNumber()) {
            throw CaseFields.refusal(element.getKey(), element.getValue(), "must be a number");
        }
        return element.getValue().doubleValue();
    }
}
