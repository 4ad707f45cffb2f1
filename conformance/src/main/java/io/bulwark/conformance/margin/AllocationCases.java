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
import io.bulwark.insurance.stresstest.ShapleyValue;
import io.bulwark.insurance.stresstest.TailLosses;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/** Expected shortfall allocated by Euler and Shapley, and games whose value is known. */
final class AllocationCases {
    private static final int COALITIONS_SHOWN_MAX = 4;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AllocationCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(
                Map.entry("allocation.es", Rule.of(AllocationCases::shortfall)),
                Map.entry("allocation.game", inputs -> game(inputs).map(Rational::texts)),
                Map.entry("allocation.gaussian", Rule.of(AllocationCases::gaussian))));
    }

    private static ObjectNode shortfall(CaseFields inputs) {
        List<List<BigFraction>> losses = Rational.rows(inputs, "losses");
        int scenarios = losses.isEmpty() ? 0 : losses.getFirst().size();
        TailLosses tail = new TailLosses(
                losses,
                inputs.has("scenarioWeights")
                        ? Rational.list(inputs, "scenarioWeights")
                        : Collections.nCopies(scenarios, new BigFraction(1, Math.max(1, scenarios))),
                Rational.of(inputs, "level"));
        List<BigFraction> alone = IntStream.range(0, tail.members())
                .mapToObj(i -> tail.expectedShortfall(1 << i))
                .toList();
        BigFraction total = tail.expectedShortfall(tail.everybody());
        List<BigFraction> shapley =
                ShapleyValue.of(tail.members(), s -> s == 0 ? BigFraction.ZERO : tail.expectedShortfall(s));
        List<BigFraction> euler = tail.euler();
        ObjectNode computed = JSON.objectNode();
        computed.set("totalES", Rational.text(total));
        computed.set("standaloneES", Rational.texts(alone));
        computed.set("diversification", Rational.text(sum(alone).subtract(total)));
        computed.set("euler", Rational.texts(euler));
        computed.set("eulerDecimal", Rational.doubles(euler));
        computed.set("shapley", Rational.texts(shapley));
        computed.set("shapleyDecimal", Rational.doubles(shapley));
        computed.set("tailWeights", Rational.texts(tail.tailWeights(tail.everybody())));
        return computed.set("coalitionES", coalitions(tail));
    }

    private static JsonNode coalitions(TailLosses tail) {
        if (tail.members() > COALITIONS_SHOWN_MAX) {
            return JSON.nullNode();
        }
        ObjectNode coalitions = JSON.objectNode();
        for (int s = 1; s <= tail.everybody(); s++) {
            int coalition = s;
            String members = IntStream.range(0, tail.members())
                    .filter(i -> (coalition >> i & 1) == 1)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(","));
            coalitions.set(members, Rational.text(tail.expectedShortfall(s)));
        }
        return coalitions;
    }

    private static Optional<List<BigFraction>> game(CaseFields inputs) {
        if (inputs.has("values")) {
            List<BigFraction> values = Rational.list(inputs, "values");
            return Optional.of(ShapleyValue.of(
                    values.size(),
                    s -> members(s, values.size())
                            .mapToObj(values::get)
                            .reduce(BigFraction.ZERO, (a, b) -> a.compareTo(b) >= 0 ? a : b)));
        }
        if (inputs.has("left")) {
            List<Integer> left = players(inputs, "left");
            List<Integer> right = players(inputs, "right");
            IntFunction<BigFraction> pairs = s -> new BigFraction((int) Math.min(count(left, s), count(right, s)));
            return Optional.of(ShapleyValue.of(left.size() + right.size(), pairs));
        }
        if (inputs.has("covariance")) {
            List<List<BigFraction>> covariance = Rational.rows(inputs, "covariance");
            return Optional.of(ShapleyValue.of(
                    covariance.size(),
                    s -> sum(members(s, covariance.size())
                            .mapToObj(i -> sum(members(s, covariance.size())
                                    .mapToObj(covariance.get(i)::get)
                                    .toList()))
                            .toList())));
        }
        return Optional.empty();
    }

    private static IntStream members(int coalition, int players) {
        return IntStream.range(0, players).filter(i -> (coalition >> i & 1) == 1);
    }

    private static long count(List<Integer> players, int coalition) {
        return players.stream().filter(i -> (coalition >> i & 1) == 1).count();
    }

    private static List<Integer> players(CaseFields inputs, String name) {
        return inputs.elements(name).stream()
                .map(e -> CaseFields.int32(e.getKey(), e.getValue()))
                .toList();
    }

    private static ObjectNode gaussian(CaseFields inputs) {
        GaussianShortfall shortfall = GaussianShortfall.of(
                inputs.decimal("level").doubleValue(),
                doubles(Rational.list(inputs, "mean")),
                Rational.rows(inputs, "covariance").stream()
                        .map(AllocationCases::doubles)
                        .toArray(double[][]::new));
        ObjectNode computed = JSON.objectNode()
                .put("esMultiplier", shortfall.multiplier())
                .put("totalES", shortfall.expectedShortfall())
                .put("totalVaR", shortfall.valueAtRisk());
        ArrayNode euler = computed.putArray("euler");
        shortfall.euler().forEach(euler::add);
        ArrayNode eulerVar = computed.putArray("eulerVaR");
        shortfall.eulerValueAtRisk().forEach(eulerVar::add);
        return computed;
    }

    private static double[] doubles(List<BigFraction> values) {
        return values.stream().mapToDouble(BigFraction::doubleValue).toArray();
    }

    private static BigFraction sum(List<BigFraction> values) {
        return values.stream().reduce(BigFraction.ZERO, BigFraction::add);
    }
}
