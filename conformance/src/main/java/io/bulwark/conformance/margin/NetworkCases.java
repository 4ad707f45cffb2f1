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
import io.bulwark.netting.network.ExactClearing;
import io.bulwark.netting.network.ExactDebtRank;
import io.bulwark.netting.network.ExactNetwork;
import io.bulwark.netting.network.SingleHitDebtRank;
import java.util.List;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;

/** Clearing payments and DebtRank of networks, exact where the rule is rational. */
final class NetworkCases {
    private static final int ITERATES = 4;

    private NetworkCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(
                Map.entry("clearing", Rule.of(NetworkCases::clearing)),
                Map.entry("debtrank", Rule.of(NetworkCases::debtRank))));
    }

    private static JsonNode clearing(CaseFields fields) {
        ExactClearing clearing = ExactClearing.of(new ExactNetwork(
                Rational.rows(fields, "liabilities"),
                Rational.list(fields, "externalAssets"),
                Rational.list(fields, "externalLiabilities"),
                Rational.of(fields, "alpha"),
                Rational.of(fields, "beta")));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("totalLiabilities", Rational.texts(clearing.owed()));
        node.set("clearingPayments", Rational.texts(clearing.payments()));
        node.set("clearingPaymentsDecimal", Rational.doubles(clearing.payments()));
        ArrayNode rounds = node.putArray("defaultRounds");
        clearing.defaultRounds().forEach(round -> {
            ArrayNode fallen = rounds.addArray();
            round.forEach(fallen::add);
        });
        node.set("equity", Rational.texts(clearing.equity()));
        node.set("totalShortfall", Rational.text(clearing.totalShortfall()));
        return node;
    }

    private static JsonNode debtRank(CaseFields fields) {
        List<List<BigFraction>> exposures = Rational.rows(fields, "exposures");
        List<BigFraction> equity = Rational.list(fields, "equity");
        List<BigFraction> shock = Rational.list(fields, "initialDistress");
        List<BigFraction> value = Rational.list(fields, "economicValue");
        if (value.size() != equity.size()) {
            throw new IllegalArgumentException(
                    "economicValue must have " + equity.size() + " entries; has " + value.size());
        }
        ExactDebtRank linear = ExactDebtRank.of(exposures, equity, shock, ITERATES);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode first = node.putObject("linear");
        first.set("h", Rational.texts(linear.distress()));
        first.set("hDecimal", Rational.doubles(linear.distress()));
        ArrayNode iterates = first.putArray("firstIterates");
        linear.iterates().forEach(iterate -> iterates.add(Rational.doubles(iterate)));
        first.set("systemicLoss", Rational.text(linear.systemicLoss()));
        SingleHitDebtRank once = SingleHitDebtRank.of(
                exposures.stream().map(NetworkCases::doubles).toArray(double[][]::new),
                doubles(equity),
                doubles(shock),
                doubles(value));
        ObjectNode second = node.putObject("battiston2012");
        ArrayNode distress = second.putArray("h");
        for (double h : once.distress()) {
            distress.add(h);
        }
        second.put("debtRank", once.debtRank());
        second.put("rounds", once.rounds());
        return node;
    }

    private static double[] doubles(List<BigFraction> values) {
        return values.stream().mapToDouble(BigFraction::doubleValue).toArray();
    }
}
