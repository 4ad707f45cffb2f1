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
import io.bulwark.netting.buffer.BilinearGame;
import io.bulwark.netting.buffer.BufferAdmission;
import io.bulwark.netting.buffer.BufferPublication;
import io.bulwark.netting.buffer.ContagionBuffer;
import io.bulwark.netting.buffer.VegaCrowding;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.FixedPoint;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.netting.contagion.LossFeedback;
import io.bulwark.netting.risktable.IntColumn;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The contagion buffer: vectors, certificates, admission inside the epoch, publication, charges, loss feedback, and the game behind them. */
final class BufferCases {

    private BufferCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(
                Map.entry("buffer", Rule.of(inputs -> buffer(BufferJson.system(inputs)))),
                Map.entry("buffer.admit", Rule.of(BufferCases::admission)),
                Map.entry("buffer.bilinear", Rule.of(BufferCases::game)),
                Map.entry("buffer.certificate", Rule.of(BufferCases::certificate)),
                Map.entry("buffer.lossFeedback", Rule.of(BufferCases::feedback)),
                Map.entry("buffer.publish", Rule.of(BufferCases::publication)),
                Map.entry("buffer.vega", Rule.of(BufferCases::vega))));
    }

    private static JsonNode buffer(ContagionSystem system) {
        ContagionBuffer buffer = ContagionBuffer.atFixedPoints(system);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode scenarios = node.putArray("scenarios");
        for (int s = 0; s < system.scenarios().size(); s++) {
            ContagionMap map = new ContagionMap(system, s);
            FixedPoint<ContagionVector> reached = map.leastFixedPoint();
            ObjectNode shown = BufferJson.put(scenarios.addObject(), reached.point());
            BufferJson.put(shown, "forcedSaleMicro", "forcedPurchaseMicro", map.flows(reached.point()));
            shown.set("liquidatedPpm", BufferJson.longs(map.liquidated(reached.point())));
            shown.put("rounds", reached.rounds());
            ForcedFlows first = map.flows(ContagionVector.zero(system.groups().size()));
            BufferJson.put(shown, "firstRoundSaleMicro", "firstRoundPurchaseMicro", first);
        }
        node.set("closeOut", BufferJson.exits(buffer.tariff().exits()));
        ObjectNode charges = node.putObject("buffers");
        for (int a = 0; a < system.accounts().size(); a++) {
            charges.set(system.accounts().get(a).name(), BufferJson.charge(buffer.charge(a)));
        }
        return node;
    }

    private static JsonNode certificate(CaseFields fields) {
        ContagionSystem system = BufferJson.system(fields.object("system"));
        int scenario = fields.int32("scenario");
        if (scenario < 0 || scenario >= system.scenarios().size()) {
            throw new IllegalArgumentException(
                    "scenario must be within 0 … " + (system.scenarios().size() - 1) + "; have " + scenario);
        }
        ContagionMap map = new ContagionMap(system, scenario);
        ContagionVector candidate = BufferJson.vector(fields, system).cutTo(map.bound());
        ContagionVector image = map.apply(candidate);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("holds", image.atMost(candidate));
        node.set(
                "phiDownPpm",
                BufferJson.put(JsonNodeFactory.instance.objectNode(), image).get("downPpm"));
        node.set(
                "phiUpPpm",
                BufferJson.put(JsonNodeFactory.instance.objectNode(), image).get("upPpm"));
        BufferJson.put(node, "forcedSaleMicro", "forcedPurchaseMicro", map.flows(candidate));
        return node;
    }

    private static JsonNode admission(CaseFields fields) {
        ContagionSystem system = BufferJson.system(fields.object("system"));
        long[] prices = BufferJson.prices(fields.object("system"));
        BufferAdmission admission = BufferAdmission.of(
                system,
                fields.objects("certified").stream()
                        .map(vector -> BufferJson.vector(vector, system))
                        .toList(),
                fields.objects("changes").stream()
                        .map(change -> BufferJson.change(change, prices))
                        .toList());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("admitted", admission.admitted());
        ArrayNode holds = node.putArray("holds");
        admission.holds().forEach(holds::add);
        ArrayNode raised = node.putArray("raised");
        admission.raised().forEach(vector -> BufferJson.put(raised.addObject(), vector));
        node.set("closeOut", BufferJson.exits(admission.exits()));
        return node;
    }

    private static JsonNode feedback(CaseFields fields) {
        ContagionSystem system = BufferJson.system(fields.object("system"));
        long fund = fields.int64("fundMicro");
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode scenarios = node.putArray("scenarios");
        for (int s = 0; s < system.scenarios().size(); s++) {
            LossFeedback feedback = LossFeedback.of(system, s, fund);
            ObjectNode shown = BufferJson.put(scenarios.addObject(), feedback.vector());
            shown.put("gainHaircutPpm", feedback.gainHaircutPpm());
            shown.put("uncoveredMicro", feedback.uncoveredMicro());
            shown.put("fundUsedMicro", feedback.fundUsedMicro());
            shown.put("unallocatedMicro", feedback.unallocatedMicro());
            BufferJson.put(shown, "forcedSaleMicro", "forcedPurchaseMicro", feedback.flows());
            shown.put("rounds", feedback.rounds());
        }
        return node;
    }

    private static JsonNode publication(CaseFields fields) {
        IntColumn published = new BufferPublication(fields.int32("keepPpm"), fields.int32("stressWeightPpm"))
                .published(
                        IntColumn.of(fields.int32s("certified")),
                        IntColumn.of(fields.int32s("previous")),
                        IntColumn.of(fields.int32s("stressed")),
                        IntColumn.of(fields.int32s("bound")),
                        BufferPublication.DAY_MILLIS);
        return BufferJson.longs(published.stream().boxed().toList());
    }

    private static JsonNode vega(CaseFields fields) {
        int[] tenors = fields.int32s("tenorDays");
        long[] capacity = fields.int64s("capacityMicro");
        int[] moves = fields.int32s("volMovePoints");
        if (capacity.length != tenors.length || moves.length != tenors.length) {
            throw new IllegalArgumentException("tenorDays, capacityMicro and volMovePoints must be of one length");
        }
        List<CaseFields> accounts = fields.objects("accounts");
        List<String> names =
                accounts.stream().map(account -> account.text("id")).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("an account must stand once; have " + names);
        }
        VegaCrowding crowding = VegaCrowding.of(
                new VegaCrowding.Rules(
                        fields.int32("h0Ppm"),
                        fields.int32("h1Ppm"),
                        fields.int32("rhoStarPpm"),
                        fields.int32("hMaxPpm")),
                IntStream.range(0, tenors.length)
                        .mapToObj(b -> new VegaCrowding.Node(tenors[b], capacity[b], moves[b]))
                        .toList(),
                accounts.stream().map(BufferCases::vegaAccount).toList());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode vega = node.putObject("vegaMicro");
        for (int a = 0; a < names.size(); a++) {
            vega.set(names.get(a), BufferJson.longs(crowding.vegaByAccount().get(a)));
        }
        node.set("netShortMicro", BufferJson.longs(crowding.netShortVegaMicro()));
        node.set("crowdingPpm", BufferJson.longs(crowding.crowdingPpm()));
        node.set("haircutPpm", BufferJson.longs(crowding.haircutPpm()));
        ObjectNode addOn = node.putObject("addOnMicro");
        for (int a = 0; a < names.size(); a++) {
            addOn.put(names.get(a), crowding.addOnMicro().get(a));
        }
        return node;
    }

    private static VegaCrowding.Account vegaAccount(CaseFields account) {
        String role = account.text("class");
        if (!role.equals("customer") && !role.equals("dealer")) {
            throw CaseFields.refusal(account.at("class"), account.required("class"), "must be customer or dealer");
        }
        return new VegaCrowding.Account(
                role.equals("dealer"),
                account.objects("options").stream()
                        .map(option -> new VegaCrowding.Vega(option.int32("tenorDays"), option.int64("vegaMicro")))
                        .toList());
    }

    private static JsonNode game(CaseFields fields) {
        BilinearGame game = BilinearGame.of(
                Rational.rows(fields, "positions"),
                Rational.list(fields, "liquidationPropensity"),
                Rational.list(fields, "impactPerUnit"));
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("transmitted", Rational.texts(game.transmitted()));
        node.set("caused", Rational.texts(game.caused()));
        node.set("shapley", Rational.texts(game.shapley()));
        node.set("total", Rational.text(game.total()));
        return node;
    }
}
