package io.bulwark.adapter.hyperliquid;

import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SIZE;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.function.Predicate;

/** What the venue lists: perpetuals, margin tables, spot pairs, tokens, dexes. */
final class HyperliquidTerms {
    private HyperliquidTerms() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> universe = PayloadKind.having("universe");
        return List.of(
                new PayloadKind("meta, spotMeta", universe, (body, sheet) -> meta("", body, sheet)),
                new PayloadKind(
                        "allPerpMetas",
                        body -> PayloadKind.rows(universe).test(body)
                                && !(body.size() == 2 && body.get(1).isArray()),
                        HyperliquidTerms::metas),
                PayloadKind.one(
                        "marginTable",
                        PayloadKind.having("marginTiers", "description"),
                        (fields, sheet) -> tiers(fields, "the table of the question", sheet)),
                PayloadKind.one("tokenDetails", PayloadKind.having("name", "maxSupply"), HyperliquidTerms::token),
                new PayloadKind("perpDexs", HyperliquidTerms::areDexes, HyperliquidTerms::dexes));
    }

    private static void metas(JsonNode body, FactSheet sheet) {
        sheet.rows("", body, (path, meta) -> meta(path, meta, sheet));
    }

    /** The universe of a dex, or of spot where tokens stand beside it. */
    static void meta(String path, JsonNode body, FactSheet sheet) {
        PayloadFields fields = PayloadFields.of(HyperliquidPayload.VENUE, path, body);
        boolean spot = fields.has("tokens");
        if (fields.has("collateralToken")) {
            new FactRow(sheet, fields, "dex").said("collateralToken").terms(INSTRUMENT, "collateral token");
        }
        sheet.each(fields.pathOf("universe"), fields.node("universe"), row -> {
            if (spot) {
                pair(row, sheet);
            } else {
                perpetual(row, sheet);
            }
        });
        if (spot) {
            sheet.each(fields.pathOf("tokens"), fields.node("tokens"), row -> listed(row, sheet));
        }
        if (fields.has("marginTables")) {
            sheet.tuples(fields.pathOf("marginTables"), fields.node("marginTables"), pair -> {
                String name = "margin table " + pair.whole("0");
                PayloadFields table = pair.fields("1");
                tiers(table, name, sheet);
                table.end();
            });
        }
        fields.unread(Kind.FIGURE, "collateralToken").unread(Kind.ARRAY, "marginTables");
        fields.end();
    }

    private static void perpetual(PayloadFields fields, FactSheet sheet) {
        String coin = fields.text("name");
        new FactRow(sheet, fields, coin)
                .said(
                        "isDelisted",
                        "onlyIsolated",
                        "marginMode",
                        "growthMode",
                        "marginTableId",
                        "lastGrowthModeChangeTime")
                .must(INSTRUMENT, "szDecimals", "decimals of sizes", Figure.RATIO)
                .ratio(PARAMETER, "maxLeverage", "highest leverage");
        fields.unread(Kind.FIGURE, "marginTableId").unread(Kind.FLAG, "isDelisted", "onlyIsolated");
    }

    private static void tiers(PayloadFields fields, String subject, FactSheet sheet) {
        fields.unread(Kind.TEXT, "description");
        sheet.each(fields.pathOf("marginTiers"), fields.node("marginTiers"), tier -> {
            Amount from = tier.figure("lowerBound");
            sheet.add(Fact.of(
                            PARAMETER,
                            tier.pathOf("maxLeverage"),
                            subject,
                            "highest leverage of the tier",
                            Figure.ratio(tier.figure("maxLeverage")))
                    .with("from a notional of", Figure.of(from, "USD")));
        });
    }

    private static void pair(PayloadFields fields, FactSheet sheet) {
        fields.unread(Kind.ARRAY, "tokens");
        FactRow row = new FactRow(sheet, fields, fields.text("name")).said("isCanonical");
        JsonNode tokens = fields.node("tokens");
        boolean numbered = tokens.size() == 2
                && tokens.get(0).asText().matches("\\d{1,9}")
                && tokens.get(1).asText().matches("\\d{1,9}");
        if (!numbered) {
            throw fields.refusal("tokens", "must be the numbers of two tokens");
        }
        row.word("base token", tokens.get(0).asText())
                .word("quote token", tokens.get(1).asText())
                .must(INSTRUMENT, "index", "number of the pair", Figure.RATIO);
    }

    private static void listed(PayloadFields fields, FactSheet sheet) {
        FactRow row =
                new FactRow(sheet, fields, fields.text("name")).said("tokenId", "fullName", "index", "isCanonical");
        row.must(INSTRUMENT, "weiDecimals", "decimals of the token", Figure.RATIO)
                .must(INSTRUMENT, "szDecimals", "decimals of sizes", Figure.RATIO)
                .ratio(PARAMETER, "deployerTradingFeeShare", "deployer's share of fees");
        fields.absentOr("evmContract", fields::fields).ifPresent(contract -> {
            contract.text("address");
            new FactRow(sheet, contract, fields.text("name"))
                    .said("address")
                    .may(INSTRUMENT, "evm_extra_wei_decimals", "further decimals on the EVM", Figure.RATIO);
            contract.end();
        });
    }

    private static void token(PayloadFields fields, FactSheet sheet) {
        String name = fields.text("name");
        new FactRow(sheet, fields, name)
                .said("deployer", "deployTime")
                .may(SIZE, "maxSupply", "most that may be", name)
                .may(SIZE, "totalSupply", "total supply", name)
                .may(SIZE, "circulatingSupply", "circulating supply", name)
                .may(SIZE, "futureEmissions", "future emissions", name)
                .may(INSTRUMENT, "szDecimals", "decimals of sizes", Figure.RATIO)
                .may(INSTRUMENT, "weiDecimals", "decimals of the token", Figure.RATIO)
                .may(PRICE, "midPx", "mid price", "USD per " + name)
                .may(PRICE, "markPx", "mark price", "USD per " + name)
                .may(PRICE, "prevDayPx", "price a day before", "USD per " + name)
                .may(PARAMETER, "seededUsdc", "seeded", "USDC");
        fields.unread(Kind.OBJECT, "genesis")
                .unread(Kind.FIGURE, "deployGas")
                .unread(Kind.ARRAY, "nonCirculatingUserBalances");
    }

    private static boolean areDexes(JsonNode body) {
        return body.isArray()
                && (body.path(0).has("deployer")
                        || (body.path(0).isNull() && body.path(1).has("deployer")));
    }

    private static void dexes(JsonNode body, FactSheet sheet) {
        for (int i = 0; i < body.size(); i++) {
            if (!body.get(i).isNull()) {
                sheet.one("[" + i + "]", body.get(i), row -> {
                    new FactRow(sheet, row, row.text("name"))
                            .said("fullName", "deployer", "oracleUpdater", "feeRecipient")
                            .terms(INSTRUMENT, "dex");
                    row.unreadRest();
                });
            }
        }
    }
}
