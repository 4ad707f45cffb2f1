package io.bulwark.conformance.published;

import static io.bulwark.conformance.published.BaselCases.number;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.KindTable;
import io.bulwark.conformance.KindTable.Rule;
import io.bulwark.insurance.regulatory.AssetClass;
import io.bulwark.insurance.regulatory.DerivativeTrade;
import io.bulwark.insurance.regulatory.DerivativeTrade.Period;
import io.bulwark.insurance.regulatory.FutureExposure;
import io.bulwark.insurance.regulatory.NettingSetExposure;
import io.bulwark.insurance.regulatory.NettingSetExposure.Agreement;
import io.bulwark.insurance.regulatory.SupervisoryDelta;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** SA-CCR: exposures at default of netting sets. */
final class SaCcrCases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double BASIS_MULTIPLE = 0.5;
    private static final double VOLATILITY_MULTIPLE = 5;
    private static final double BASE_DAYS = 10;

    private SaCcrCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(
                Map.entry("saccr", Rule.of(SaCcrCases::nettingSet)),
                Map.entry("saccr.ore", Rule.of(SaCcrCases::currencies)),
                Map.entry("saccr.rc", Rule.of(SaCcrCases::replacementCost))));
    }

    private static JsonNode replacementCost(CaseFields inputs) {
        return JSON.numberNode(NettingSetExposure.replacementCost(
                number(inputs, "V"), number(inputs, "C"), Optional.of(agreement(inputs, BASE_DAYS))));
    }

    private static ObjectNode nettingSet(CaseFields inputs) {
        List<DerivativeTrade> trades =
                inputs.objects("trades").stream().map(SaCcrCases::trade).toList();
        Optional<Agreement> agreement = inputs.has("margined")
                ? Optional.of(agreement(inputs.object("margined"), number(inputs.object("margined"), "mpor")))
                : Optional.empty();
        double value = number(inputs, "V");
        double collateral = number(inputs, "C");
        NettingSetExposure set = NettingSetExposure.of(trades, value, collateral, agreement);
        ObjectNode computed = JSON.objectNode();
        ArrayNode shown = computed.putArray("trades");
        trades.forEach(trade -> shown.add(trade(trade, agreement.map(Agreement::periodDays))));
        ObjectNode addOns = computed.putObject("addOns");
        set.addOns().forEach((assetClass, addOn) -> addOns.set(assetClass.name(), addOn(addOn)));
        computed.put("aggregateAddOn", set.aggregateAddOn())
                .put("RC", set.replacementCost())
                .put("multiplier", set.multiplier())
                .put("PFE", set.potentialFutureExposure())
                .put("EAD", set.exposure());
        if (agreement.isPresent()) {
            double cap = NettingSetExposure.of(trades, value, collateral, Optional.empty())
                    .exposure();
            computed.put("EADUnmarginedCap", cap).put("EADFinal", Math.min(cap, set.exposure()));
        }
        return computed;
    }

    private static Agreement agreement(CaseFields fields, double periodDays) {
        return new Agreement(number(fields, "TH"), number(fields, "MTA"), number(fields, "NICA"), periodDays);
    }

    private static DerivativeTrade trade(CaseFields fields) {
        AssetClass assetClass = oneOf(fields, "class", AssetClass.values());
        boolean dated = assetClass == AssetClass.IR || assetClass == AssetClass.CR;
        boolean grouped = assetClass != AssetClass.IR && assetClass != AssetClass.FX;
        double multiple = fields.has("basis") ? BASIS_MULTIPLE : fields.has("volatility") ? VOLATILITY_MULTIPLE : 1;
        return new DerivativeTrade(
                fields.text("id"),
                assetClass,
                grouped ? fields.text("subclass") : "",
                hedgingSet(fields, assetClass),
                switch (assetClass) {
                    case CR, EQ -> fields.text("entity");
                    case CO -> fields.text("commodity");
                    case IR, FX, CRYPTO -> "";
                },
                number(fields, "notional"),
                dated ? Optional.of(new Period(number(fields, "S"), number(fields, "E"))) : Optional.empty(),
                number(fields, "M"),
                delta(fields),
                multiple);
    }

    private static String hedgingSet(CaseFields fields, AssetClass assetClass) {
        return switch (assetClass) {
            case IR -> {
                String suffix = fields.has("basis")
                        ? "/" + fields.text("basis")
                        : fields.has("volatility") ? "/" + fields.text("volatility") : "";
                yield fields.text("ccy") + suffix;
            }
            case FX -> fields.text("pair");
            case CO, CRYPTO -> fields.text("hedgingSet");
            case CR, EQ -> "";
        };
    }

    private static SupervisoryDelta delta(CaseFields fields) {
        if (fields.has("option")) {
            CaseFields option = fields.object("option");
            return new SupervisoryDelta.Option(
                    either(option, "position", "bought", "sold"),
                    either(option, "type", "call", "put"),
                    number(option, "price"),
                    number(option, "strike"),
                    number(option, "T"),
                    number(option, "vol"));
        }
        boolean isLong = either(fields, "side", "long", "short");
        if (fields.has("cdo")) {
            CaseFields tranche = fields.object("cdo");
            return new SupervisoryDelta.Tranche(isLong, number(tranche, "attach"), number(tranche, "detach"));
        }
        return new SupervisoryDelta.Linear(isLong);
    }

    private static boolean either(CaseFields fields, String name, String yes, String no) {
        String text = fields.text(name);
        if (!text.equals(yes) && !text.equals(no)) {
            throw new BadInput(fields.at(name), text, "must be " + yes + " or " + no);
        }
        return text.equals(yes);
    }

    private static AssetClass oneOf(CaseFields fields, String name, AssetClass... classes) {
        String text = fields.text(name);
        return Arrays.stream(classes)
                .filter(c -> c.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new BadInput(fields.at(name), text, "must be one of " + List.of(classes)));
    }

    private static ObjectNode trade(DerivativeTrade trade, Optional<Double> marginPeriodDays) {
        ObjectNode node = JSON.objectNode().put("id", trade.id());
        trade.period().ifPresent(period -> node.put("supervisoryDuration", period.supervisoryDuration()));
        return node.put("adjustedNotional", trade.adjustedNotional())
                .put("delta", trade.delta().value())
                .put("maturityFactor", trade.maturityFactor(marginPeriodDays))
                .put("effectiveNotional", trade.effectiveNotional(marginPeriodDays));
    }

    private static ObjectNode addOn(FutureExposure addOn) {
        ObjectNode node = JSON.objectNode();
        switch (addOn) {
            case FutureExposure.Rates rates -> {
                ObjectNode sets = node.putObject("hedgingSets");
                rates.sets()
                        .forEach((name, set) -> sets.putObject(name)
                                .put("D1", set.below1())
                                .put("D2", set.to5())
                                .put("D3", set.above5())
                                .put("effectiveNotional", set.effectiveNotional())
                                .put("addOn", set.addOn()));
            }
            case FutureExposure.Pairs pairs -> {
                ObjectNode sets = node.putObject("hedgingSets");
                pairs.sets()
                        .forEach((pair, notional) -> sets.putObject(pair)
                                .put("effectiveNotional", notional)
                                .put("addOn", FutureExposure.Pairs.addOn(notional)));
            }
            case FutureExposure.Entities entities -> {
                ObjectNode all = node.putObject("entities");
                entities.entities()
                        .forEach((name, entity) -> all.putObject(name)
                                .put("effectiveNotional", entity.effectiveNotional())
                                .put("type", entity.subclass())
                                .put("addOn", entity.addOn())
                                .put("rho", entity.correlation()));
                node.put("systematic", entities.systematic()).put("idiosyncratic", entities.idiosyncratic());
            }
            case FutureExposure.Coins coins -> {
                ObjectNode sets = node.putObject("hedgingSets");
                coins.sets()
                        .forEach((name, coin) -> sets.putObject(name)
                                .put("effectiveNotional", coin.effectiveNotional())
                                .put("addOn", coin.addOn()));
            }
            case FutureExposure.Commodities commodities -> {
                ObjectNode sets = node.putObject("hedgingSets");
                commodities.sets().forEach((name, types) -> {
                    ObjectNode set = sets.putObject(name);
                    ObjectNode shown = set.putObject("types");
                    types.forEach((type, value) -> shown.putObject(type)
                            .put("effectiveNotional", value.effectiveNotional())
                            .put("sf", value.supervisoryFactor())
                            .put("addOn", value.addOn()));
                    set.put("addOn", FutureExposure.Commodities.addOn(types));
                });
            }
        }
        return node.put("addOn", addOn.total());
    }

    /** Kind {@code saccr.ore}: rates only, adjusted notional and delta given, one bucket a currency. */
    private static ObjectNode currencies(CaseFields inputs) {
        Map<String, Double> notional = new TreeMap<>();
        inputs.objects("trades")
                .forEach(t ->
                        notional.merge(t.text("ccy"), number(t, "delta") * number(t, "adjustedNotional"), Double::sum));
        double factor = AssetClass.IR.supervisoryFactor("");
        ObjectNode computed = JSON.objectNode();
        double aggregate = 0;
        for (Map.Entry<String, Double> currency : notional.entrySet()) {
            double addOn = factor * Math.abs(currency.getValue());
            computed.put("addOn" + currency.getKey(), addOn);
            aggregate += addOn;
        }
        double uncollateralised = number(inputs, "V") - number(inputs, "C");
        double cost = Math.max(uncollateralised, 0);
        double multiplier = NettingSetExposure.multiplier(uncollateralised, aggregate);
        return computed.put("aggregateAddOn", aggregate)
                .put("RC", cost)
                .put("multiplier", multiplier)
                .put("EAD", NettingSetExposure.exposure(cost, multiplier, aggregate));
    }
}
