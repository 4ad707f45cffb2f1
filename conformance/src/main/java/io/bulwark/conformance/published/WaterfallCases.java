package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.KindTable;
import io.bulwark.conformance.KindTable.Rule;
import io.bulwark.conformance.Rational;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.FundSize;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.insurance.waterfall.Absorption;
import io.bulwark.insurance.waterfall.Absorption.LayerUse;
import io.bulwark.insurance.waterfall.Layer;
import io.bulwark.insurance.waterfall.Waterfall;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hipparchus.fraction.BigFraction;

/** Default waterfalls, Cover-k, the size of the fund and contributions. */
final class WaterfallCases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long PPM = Ppm.ONE;

    private WaterfallCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(
                Map.entry("waterfall", Rule.of(WaterfallCases::waterfall)),
                Map.entry("cover", Rule.of(WaterfallCases::cover)),
                Map.entry("fund.size", Rule.of(WaterfallCases::size)),
                Map.entry("fund.contribution", Rule.of(WaterfallCases::contribution))));
    }

    private static JsonNode contribution(CaseFields inputs) {
        return JSON.numberNode(Contribution.required(
                inputs.int64("target"),
                inputs.int64("previous"),
                Math.subtractExact(PPM, inputs.int64("fallLimitPpm"))));
    }

    private static ObjectNode waterfall(CaseFields inputs) {
        List<Layer> layers = inputs.objects("layers").stream()
                .map(layer -> layer.has("members")
                        ? Layer.shared(layer.text("name"), new TreeMap<>(Rational.map(layer, "members")))
                        : Layer.of(layer.text("name"), Rational.of(layer, "capacity")))
                .toList();
        Absorption absorption = new Waterfall(layers).absorb(Rational.of(inputs, "loss"));
        ObjectNode computed = JSON.objectNode();
        ArrayNode used = computed.putArray("layers");
        List<CaseFields> asked = inputs.objects("layers");
        for (int i = 0; i < asked.size(); i++) {
            LayerUse use = absorption.layers().get(i);
            ObjectNode node = used.addObject().put("name", use.name());
            node.set("capacity", Rational.text(use.capacity()));
            node.set("used", Rational.text(use.used()));
            if (asked.get(i).has("members")) {
                node.set("members", Rational.texts(use.members()));
            }
        }
        return computed.set("residual", Rational.text(absorption.residual()));
    }

    private static ObjectNode cover(CaseFields inputs) {
        GroupLosses losses = GroupLosses.of(inputs);
        CoverTwo cover = losses.cover();
        ObjectNode computed = JSON.objectNode();
        ArrayNode rows = computed.putArray("perScenario");
        cover.rows().forEach(row -> {
            ObjectNode node = rows.addObject();
            ObjectNode groups = node.putObject("groups");
            Map<String, Long> lost = new LinkedHashMap<>();
            row.members().forEach(m -> lost.put(m.member(), m.beyondMargin()));
            losses.groups().forEach(group -> lost.putIfAbsent(group, 0L));
            lost.forEach((group, loss) -> groups.set(group, Rational.text(losses.unscaled(loss))));
            node.set("cover1", Rational.text(losses.unscaled(row.largest(1))));
            node.set("cover2", Rational.text(losses.unscaled(row.largest(2))));
            node.set("total", Rational.text(losses.unscaled(row.total())));
        });
        long two = cover.need();
        BigFraction prefunded = Rational.of(inputs, "prefundedResources");
        computed.set("cover1", Rational.text(losses.unscaled(cover.worst(1).largest(1))));
        computed.set("cover2", Rational.text(losses.unscaled(two)));
        computed.put("cover1Scenario", cover.worst(1).row());
        computed.put("cover2Scenario", cover.worst(2).row());
        computed.set("cover2Ratio", two == 0 ? JSON.nullNode() : Rational.text(prefunded.divide(losses.unscaled(two))));
        return computed.put(
                "coverN",
                cover.covered(losses.scaled(prefunded), losses.groups().size()));
    }

    private static ObjectNode size(CaseFields inputs) {
        GroupLosses losses = GroupLosses.of(inputs);
        FundSize size = FundSize.of(
                losses.cover(), losses.scaled(Rational.of(inputs, "es99")), inputs.int64("phiPpm"), 0, 0, 0);
        return JSON.objectNode()
                .put("cover2", size.coverTwo())
                .put("hiddenAffiliateCover", size.hiddenAffiliateCover())
                .put("totalUncovered", size.totalUncovered())
                .put("fund", size.total());
    }

    /**
     * Losses beyond margin of groups of affiliates, in integers of 1/scale: the engine counts integers only.
     *
     * @param cover rows of losses
     * @param groups names, sorted
     * @param scale common denominator of all amounts asked
     */
    private record GroupLosses(CoverTwo cover, List<String> groups, BigInteger scale) {
        static GroupLosses of(CaseFields inputs) {
            Map<String, BigFraction> margin = Rational.map(inputs, "margin");
            List<Map<String, BigFraction>> losses = new ArrayList<>();
            for (Map.Entry<String, JsonNode> row : inputs.elements("losses")) {
                CaseFields fields = CaseFields.of(row.getKey(), row.getValue());
                Map<String, BigFraction> members = new LinkedHashMap<>();
                fields.node().fieldNames().forEachRemaining(m -> members.put(m, Rational.of(fields, m)));
                losses.add(members);
            }
            BigInteger scale = BigInteger.ONE;
            List<BigFraction> amounts = new ArrayList<>(margin.values());
            losses.forEach(row -> amounts.addAll(row.values()));
            for (String name : List.of("prefundedResources", "es99")) {
                inputs.optional(name).ifPresent(node -> amounts.add(Rational.of(inputs.at(name), node)));
            }
            for (BigFraction amount : amounts) {
                scale = lcm(scale, amount.getDenominator());
            }
            return of(inputs.object("groups"), margin, losses, scale);
        }

        private static GroupLosses of(
                CaseFields groups,
                Map<String, BigFraction> margin,
                List<Map<String, BigFraction>> losses,
                BigInteger scale) {
            List<StressRow> rows = new ArrayList<>();
            for (Map<String, BigFraction> row : losses) {
                TreeMap<String, Long> beyond = new TreeMap<>();
                row.forEach((member, loss) -> {
                    BigFraction held = margin.get(member);
                    if (held == null) {
                        throw new BadInput(groups.where(), member, "must have a margin");
                    }
                    BigFraction excess = loss.subtract(held);
                    if (excess.signum() > 0) {
                        beyond.merge(groups.text(member), exact(excess, scale), Math::addExact);
                    }
                });
                rows.add(new StressRow(
                        rows.size(),
                        "scenario " + rows.size(),
                        beyond.entrySet().stream()
                                .map(e -> new MemberLoss(e.getKey(), e.getValue(), List.of()))
                                .sorted(Comparator.comparingLong(MemberLoss::beyondMargin)
                                        .reversed()
                                        .thenComparing(MemberLoss::member))
                                .toList()));
            }
            TreeSet<String> names = new TreeSet<>();
            groups.node().fieldNames().forEachRemaining(member -> names.add(groups.text(member)));
            return new GroupLosses(CoverTwo.ofRows(rows), List.copyOf(names), scale);
        }

        long scaled(BigFraction amount) {
            return exact(amount, scale);
        }

        BigFraction unscaled(long amount) {
            return new BigFraction(BigInteger.valueOf(amount), scale);
        }

        private static long exact(BigFraction amount, BigInteger scale) {
            return amount.multiply(scale).getNumerator().longValueExact();
        }

        private static BigInteger lcm(BigInteger a, BigInteger b) {
            return a.divide(a.gcd(b)).multiply(b);
        }
    }
}
