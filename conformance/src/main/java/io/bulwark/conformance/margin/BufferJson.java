package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.conformance.CaseFields;
import io.bulwark.netting.buffer.BufferAdmission;
import io.bulwark.netting.buffer.BufferCharge;
import io.bulwark.netting.buffer.Exit;
import io.bulwark.netting.buffer.ExitRates;
import io.bulwark.netting.contagion.ContagionAccount;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import io.bulwark.netting.contagion.ContagionRules;
import io.bulwark.netting.contagion.ContagionScenario;
import io.bulwark.netting.contagion.ContagionSymbol;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.contagion.VegaHolding;
import io.bulwark.netting.risktable.IntColumn;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Systems of the contagion buffer out of reference files, and its figures into their shape. */
final class BufferJson {
    private BufferJson() {}

    static ContagionSystem system(CaseFields fields) {
        List<CaseFields> groups = fields.objects("groups");
        long[] gamma = fields.has("hedgerGammaMicro") ? fields.int64s("hedgerGammaMicro") : new long[groups.size()];
        length(fields, "hedgerGammaMicro", gamma.length, groups.size());
        List<CaseFields> symbols = fields.objects("symbols");
        long[] prices = symbols.stream().mapToLong(s -> s.int64("priceMicro")).toArray();
        return new ContagionSystem(
                IntStream.range(0, groups.size())
                        .mapToObj(k -> group(groups.get(k), gamma[k]))
                        .toList(),
                symbols.stream()
                        .map(s -> new ContagionSymbol(s.text("id"), s.int32("group"), s.text("unwindSet")))
                        .toList(),
                fields.objects("accounts").stream().map(a -> account(a, prices)).toList(),
                fields.objects("scenarios").stream()
                        .map(s -> scenario(s, symbols.size()))
                        .toList(),
                new ContagionRules(
                        fields.int32("spanPpm"), fields.int32("exitSharePpm"), fields.int32("ownSizeLimitPpm")));
    }

    private static LiquidityGroup group(CaseFields group, long gamma) {
        return new LiquidityGroup(
                group.text("id"),
                new ImpactLadder(group.objects("ladder").stream()
                        .map(step -> new ImpactLadder.Step(step.int64("fromMicro"), step.int64("ppmPerMusd")))
                        .toList()),
                group.int32("capPpm"),
                group.int64("minExitMicro"),
                gamma,
                List.of());
    }

    private static ContagionAccount account(CaseFields account, long[] prices) {
        return new ContagionAccount(
                account.text("id"),
                owner(account),
                legs(account, "position", prices),
                account.int64("equityMicro"),
                account.int64("maintenanceMicro"),
                account.has("quietExitMicro")
                        ? LongStream.of(account.int64s("quietExitMicro"))
                                .boxed()
                                .toList()
                        : List.of(),
                List.of(),
                VegaHolding.NONE);
    }

    private static Optional<String> owner(CaseFields account) {
        return account.has("owner") ? Optional.of(account.text("owner")) : Optional.empty();
    }

    private static List<Leg> legs(CaseFields account, String name, long[] prices) {
        long[] lots = account.int64s(name);
        length(account, name, lots.length, prices.length);
        List<Leg> legs = new ArrayList<>();
        for (int i = 0; i < lots.length; i++) {
            if (lots[i] != 0) {
                legs.add(new Leg.Linear(i, product(account, name, i, lots[i], prices[i])));
            }
        }
        return legs;
    }

    private static long product(CaseFields account, String name, int symbol, long lots, long price) {
        BigInteger value = BigInteger.valueOf(lots).multiply(BigInteger.valueOf(price));
        if (price < 0 || value.bitLength() >= Long.SIZE) {
            throw new IllegalArgumentException(account.at(name) + "[" + symbol
                    + "] times its price must fit 64 bits, and the price must be >= 0; have " + lots + " at " + price);
        }
        return value.longValueExact();
    }

    private static ContagionScenario scenario(CaseFields scenario, int symbols) {
        return new ContagionScenario(
                IntColumn.of(scenario.int32s("groupReturnPpm")),
                scenario.has("basisPpm") ? IntColumn.of(scenario.int32s("basisPpm")) : IntColumn.zeros(symbols));
    }

    static ContagionVector vector(CaseFields fields) {
        return ContagionVector.of(fields.int32s("downPpm"), fields.int32s("upPpm"));
    }

    /** A vector of as many groups as the system has. */
    static ContagionVector vector(CaseFields fields, ContagionSystem system) {
        ContagionVector vector = vector(fields);
        length(fields, "downPpm", vector.groups(), system.groups().size());
        return vector;
    }

    static BufferAdmission.Change change(CaseFields change, long[] prices) {
        return new BufferAdmission.Change(
                change.text("account"),
                owner(change),
                change.has("lots") ? legs(change, "lots", prices) : List.of(),
                change.has("equityMicro") ? change.int64("equityMicro") : 0,
                change.has("maintenanceMicro") ? change.int64("maintenanceMicro") : 0);
    }

    static long[] prices(CaseFields system) {
        return system.objects("symbols").stream()
                .mapToLong(s -> s.int64("priceMicro"))
                .toArray();
    }

    static ObjectNode put(ObjectNode node, ContagionVector vector) {
        node.set("downPpm", longs(vector.groups(), vector::down));
        node.set("upPpm", longs(vector.groups(), vector::up));
        return node;
    }

    static void put(ObjectNode node, String sale, String purchase, ForcedFlows flows) {
        node.set(sale, longs(flows.groups(), flows::sale));
        node.set(purchase, longs(flows.groups(), flows::purchase));
    }

    static ObjectNode exits(ExitRates rates) {
        int groups = rates.exits().size() / 2;
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode longs = node.putArray("long");
        ArrayNode shorts = node.putArray("short");
        for (int k = 0; k < groups; k++) {
            longs.add(exit(rates.longSide(k)));
            shorts.add(exit(rates.shortSide(k)));
        }
        return node;
    }

    private static ObjectNode exit(Exit exit) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("exitMicro", exit.quantityMicro());
        node.putArray("ratesPpm").add(exit.linearPpm()).add(exit.beyondPpm()).add(exit.farPpm());
        return node;
    }

    static ObjectNode charge(BufferCharge charge) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("transmittedPerScenarioMicro", longs(charge.transmittedPerScenario()));
        node.put("transmittedMicro", charge.transmitted());
        node.set("closeOutByGroupMicro", longs(charge.closeOutByGroup()));
        node.put("closeOutMicro", charge.closeOut());
        node.put("ownSizeMicro", charge.ownSize());
        node.put("closeOutExcessMicro", charge.closeOutExcess());
        node.put("bufferMicro", charge.buffer());
        return node;
    }

    static ArrayNode longs(List<? extends Number> values) {
        return longs(values.size(), i -> values.get(i).longValue());
    }

    private static ArrayNode longs(int size, IntToLongFunction value) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        IntStream.range(0, size).forEach(i -> array.add(value.applyAsLong(i)));
        return array;
    }

    private static void length(CaseFields fields, String name, int length, int wanted) {
        if (length != wanted) {
            JsonNode node = fields.node().path(name);
            throw CaseFields.refusal(fields.at(name), node, "must have " + wanted + " entries");
        }
    }
}
