package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.KindTable;
import io.bulwark.conformance.KindTable.Rule;
import io.bulwark.conformance.Rational;
import io.bulwark.netting.firesale.LeverageFireSale;
import io.bulwark.netting.firesale.LinearFireSale;
import io.bulwark.netting.firesale.ThresholdFireSale;
import java.util.List;
import java.util.Map;

/** Fire sales: linear in exact fractions, by leverage limit, and of a banking system step by step. */
final class FireSaleCases {

    private FireSaleCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(
                Map.entry("firesale.glt", Rule.of(FireSaleCases::linear)),
                Map.entry("firesale.cs", Rule.of(FireSaleCases::threshold)),
                Map.entry("firesale.ox", Rule.of(FireSaleCases::system))));
    }

    private static JsonNode linear(CaseFields fields) {
        LinearFireSale sale = LinearFireSale.of(
                Rational.list(fields, "totalAssets"),
                Rational.list(fields, "equity"),
                Rational.rows(fields, "weights"),
                Rational.list(fields, "priceImpactPerUnit"),
                Rational.list(fields, "shock"));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("directLoss", Rational.texts(sale.directLoss()));
        node.set("directLossToEquity", Rational.text(sale.directLossToEquity()));
        node.set("netTrade", Rational.texts(sale.netTrade()));
        node.set("priceImpactReturn", Rational.texts(sale.priceImpactReturn()));
        node.set("fireSaleLoss", Rational.texts(sale.fireSaleLoss()));
        node.set("aggregateVulnerability", Rational.text(sale.aggregateVulnerability()));
        node.set("systemicness", Rational.texts(sale.systemicness()));
        node.set("indirectVulnerability", Rational.texts(sale.indirectVulnerability()));
        node.set("directVulnerability", Rational.texts(sale.directVulnerability()));
        return node;
    }

    private static JsonNode threshold(CaseFields fields) {
        List<ThresholdFireSale.Bank> banks = fields.objects("banks").stream()
                .map(bank -> new ThresholdFireSale.Bank(bank.real("theta"), bank.reals("pi"), bank.real("C")))
                .toList();
        boolean linear = !fields.has("linear") || fields.bit("linear");
        ThresholdFireSale sale = ThresholdFireSale.of(
                banks,
                new ThresholdFireSale.Market(
                        fields.reals("depth"),
                        linear ? new double[0] : fields.reals("B"),
                        fields.real("lmax"),
                        fields.real("lb")),
                fields.reals("shock"));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode rounds = node.putArray("rounds");
        for (int i = 0; i < sale.rounds().size(); i++) {
            ThresholdFireSale.Round round = sale.rounds().get(i);
            ObjectNode shown = rounds.addObject().put("round", i + 1);
            shown.set("sellFraction", array(round.sellFraction()));
            shown.set("sold", array(round.sold()));
            shown.set("impact", array(round.impact()));
            shown.set("markToMarketLoss", array(round.markToMarketLoss()));
            shown.set("shortfallCost", array(round.shortfallCost()));
            shown.set("equity", array(round.equity()));
            shown.set("price", array(round.price()));
        }
        node.set("finalEquity", array(sale.equity()));
        node.set("finalPrice", array(sale.price()));
        ArrayNode insolvent = node.putArray("insolvent");
        sale.insolvent().forEach(insolvent::add);
        node.set("fireSaleLoss", array(sale.fireSaleLoss()));
        return node;
    }

    private static JsonNode system(CaseFields fields) {
        List<LeverageFireSale.Bank> banks = fields.objects("banks").stream()
                .map(bank -> new LeverageFireSale.Bank(
                        bank.real("cet1"),
                        bank.real("leverageRatioPct"),
                        bank.real("debtSecurities"),
                        bank.real("governmentBonds")))
                .toList();
        LeverageFireSale sale =
                LeverageFireSale.of(banks, fields.real("priceImpact5pct"), fields.real("shock"), fields.real("buffer"));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode defaults = node.putArray("defaultsPerRound");
        for (int count : sale.defaultsPerStep()) {
            defaults.add(count);
        }
        node.set("soldFraction", array(sale.soldFraction()));
        node.set("price", array(sale.price()));
        return node;
    }

    private static ArrayNode array(double[] values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (double value : values) {
            array.add(value);
        }
        return array;
    }
}
