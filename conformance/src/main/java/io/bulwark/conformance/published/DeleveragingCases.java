package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.KindTable;
import io.bulwark.conformance.KindTable.Rule;
import io.bulwark.conformance.Rational;
import io.bulwark.insurance.apportionment.LargestRemainder;
import io.bulwark.insurance.apportionment.SeededRounding;
import io.bulwark.insurance.deleveraging.BitmexQueue;
import io.bulwark.insurance.deleveraging.BitmexQueue.BitmexRank;
import io.bulwark.insurance.deleveraging.DriftInsurance;
import io.bulwark.insurance.deleveraging.DydxBankruptcy;
import io.bulwark.insurance.deleveraging.GainsHaircut;
import io.bulwark.insurance.deleveraging.GmxTrigger;
import io.bulwark.insurance.deleveraging.HyperliquidIndex;
import io.bulwark.insurance.deleveraging.WaterFilling;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/** Auto-deleveraging: Bulwark's rules and those of venues. */
final class DeleveragingCases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private DeleveragingCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(
                Map.entry("adl.queue", Rule.of(DeleveragingCases::queue)),
                Map.entry("adl.bitmexRank", Rule.of(DeleveragingCases::ranks)),
                Map.entry("adl.hyperliquid", Rule.of(DeleveragingCases::hyperliquid)),
                Map.entry("adl.allocation", DeleveragingCases::allocation),
                Map.entry("adl.dydxBankruptcy", Rule.of(DeleveragingCases::dydx)),
                Map.entry("adl.driftRebase", Rule.of(DeleveragingCases::rebase)),
                Map.entry("adl.driftSharesLost", Rule.of(DeleveragingCases::sharesLost)),
                Map.entry("adl.gmx", Rule.of(DeleveragingCases::trigger)),
                Map.entry("adl.seededRounding", Rule.of(DeleveragingCases::seeded))));
    }

    private static JsonNode sharesLost(CaseFields inputs) {
        return JSON.numberNode(
                drift(inputs).sharesLost(inputs.integer("requestShares"), inputs.integer("requestValue")));
    }

    private static JsonNode trigger(CaseFields inputs) {
        return BooleanNode.valueOf(GmxTrigger.enabled(
                Rational.of(inputs, "pnl"), Rational.of(inputs, "pool"), Rational.of(inputs, "maxFactorForAdl")));
    }

    private static ObjectNode queue(CaseFields inputs) {
        BitmexQueue queue = BitmexQueue.of(
                inputs.objects("positions").stream()
                        .map(p -> new BitmexQueue.Position(
                                p.int32("account"), Rational.of(p, "qty"), Rational.of(p, "rank")))
                        .toList(),
                Rational.of(inputs, "liquidatedShort"));
        ObjectNode computed = JSON.objectNode();
        ArrayNode percentiles = computed.putArray("percentiles");
        queue.places()
                .forEach(place -> percentiles
                        .addObject()
                        .put("account", place.position().account())
                        .put("percentile", place.percentile())
                        .<ObjectNode>set("qty", Rational.number(place.position().quantity()))
                        .set("rank", Rational.number(place.position().rank())));
        ArrayNode fills = computed.putArray("fills");
        queue.fills()
                .forEach(fill -> fills.addObject()
                        .put("account", fill.account())
                        .<ObjectNode>set("closed", Rational.number(fill.closed()))
                        .set("remaining", Rational.number(fill.remaining())));
        return computed.set("unfilled", Rational.number(queue.unfilled()));
    }

    private static ArrayNode ranks(CaseFields inputs) {
        ArrayNode computed = JSON.arrayNode();
        for (CaseFields position : inputs.objects("positions")) {
            BitmexRank rank = BitmexRank.of(
                    Rational.of(position, "markValue"),
                    Rational.of(position, "bankruptValue"),
                    Rational.of(position, "avgEntryValue"));
            computed.addObject()
                    .put("rankDecimal", rank.rank().doubleValue())
                    .<ObjectNode>set("id", position.required("id"))
                    .<ObjectNode>set("rank", Rational.text(rank.rank()))
                    .<ObjectNode>set("leverage", Rational.text(rank.leverage()))
                    .set("pnlPct", Rational.text(rank.profitShare()));
        }
        return computed;
    }

    private static ObjectNode hyperliquid(CaseFields inputs) {
        Map<String, BigFraction> index = new LinkedHashMap<>();
        for (CaseFields position : inputs.objects("positions")) {
            String side = position.text("side");
            if (!side.equals("long") && !side.equals("short")) {
                throw new BadInput(position.at("side"), side, "must be long or short");
            }
            BigFraction value = HyperliquidIndex.of(
                    side.equals("long"),
                    Rational.of(position, "mark"),
                    Rational.of(position, "entry"),
                    Rational.of(position, "notional"),
                    Rational.of(position, "accountValue"));
            if (index.putIfAbsent(position.text("id"), value) != null) {
                throw new BadInput(position.at("id"), position.text("id"), "must not stand twice");
            }
        }
        ObjectNode computed = JSON.objectNode();
        computed.set("index", Rational.texts(index));
        ObjectNode decimals = computed.putObject("indexDecimal");
        index.forEach((id, value) -> decimals.put(id, value.doubleValue()));
        ArrayNode order = computed.putArray("order");
        index.entrySet().stream()
                .sorted(Map.Entry.<String, BigFraction>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> order.add(e.getKey()));
        return computed;
    }

    private static Optional<JsonNode> allocation(CaseFields inputs) {
        if (inputs.has("weights")) {
            ArrayNode shares = JSON.arrayNode();
            List<BigInteger> weights = inputs.elements("weights").stream()
                    .map(e -> CaseFields.integer(e.getKey(), e.getValue()))
                    .toList();
            LargestRemainder.divide(weights, inputs.integer("total")).forEach(shares::add);
            return Optional.of(shares);
        }
        if (inputs.has("pnl")) {
            GainsHaircut cut = GainsHaircut.of(Rational.list(inputs, "pnl"), Rational.of(inputs, "deficit"));
            ObjectNode computed = JSON.objectNode();
            computed.set("haircut", Rational.text(cut.haircut()));
            computed.set("losses", Rational.texts(cut.losses()));
            return Optional.of(computed);
        }
        return inputs.has("equity") ? Optional.of(waterFilling(inputs)) : Optional.empty();
    }

    private static ObjectNode waterFilling(CaseFields inputs) {
        List<BigFraction> equity = Rational.list(inputs, "equity");
        List<BigFraction> notional = Rational.list(inputs, "notional");
        if (equity.size() != notional.size()) {
            throw new BadInput(inputs.at("notional"), "" + notional.size(), "must have one for each equity");
        }
        List<WaterFilling.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < equity.size(); i++) {
            candidates.add(new WaterFilling.Candidate(equity.get(i), notional.get(i)));
        }
        WaterFilling filling = WaterFilling.of(candidates, Rational.of(inputs, "notionalToClose"));
        ObjectNode computed = JSON.objectNode();
        computed.set("level", Rational.text(filling.level()));
        return computed.set("closed", Rational.texts(filling.closed()));
    }

    private static JsonNode dydx(CaseFields inputs) {
        CaseFields market = inputs.object("market");
        BigFraction quantums = Rational.of(market, "usdcQuantums");
        BigFraction collateral = Rational.of(inputs, "usdc").multiply(quantums);
        BigFraction maintenance = BigFraction.ZERO;
        Map<String, DydxBankruptcy.Holding> holdings = new LinkedHashMap<>();
        for (Map.Entry<String, BigFraction> position :
                Rational.map(inputs, "positionsQuantums").entrySet()) {
            DydxBankruptcy.Holding holding = holding(market.object(position.getKey()), position.getValue(), quantums);
            holdings.put(position.getKey(), holding);
            collateral = collateral.add(holding.notional());
            maintenance = maintenance.add(holding.maintenance());
        }
        String closed = inputs.text("deltaMarket");
        BigFraction position = Rational.of(inputs.object("positionsQuantums"), closed);
        DydxBankruptcy.Holding holding = holdings.get(closed);
        if (position.signum() == 0 || holding == null) {
            throw new BadInput(inputs.at("deltaMarket"), closed, "must name a position to close");
        }
        BigFraction part = Rational.of(inputs, "deltaQuantums").divide(position).negate();
        return JSON.numberNode(DydxBankruptcy.quoteQuantums(collateral, maintenance, holding, part));
    }

    private static DydxBankruptcy.Holding holding(CaseFields market, BigFraction position, BigFraction quantums) {
        BigFraction notional = position.multiply(Rational.of(market, "price"))
                .multiply(quantums)
                .divide(Rational.of(market, "quantumsPerUnit"));
        return new DydxBankruptcy.Holding(notional, notional.abs().multiply(share(market, "maintenance")));
    }

    /** A share: {@code 10%}, or a number. */
    private static BigFraction share(CaseFields fields, String name) {
        JsonNode node = fields.required(name);
        String text = node.asText();
        return text.endsWith("%")
                ? Rational.of(fields.at(name), JSON.textNode(text.substring(0, text.length() - 1)))
                        .divide(100)
                : Rational.of(fields, name);
    }

    private static ObjectNode rebase(CaseFields inputs) {
        int exponent = drift(inputs).rebaseExponent();
        return JSON.objectNode().put("expo", exponent).put("divisor", BigInteger.TEN.pow(exponent));
    }

    private static DriftInsurance drift(CaseFields inputs) {
        return new DriftInsurance(inputs.integer("totalShares"), inputs.integer("vault"));
    }

    private static ObjectNode seeded(CaseFields inputs) {
        Map<String, BigInteger> sizes = new LinkedHashMap<>();
        for (CaseFields account : inputs.objects("accounts")) {
            if (sizes.putIfAbsent(account.text("id"), account.integer("size")) != null) {
                throw new BadInput(account.at("id"), account.text("id"), "must not stand twice");
            }
        }
        SeededRounding rounding =
                SeededRounding.of(seed(inputs), inputs.int64("event"), sizes, inputs.integer("total"));
        ObjectNode computed = JSON.objectNode();
        rounding.order().forEach(computed.putArray("order")::add);
        computed.put("offset", rounding.offset());
        ObjectNode cut = computed.putObject("cut");
        rounding.cut().forEach(cut::put);
        return computed;
    }

    private static byte[] seed(CaseFields inputs) {
        String hex = inputs.text("seedHex");
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw new BadInput(inputs.at("seedHex"), hex, "must be bytes in hexadecimal");
        }
    }
}
