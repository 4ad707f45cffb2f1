package io.bulwark.adapter.aave;

import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.INTEREST;
import static io.bulwark.adapter.fact.FactKind.LIMIT;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;
import static io.bulwark.adapter.fact.FactKind.PRICE;
import static io.bulwark.adapter.fact.FactKind.SIZE;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The reserves of a pool as its data provider or its index tells them: shares in basis points, rates and indexes in ray, amounts in the token's smallest unit,
 * caps in whole tokens, prices in the pool's reference currency at that currency's decimals. A price whose currency's decimals nobody tells is refused; the
 * rest of its reserve is read.
 */
final class AaveReserves {
    private static final int BASIS_POINTS = 4;
    private static final int RAY = 27;
    private static final int CENTS = 2;
    private static final int DOLLARS = 8;

    private static final List<String> IDLE = List.of(
            "originalId",
            "id",
            "name",
            "price",
            "pool",
            "aToken",
            "vToken",
            "sToken",
            "lastUpdateTimestamp",
            "decimals",
            "eModes",
            "interestRateStrategyAddress",
            "priceOracle",
            "accruedToTreasury",
            "stableDebtLastUpdateTimestamp",
            "debtCeilingDecimals",
            "eModeLabel",
            "eModeLiquidationBonus",
            "eModeLiquidationThreshold",
            "eModeLtv",
            "eModePriceSource");

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
        shares(fields, row);
        rates(fields, row);
        amounts(fields, row, reserve);
        sheet.row(() -> price(fields, row, reserve.symbol(), currency));
        IDLE.forEach(known -> fields.absentOr(known, fields::node));
    }

    private static void shares(PayloadFields fields, FactRow row) {
        counted(
                fields,
                row,
                PARAMETER,
                BASIS_POINTS,
                "1",
                "baseLTVasCollateral",
                "share of value that may be borrowed");
        counted(
                fields,
                row,
                PARAMETER,
                BASIS_POINTS,
                "1",
                "reserveLiquidationThreshold",
                "share of value at which an account is liquidated");
        counted(
                fields,
                row,
                PARAMETER,
                BASIS_POINTS,
                "1",
                "reserveLiquidationBonus",
                "collateral seized over debt repaid");
        counted(fields, row, PARAMETER, BASIS_POINTS, "1", "reserveFactor", "protocol's share of the interest");
    }

    private static void rates(PayloadFields fields, FactRow row) {
        counted(fields, row, PARAMETER, RAY, "1", "liquidityIndex", "supply index");
        counted(fields, row, PARAMETER, RAY, "1", "variableBorrowIndex", "variable borrow index");
        for (String share : List.of("optimalUsageRatio", "optimalUtilisationRate")) {
            counted(fields, row, PARAMETER, RAY, "1", share, "optimal usage ratio");
        }
        counted(fields, row, INTEREST, RAY, "1", "liquidityRate", "supply rate, a year");
        counted(fields, row, INTEREST, RAY, "1", "variableBorrowRate", "variable borrow rate, a year");
        counted(fields, row, INTEREST, RAY, "1", "stableBorrowRate", "stable borrow rate, a year");
        counted(fields, row, INTEREST, RAY, "1", "averageStableRate", "average stable rate, a year");
        for (String name : List.of(
                "variableRateSlope1",
                "variableRateSlope2",
                "stableRateSlope1",
                "stableRateSlope2",
                "baseVariableBorrowRate",
                "baseStableBorrowRate")) {
            counted(
                    fields,
                    row,
                    INTEREST,
                    RAY,
                    "1",
                    name,
                    name.replaceAll("([A-Z0-9])", " $1").toLowerCase(Locale.ROOT) + ", a year");
        }
    }

    private static void amounts(PayloadFields fields, FactRow row, Reserve reserve) {
        String symbol = reserve.symbol();
        int ceiling = fields.absentOr("debtCeilingDecimals", name -> places(fields, name))
                .orElse(CENTS);
        counted(fields, row, LIMIT, 0, symbol, "supplyCap", "highest supply, 0 for none");
        counted(fields, row, LIMIT, 0, symbol, "borrowCap", "highest borrowing, 0 for none");
        counted(fields, row, LIMIT, ceiling, "USD", "debtCeiling", "debt ceiling in isolation, 0 for none");
        counted(fields, row, SIZE, ceiling, "USD", "isolationModeTotalDebt", "debt in isolation");
        for (Map.Entry<String, String> amount : Map.of(
                        "availableLiquidity", "available liquidity",
                        "virtualUnderlyingBalance", "available liquidity by the pool's own count",
                        "deficit", "loss that nobody owes",
                        "unbacked", "supplied without backing",
                        "totalPrincipalStableDebt", "stable-rate debt of all, before interest")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            if (present(fields, amount.getKey())) {
                BigInteger units = fields.unsigned(amount.getKey());
                row.fact(SIZE, amount.getKey(), amount.getValue(), tokens(fields, reserve, units));
            }
        }
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

    private static void counted(
            PayloadFields fields, FactRow row, FactKind kind, int scale, String unit, String field, String measure) {
        fields.blankOr(field, fields::unsigned)
                .ifPresent(value -> row.fact(kind, field, measure, Figure.counted(value, scale, unit)));
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
