package io.bulwark.adapter.market;

import static io.bulwark.adapter.fact.FactKind.DEPTH;
import static io.bulwark.adapter.fact.PayloadKind.having;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.Glossary.Row;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.clearing.money.Amount;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Books, level by level, and tiers of leverage. */
final class MarketBooks {
    private static final Set<String> SIDES = Set.of("b", "a", "bid", "ask");

    private MarketBooks() {}

    static List<PayloadKind> kinds() {
        return List.of(
                Glossary.of(MarketTape::instrument, "symbol,local_timestamp,exchange ; idle", "exchange ; word")
                        .beyond(MarketBooks::snapshot)
                        .kind("book snapshots", having("symbol", "timestamp", "asks[0].price", "bids[0].price")),
                Glossary.of(
                                MarketTape::instrument,
                                "symbol,local_timestamp ; idle",
                                "exchange ; word",
                                "is_snapshot ; word ; snapshot")
                        .beyond(row -> {
                            MarketTape.moment(row);
                            level(row, "price", "amount", row.fields().text("side", SIDES));
                        })
                        .kind(
                                "book increments",
                                having("symbol", "timestamp", "is_snapshot", "side", "price", "amount")),
                Glossary.of(
                                MarketTape::instrument,
                                "symbol ; idle",
                                "timestamp ; time",
                                "update_type ; word ; update",
                                "first_update_id,last_update_id,pu ; word")
                        .beyond(row -> level(row, "price", "qty", row.fields().text("side", SIDES)))
                        .kind("depth rows", having("symbol", "first_update_id", "side", "price", "qty")),
                new PayloadKind("leverage tiers", MarketBooks::areTiers, MarketBooks::tiers));
    }

    private static void snapshot(Row row) {
        MarketTape.moment(row);
        Set<String> names = Set.copyOf(row.fields().names());
        for (int i = 0; names.contains("asks[" + i + "].price"); i++) {
            for (String side : List.of("asks", "bids")) {
                String at = side + "[" + i + "].";
                if (row.fields().blankOr(at + "price", row.fields()::figure).isPresent()) {
                    level(row, at + "price", at + "amount", side);
                } else {
                    row.fields().blankOr(at + "amount", row.fields()::figure);
                }
            }
        }
        row.fields()
                .blankOr("bids[0].price", row.fields()::figure)
                .ifPresent(bid -> row.fields()
                        .blankOr("asks[0].price", row.fields()::figure)
                        .filter(ask -> ask.compareTo(bid) <= 0)
                        .ifPresent(ask -> {
                            throw row.fields().refusal("bids[0].price", "must be below the best ask " + ask);
                        }));
    }

    private static void level(Row row, String priceField, String sizeField, String side) {
        Amount price = row.fields().figure(priceField);
        Amount size = row.fields().figure(sizeField);
        if (price.signum() <= 0) {
            throw row.fields().refusal(priceField, "must be > 0");
        }
        if (size.signum() < 0) {
            throw row.fields().refusal(sizeField, "must be >= 0");
        }
        row.facts()
                .fact(
                        DEPTH,
                        sizeField,
                        side.startsWith("b") ? "bid" : "ask",
                        Figure.of(size, row.unit("N")),
                        Map.of("price", Figure.of(price, row.unit("P"))));
    }

    private static boolean areTiers(JsonNode body) {
        return body.isObject()
                && !body.isEmpty()
                && body.elements().next().path(0).has("maintenanceMarginRate");
    }

    private static void tiers(JsonNode body, FactSheet sheet) {
        body.properties().forEach(member -> {
            Glossary tier = Glossary.of(fields -> new Name(member.getKey(), Map.of("C", fields.text("currency"))), """
                    currency,info ; idle
                    tier ; word
                    symbol ; word
                    minNotional! ; parameter ; from ; C
                    maxNotional! ; parameter ; up to ; C
                    maintenanceMarginRate! ; parameter ; maintenance margin fraction ; 1
                    maxLeverage ; parameter ; highest leverage ; 1
                    """)
                    .beyond(MarketBooks::tier);
            tier.each(sheet, member.getKey(), member.getValue());
        });
    }

    /** What the venue said stands beside what was made of it; both must be the same tier. */
    private static void tier(Row row) {
        PayloadFields fields = row.fields();
        Amount from = fields.figure("minNotional");
        if (from.signum() < 0 || fields.figure("maxNotional").compareTo(from) <= 0) {
            throw fields.refusal("maxNotional", "must be above minNotional " + from);
        }
        fields.absentOr("info", fields::fields).ifPresent(told -> {
            for (List<String> pair : List.of(
                    List.of("minNotional", "notionalFloor"),
                    List.of("maxNotional", "notionalCap"),
                    List.of("maintenanceMarginRate", "maintMarginRatio"))) {
                if (told.has(pair.getLast())
                        && !MarketTape.sameTo15Digits(told.figure(pair.getLast()), fields.figure(pair.getFirst()))) {
                    throw told.refusal(pair.getLast(), "must be " + pair.getFirst() + " of the same tier");
                }
            }
            told.blankOr("cum", told::figure)
                    .ifPresent(cum -> row.facts()
                            .fact(
                                    FactKind.PARAMETER,
                                    "info",
                                    "maintenance margin taken off",
                                    Figure.of(cum, row.unit("C"))));
        });
    }
}
