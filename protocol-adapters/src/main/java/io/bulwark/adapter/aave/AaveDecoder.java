package io.bulwark.adapter.aave;

import static io.bulwark.adapter.fact.FactKind.PARAMETER;
import static io.bulwark.adapter.fact.FactKind.PRICE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a report of a pool's configuration says: shares in basis points, rates in ray, caps in whole tokens, debt ceilings in hundredths of a dollar, oracle answers
 * in their feed's decimals. Each is told with that scale.
 */
public final class AaveDecoder implements VenueDecoder {
    private static final int BASIS_POINTS = 4;
    private static final int RAY = 27;

    /** What its tables mean. */
    static final Glossary WORDS = Glossary.of(AaveDecoder.class, "aave.csv").build();

    private static final Map<String, String> SHARES = shares();

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    private static Map<String, String> shares() {
        Map<String, String> shares = new LinkedHashMap<>();
        shares.put("ltv", "share of value that may be borrowed");
        shares.put("liquidationThreshold", "share of value at which an account is liquidated");
        shares.put("liquidationBonus", "collateral seized over debt repaid");
        shares.put("liquidationProtocolFee", "protocol's share of the bonus");
        shares.put("reserveFactor", "protocol's share of the interest");
        return shares;
    }

    @Override
    public List<PayloadKind> kinds() {
        List<PayloadKind> kinds = new ArrayList<>(AaveAccounts.kinds());
        kinds.add(new PayloadKind(
                "pool report",
                PayloadKind.having("reserves", "strategies"),
                (body, sheet) -> pool(PayloadFields.of(AaveVenue.KIND, "", body), sheet)));
        kinds.add(new PayloadKind(
                "e-modes",
                PayloadKind.rows(PayloadKind.having("id", "eMode")),
                (body, sheet) -> sheet.each("", body, fields -> {
                    PayloadFields mode = fields.fields("eMode");
                    mode(mode, fields.scalar("id"), sheet);
                    mode.end();
                })));
        return List.copyOf(kinds);
    }

    /** What the pool sums up of one account. */
    @Override
    public List<VenueStanding> standings(FactSheet said) {
        return said.alone("total collateral").stream()
                .flatMap(collateral -> said.sameRow(collateral, "total debt").stream()
                        .flatMap(debt ->
                                said.sameRow(collateral, "share of value at which the account is liquidated").stream()
                                        .map(share -> standing(collateral, debt.signed(), share.signed()))))
                .toList();
    }

    /** Equity is collateral less debt; what is required of it is the part of the collateral that secures nothing. */
    private static VenueStanding standing(Fact collateral, Amount debt, Amount share) {
        Amount held = collateral.signed();
        Amount secured = held.times(share);
        String currency = collateral.figure().map(Figure::unit).orElse(VenueStanding.USD);
        return VenueStanding.of(new VenueStanding.Told(currency, held.minus(debt), held.minus(secured)));
    }

