package io.bulwark.adapter.aave;

import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SIZE;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The reserves of a pool as its data provider or its index tells them: shares in basis points, rates and indexes in ray, amounts in the token's smallest unit,
 * caps in whole tokens, prices in the pool's reference currency at that currency's decimals. A price whose currency's decimals nobody tells is refused; the
 * rest of its reserve is read.
 */
final class AaveReserves {
    private static final int RAY = 27;
    private static final int CENTS = 2;
    private static final int DOLLARS = 8;

    private AaveReserves() {}

    /**
     * What an account's rows need of a reserve.
     *
     * @param symbol the token
     * @param decimals of the token; empty where nobody tells them
     * @param liquidityIndex of what is supplied, in ray, at the reserve's last update
     * @param borrowIndex of what is owed at the variable rate, in ray, at the reserve's last update
     * @param updated the time of the last update, epoch seconds
     */
    record Reserve(
            String symbol,
            Optional<Integer> decimals,
            Optional<BigInteger> liquidityIndex,
            Optional<BigInteger> borrowIndex,
            Optional<Long> updated) {}

    /** The reserves of rows, by their token's address in small letters; a row that breaks a rule is none, its own reading refuses it. */
    static Map<String, Reserve> of(String venue, JsonNode rows) {
        Map<String, Reserve> reserves = new HashMap<>();
        for (JsonNode row : rows) {
            tolerated(venue, row)
                    .ifPresent(reserve ->
                            reserves.put(address(row.path("underlyingAsset").asText()), reserve));
        }
        return reserves;
    }

    private static Optional<Reserve> tolerated(String venue, JsonNode row) {
        try {
            return Optional.of(of(PayloadFields.of(venue, "reserve", row)));
        } catch (PayloadRefused e) {
            return Optional.empty();
        }
    }

    static Reserve of(PayloadFields fields) {
        return new Reserve(
                symbol(fields),
                fields.absentOr("decimals", name -> places(fields, name)),
                fields.blankOr("liquidityIndex", fields::unsigned),
                fields.blankOr("variableBorrowIndex", fields::unsigned),
                fields.absentOr("lastUpdateTimestamp", fields::whole));
    }

    static String address(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String symbol(PayloadFields fields) {
        return fields.blankOr("symbol", fields::text)
                .or(() -> fields.blankOr("underlyingAsset", fields::text))
                .orElse("token not named");
    }

    /** The decimals of the currency of prices, where the answer tells them beside the reserves. */
    static Optional<Integer> currency(PayloadFields fields, FactSheet sheet) {
        FactRow row = new FactRow(sheet, fields, "reference currency");
        Optional<Integer> decimals = fields.absentOr("marketReferenceCurrencyDecimals", name -> places(fields, name))
                .or(() -> fields.absentOr("marketReferenceCurrencyUnit", name -> power(fields, name)));
        fields.absentOr("marketReferenceCurrencyPriceInUsd", fields::counted)
                .ifPresent(value -> row.fact(
                        PRICE,
                        "marketReferenceCurrencyPriceInUsd",
                        "price of the reference currency",
                        Figure.counted(value, DOLLARS, "USD per reference currency")));
        int places = fields.absentOr("networkBaseTokenPriceDecimals", name -> places(fields, name))
                .orElse(DOLLARS);
        fields.absentOr("networkBaseTokenPriceInUsd", fields::counted)
                .ifPresent(value -> row.fact(
                        PRICE,
                        "networkBaseTokenPriceInUsd",
                        "price of the network's token",
                        Figure.counted(value, places, "USD per network token")));
        return decimals;
    }

    /** One reserve. */
    static void read(PayloadFields fields, FactSheet sheet, Optional<Integer> currency) {
        Reserve reserve = of(fields);
        FactRow row = new FactRow(sheet, fields, reserve.symbol()).said("underlyingAsset");
        for (String word : fields.names()) {
            if (fields.node(word).isBoolean() || word.endsWith("TokenAddress") || word.equals("eModeCategoryId")) {
                row.said(word);
            }
        }
        reserve.updated()
                .filter(seconds -> seconds > 0)
                .ifPresent(seconds -> row.at(Math.multiplyExact(seconds, 1_000)));
        fields.absentOr("decimals", name -> places(fields, name))
                .ifPresent(places -> row.fact(
                        INSTRUMENT, "decimals", "decimals", Figure.counted(BigInteger.valueOf(places), 0, "1")));
        AaveDecoder.WORDS.read(row, "reserve");
        amounts(fields, row, reserve);
        sheet.row(() -> price(fields, row, reserve.symbol(), currency));
    }

    private static void amounts(PayloadFields fields, FactRow row, Reserve reserve) {
        int ceiling = fields.absentOr("debtCeilingDecimals", name -> places(fields, name))
                .orElse(CENTS);
        Map<String, String> places = new HashMap<>(Map.of("ceiling", Integer.toString(ceiling)));
        reserve.decimals().ifPresent(decimals -> places.put("decimals", Integer.toString(decimals)));
        AaveDecoder.WORDS.read(row.about(reserve.symbol(), places), "amounts");
        if (present(fields, "totalScaledVariableDebt")) {
            BigInteger scaled = fields.unsigned("totalScaledVariableDebt");
            BigInteger index = reserve.borrowIndex()
                    .orElseThrow(() -> fields.refusal("variableBorrowIndex", "is missing (absent is not zero)"));
            row.fact(
                    SIZE,
                    "totalScaledVariableDebt",
                    "variable debt of all, at the index of the last update",
                    tokens(fields, reserve, AaveInterest.rayMul(scaled, index)));
        }
    }

    private static Figure tokens(PayloadFields fields, Reserve reserve, BigInteger units) {
        int decimals =
                reserve.decimals().orElseThrow(() -> fields.refusal("decimals", "is missing (absent is not zero)"));
        return Figure.counted(units, decimals, reserve.symbol());
    }

    /** A price of 0, by which the pool says that there is none, gives no fact. */
    private static void price(PayloadFields fields, FactRow row, String symbol, Optional<Integer> currency) {
        if (!present(fields, "priceInMarketReferenceCurrency")) {
            return;
        }
        BigInteger price = fields.unsigned("priceInMarketReferenceCurrency");
        if (price.signum() > 0) {
            int places = currency.orElseThrow(() -> fields.refusal(
                    "priceInMarketReferenceCurrency",
                    "must come with the decimals of its currency (marketReferenceCurrencyDecimals)"));
            row.fact(
                    PRICE,
                    "priceInMarketReferenceCurrency",
                    "oracle price",
                    Figure.counted(price, places, "reference currency per " + symbol));
        }
    }

    private static boolean present(PayloadFields fields, String field) {
        return fields.blankOr(field, fields::node).isPresent();
    }

    static int places(PayloadFields fields, String field) {
        BigInteger places = fields.unsigned(field);
        if (places.bitLength() > 8 || places.intValue() > RAY) {
            throw fields.refusal(field, "must be 0 to " + RAY);
        }
        return places.intValue();
    }

    /** {@code 100000000} says eight decimals. */
    private static int power(PayloadFields fields, String field) {
        String digits = fields.unsigned(field).toString();
        if (!digits.matches("10*")) {
            throw fields.refusal(field, "must be a power of ten");
        }
        return digits.length() - 1;
    }
}
