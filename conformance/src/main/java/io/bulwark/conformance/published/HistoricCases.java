package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.KindTable;
import io.bulwark.conformance.KindTable.Rule;
import io.bulwark.conformance.Rational;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;

/** Historic events: where a file names figures for a replay, the arithmetic on them; the rest is data. */
final class HistoricCases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final BigFraction MILLION = new BigFraction(Ppm.ONE);
    private static final BigFraction BASIS_POINTS = new BigFraction(10_000);

    private HistoricCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(Map.entry("historic.event", Rule.of(HistoricCases::event))));
    }

    private static JsonNode event(CaseFields inputs) {
        ObjectNode computed = JSON.objectNode();
        if (!inputs.has("replay")) {
            return computed;
        }
        CaseFields replay = inputs.object("replay");
        if (replay.has("cases")) {
            recoveries(inputs.object("figures"), replay, computed.putArray("cases"));
        } else if (replay.has("path")) {
            BigFraction position = Rational.of(replay, "position").abs().divide(MILLION);
            BigFraction entry = Rational.of(replay, "entry");
            ArrayNode losses = computed.putArray("loss");
            Rational.list(replay, "path")
                    .forEach(price ->
                            losses.add(position.multiply(price.subtract(entry)).doubleValue()));
        } else if (replay.has("takeover")) {
            BigFraction value = Rational.of(replay, "position").multiply(Rational.of(replay, "takeover"));
            computed.put(
                    "slippageBps",
                    Rational.of(replay, "loss")
                            .divide(value)
                            .multiply(BASIS_POINTS)
                            .doubleValue());
        } else if (replay.has("position")) {
            CaseFields figures = inputs.object("figures");
            BigFraction gain = Rational.of(figures, "peak").subtract(Rational.of(figures, "entry"));
            computed.put(
                    "unrealised",
                    Rational.of(replay, "position")
                            .multiply(gain)
                            .divide(MILLION)
                            .doubleValue());
        }
        return computed;
    }

    /** What creditors recover pari passu, and what the largest named one loses. */
    private static void recoveries(CaseFields figures, CaseFields replay, ArrayNode cases) {
        BigFraction lent = Rational.of(figures, "elixirLent");
        for (Map.Entry<String, JsonNode> element : replay.elements("cases")) {
            CaseFields asked = CaseFields.of(element.getKey(), element.getValue());
            BigFraction recovery = asked.has("recovery")
                    ? Rational.of(asked, "recovery")
                    : Rational.of(asked, "streamAssets").divide(Rational.of(figures, "totalDebt"));
            cases.addObject()
                    .put("recovery", recovery.doubleValue())
                    .put(
                            "elixirLoss",
                            lent.multiply(BigFraction.ONE.subtract(recovery)).doubleValue());
        }
    }
}