    /** An index answers with {@code data}, and says in {@code _meta} of which block it speaks; one that failed to read its chain says nothing. */
    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        if (!answer.isObject()) {
            return answer;
        }
        PayloadFields envelope = PayloadFields.of(AaveVenue.KIND, "", answer);
        if (answer.has("errors")) {
            throw envelope.refusal("errors", "must not be an error of the index");
        }
        JsonNode body = answer;
        if (answer.has("data") && answer.get("data").isObject()) {
            body = envelope.node("data");
            envelope.end();
        }
        return body.has("_meta") ? indexed((ObjectNode) body, sheet) : body;
    }

    private static JsonNode indexed(ObjectNode body, FactSheet sheet) {
        PayloadFields meta = PayloadFields.of(AaveVenue.KIND, "_meta", body.get("_meta"));
        if (meta.absentOr("hasIndexingErrors", meta::flag).orElse(false)) {
            throw meta.refusal("hasIndexingErrors", "must be false, else the index has not read its chain whole");
        }
        meta.absentOr("deployment", meta::node);
        meta.absentOr("block", meta::fields).ifPresent(block -> {
            block.absentOr("timestamp", block::whole)
                    .ifPresent(seconds -> sheet.at(Math.multiplyExact(seconds, 1_000)));
            sheet.atHeight(block.whole("number"));
            block.absentOr("hash", block::text);
            block.absentOr("parentHash", block::text);
            block.end();
        });
        meta.end();
        return body.deepCopy().without("_meta");
    }

    private static void pool(PayloadFields fields, FactSheet sheet) {
        sheet.members("reserves", fields.node("reserves"), reserve -> reserve(reserve, sheet));
        sheet.members("strategies", fields.node("strategies"), strategy -> strategy(strategy, sheet));
        fields.absentOr("eModes", fields::node)
                .ifPresent(modes -> sheet.members("eModes", modes, mode -> mode(mode, sheet)));
        fields.absentOr("poolConfig", fields::node)
                .ifPresent(config -> sheet.one("poolConfig", config, PayloadFields::unreadRest));
        sheet.row(() -> {
            fields.whole("chainId");
            fields.end();
        });
    }

    private static void reserve(PayloadFields fields, FactSheet sheet) {
        String symbol = fields.text("symbol");
        FactRow row = new FactRow(sheet, fields, symbol);
        WORDS.read(row, "report");
        int decimals = places(fields, "decimals");
        Map<String, Amount> shares = shares(fields, row);
        requireOrder(fields, shares);
        WORDS.read(row.about(symbol, Map.of("decimals", Integer.toString(decimals))), "report amounts");
        sheet.row(() -> price(fields, row, symbol));
    }

    /** An answer without its decimals is no price; the rest of the reserve is read. */
    private static void price(PayloadFields fields, FactRow row, String symbol) {
        if (!fields.has("oracleLatestAnswer")) {
            return;
        }
        BigInteger answer = whole(fields, "oracleLatestAnswer");
        if (answer.signum() <= 0) {
            throw fields.refusal("oracleLatestAnswer", "must be > 0");
        }
        Figure told = Figure.counted(answer, places(fields, "oracleDecimals"), quote(fields) + " per " + symbol);
        row.fact(PRICE, "oracleLatestAnswer", "oracle price", told);
    }

    /** The feed says in its description in what it prices: {@code LINK / USD}. */
    private static String quote(PayloadFields fields) {
        String description = fields.blankOr("oracleDescription", fields::text).orElse("");
        int slash = description.lastIndexOf('/');
        String told = slash < 0 ? "" : description.substring(slash + 1).strip();
        return told.isEmpty() || told.indexOf(' ') > 0 ? "USD" : told;
    }

    private static Map<String, Amount> shares(PayloadFields fields, FactRow row) {
        Map<String, Amount> read = new LinkedHashMap<>();
        SHARES.forEach((field, measure) -> {
            if (fields.has(field)) {
                Figure share = Figure.counted(whole(fields, field), BASIS_POINTS, Figure.RATIO);
                boolean bonus = field.equals("liquidationBonus");
                if (!bonus && share.value().compareTo(Amount.of(1)) > 0) {
                    throw fields.refusal(field, "must be at most 10000 basis points");
                }
                read.put(field, share.value());
                row.fact(PARAMETER, field, measure, share);
            }
        });
        return read;
    }

    private static void requireOrder(PayloadFields fields, Map<String, Amount> shares) {
        Amount ltv = shares.get("ltv");
        Amount threshold = shares.get("liquidationThreshold");
        if (ltv != null && threshold != null && ltv.compareTo(threshold) > 0) {
            throw fields.refusal("ltv", "must be <= liquidationThreshold");
        }
    }

    private static void strategy(PayloadFields fields, FactSheet sheet) {
        String address = fields.path().substring("strategies.".length());
        FactRow row = new FactRow(sheet, fields, address);
        for (String name : fields.names()) {
            switch (name) {
                case "address" -> fields.text(name);
                case "optimalUsageRatio",
                        "optimalStableToTotalDebtRatio",
                        "maxExcessUsageRatio",
                        "maxExcessStableToTotalDebtRatio" ->
                    counted(fields, row, PARAMETER, name, spelled(name), RAY, Figure.RATIO);
                case "baseVariableBorrowRate",
                        "baseStableBorrowRate",
                        "variableRateSlope1",
                        "variableRateSlope2",
                        "stableRateSlope1",
                        "stableRateSlope2",
                        "maxVariableBorrowRate" ->
                    counted(fields, row, FactKind.INTEREST, name, spelled(name) + ", a year", RAY, Figure.RATIO);
                default -> {
                    // A field without a meaning is refused where the row is closed.
                }
            }
        }
    }

    private static void mode(PayloadFields fields, FactSheet sheet) {
        mode(fields, fields.scalar("eModeCategory"), sheet);
    }

    private static void mode(PayloadFields fields, String category, FactSheet sheet) {
        FactRow row = new FactRow(sheet, fields, "e-mode " + category)
                .said("label", "priceSource", "borrowableBitmap", "collateralBitmap", "ltvzeroBitmap", "isolated");
        requireOrder(fields, shares(fields, row));
    }

    private static void counted(
            PayloadFields fields, FactRow row, FactKind kind, String field, String measure, int scale, String unit) {
        if (fields.has(field)) {
            row.fact(kind, field, measure, Figure.counted(whole(fields, field), scale, unit));
        }
    }

    private static int places(PayloadFields fields, String field) {
        long places = fields.whole(field);
        if (places < 0 || places > RAY) {
            throw fields.refusal(field, "must be 0 to " + RAY);
        }
        return Math.toIntExact(places);
    }

    /** A whole number as chains count, plain or in quotes. */
    private static BigInteger whole(PayloadFields fields, String field) {
        JsonNode node = fields.node(field);
        String text = node.isTextual()
                ? node.textValue()
                : node.isIntegralNumber() ? node.bigIntegerValue().toString() : "";
        if (text.isEmpty() || text.length() > 78 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw fields.refusal(field, "must be a whole number >= 0");
        }
        return new BigInteger(text);
    }

    /** {@code variableRateSlope1} as {@code variable rate slope 1}. */
    private static String spelled(String name) {
        return name.replaceAll("([A-Z0-9])", " $1").toLowerCase(Locale.ROOT);
    }
}
