package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.conformance.CaseFields;
import io.bulwark.netting.venuemargin.HeldExpiry;
import io.bulwark.netting.venuemargin.StandardMarginRule.StandardMarket;
import io.bulwark.netting.venuemargin.StandardParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The inputs of a case of Derive's standard manager. The feed of an option stands at the option's place in the case. In the last hour the venue's fixtures mark an expiry on
 * the settlement price so far, which the reference file leaves out: a case may give it as {@code settlement: {eth, btc}}, else it is the one of those fixtures
 * (derivexyz/v2-core 7736900, StandardManager test cases: one figure a market for all cases).
 */
record DeriveStandardInputs(CaseFields document, CaseFields inputs) {
    private static final List<String> MARKETS = List.of("eth", "btc");
    private static final long SETTLEMENT_SECONDS = 3_600;
    private static final Map<String, Double> FIXTURE_SETTLEMENT =
            Map.of("eth", 1450.168707905438, "btc", 28000.0069920126);

    StandardParameters parameters() {
        CaseFields p = document.object("params");
        return new StandardParameters(
                number(p, "mmPerp"),
                number(p, "imPerp"),
                new StandardParameters.Options(
                        number(p, "maxS"),
                        number(p, "minS"),
                        number(p, "mmC"),
                        number(p, "mmP"),
                        number(p, "mmPM"),
                        number(p, "uIM"),
                        number(p, "uMM"),
                        number(p, "off")),
                number(p, "baseF"),
                p.has("IMScale") ? number(p, "IMScale") : 1,
                number(p, "thr"),
                number(p, "oc"),
                number(p, "depT"),
                number(p, "depF"));
    }

    double stable() {
        return number(inputs, "stable");
    }

    double cash() {
        return number(inputs, "cash");
    }

    List<StandardMarket> markets() {
        return MARKETS.stream().map(this::market).toList();
    }

    private StandardMarket market(String name) {
        CaseFields market = inputs.object(name);
        double perpetuals = number(market, "perps");
        double price = number(market, "perpPrice");
        double entry = market.has("entry") ? number(market, "entry") : price;
        double global = number(market, "globalFunding");
        double own = market.has("acctFunding") ? number(market, "acctFunding") : global;
        return new StandardMarket(
                number(market, "spot"),
                number(market, "spotConf"),
                price,
                number(market, "perpConf"),
                perpetuals,
                perpetuals * (price - entry) - perpetuals * (global - own),
                number(market, "base"),
                expiries(name));
    }

    private List<HeldExpiry> expiries(String market) {
        List<Map.Entry<String, JsonNode>> options = inputs.elements("options");
        List<Map.Entry<String, JsonNode>> feeds = inputs.elements("feeds");
        Map<Long, HeldExpiry> bySeconds = new LinkedHashMap<>();
        for (int i = 0; i < options.size(); i++) {
            Map.Entry<String, JsonNode> option = options.get(i);
            String underlying =
                    CaseFields.text(option.getKey(), option.getValue().path(0));
            if (underlying.toLowerCase(Locale.ROOT).equals(market)) {
                feed(bySeconds, market, feeds, i);
                DerivePmrm1Inputs.with(bySeconds, DeriveOptions.of(option, 1), inputs);
            }
        }
        return List.copyOf(bySeconds.values());
    }

    private void feed(
            Map<Long, HeldExpiry> bySeconds, String market, List<Map.Entry<String, JsonNode>> feeds, int place) {
        if (place >= feeds.size()) {
            throw CaseFields.refusal(inputs.at("feeds"), inputs.required("feeds"), "must have one feed per option");
        }
        Map.Entry<String, JsonNode> row = feeds.get(place);
        long seconds = CaseFields.int64(row.getKey(), row.getValue().path(0));
        double confidence = DeriveOptions.number(row, 2);
        double forward = seconds < SETTLEMENT_SECONDS ? settlement(market) : DeriveOptions.number(row, 1);
        bySeconds.putIfAbsent(seconds, new HeldExpiry(seconds, 0, forward, 0, confidence, List.of()));
    }

    private double settlement(String market) {
        return inputs.has("settlement")
                ? number(inputs.object("settlement"), market)
                : FIXTURE_SETTLEMENT.getOrDefault(market, 0.0);
    }

    private static double number(CaseFields fields, String name) {
        return DerivePmrm1Inputs.number(fields, name);
    }
}
