package io.bulwark.adapter.aave;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.COLLATERAL;
import static io.bulwark.adapter.fact.FactKind.DEBT;
import static io.bulwark.adapter.fact.FactKind.INTEREST;
import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;
import static io.bulwark.adapter.fact.PayloadKind.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.aave.AaveReserves.Reserve;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Accounts of a pool as its data provider or its index tells them.
 *
 * <p>A balance is scaled: times the reserve's index, half up as the pool rounds, it is what the account holds or owes at the reserve's last update, which is the
 * fact's horizon. Without the reserve's index it is told as scaled and is no holding. Two figures of the index mislead, and are never holdings: the
 * balance at the account's last action, which stands still while interest runs, and the index that the account's own row repeats, which is that of its last action.
 */
final class AaveAccounts {
    private static final int RAY = 27;
    private static final int WAD = 18;

    /** The pool's word for "owes nothing". */
    private static final BigInteger NO_DEBT = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

    private AaveAccounts() {}

    static List<PayloadKind> kinds() {
        Predicate<JsonNode> held = having("scaledATokenBalance").or(having("currentATokenBalance", "reserve"));
        Predicate<JsonNode> reserve = having("symbol", "liquidityIndex").and(lacking("strategies"));
        return List.of(
                new PayloadKind("userReserves", body -> rows(held).test(users(body)), AaveAccounts::account),
                new PayloadKind(
                        "user of the index",
                        body -> rows(held).test(body.path("user").path("reserves")),
                        (body, sheet) -> sheet.one("", body, fields -> named(fields.fields("user"), sheet))),
                new PayloadKind(
                        "users of the index",
                        body -> rows(having("id", "reserves")).test(body.path("users")),
                        (body, sheet) -> sheet.each("users", body.get("users"), fields -> named(fields, sheet))),
                new PayloadKind("reserves", body -> rows(reserve).test(reserves(body)), AaveAccounts::pool),
                PayloadKind.one("getUserAccountData", having("healthFactor", "ltv"), AaveAccounts::summary),
                PayloadKind.one(
                        "getUserReserveData",
                        having("currentATokenBalance", "usageAsCollateralEnabled"),
                        (fields, sheet) -> AaveDecoder.WORDS.read(sheet, fields, "current")));
    }

    private static JsonNode users(JsonNode body) {
        return body.isArray() ? body : body.has("userReserves") ? body.get("userReserves") : body.path("0");
    }

    private static JsonNode reserves(JsonNode body) {
        if (body.isArray()) {
            return body;
        }
        for (String name : List.of("reservesData", "reserves")) {
            if (body.has(name)) {
                return body.get(name);
            }
        }
        return body.path("0");
    }

    private static void account(JsonNode body, FactSheet sheet) {
        JsonNode pool = body.isObject() && !body.has("0") ? reserves(body) : JsonNodeFactory.instance.arrayNode();
        Map<String, Reserve> known = AaveReserves.of("aave", pool);
        String path = body.isArray() ? "" : body.has("userReserves") ? "userReserves" : "0";
        sheet.each(path, users(body), fields -> holding(fields, sheet, known));
        if (body.isObject()) {
            rest(body, sheet, List.of("userReserves", "0", "userEmodeCategoryId", "1"), !pool.isEmpty());
        }
    }

    private static void pool(JsonNode body, FactSheet sheet) {
        if (body.isArray()) {
            sheet.each("", body, fields -> AaveReserves.read(fields, sheet, Optional.empty()));
        } else {
            rest(body, sheet, List.of(), true);
        }
    }

    /** The currency of the prices, and the reserves where they are told; whatever else stands beside them is refused. */
    private static void rest(JsonNode body, FactSheet sheet, List<String> read, boolean reserves) {
        sheet.one("", body, fields -> {
            read.stream()
                    .filter(name -> !reserves || !name.equals("1"))
                    .forEach(name -> fields.absentOr(name, fields::node));
            Optional<Integer> currency = Optional.empty();
            for (String name : List.of("baseCurrencyData", "1")) {
                if (fields.has(name)
                        && body.get(name).isObject()
                        && !body.get(name).has("_hex")) {
                    PayloadFields told = fields.fields(name);
                    currency = AaveReserves.currency(told, sheet);
                    told.end();
                }
            }
            Optional<Integer> places = currency;
            for (String name : List.of("reservesData", "reserves", "0")) {
                if (reserves && fields.has(name)) {
                    sheet.each(name, fields.node(name), reserve -> AaveReserves.read(reserve, sheet, places));
                }
            }
        });
    }

    private static void named(PayloadFields user, FactSheet sheet) {
        String owner = user.text("id");
        sheet.each(user.pathOf("reserves"), user.node("reserves"), fields -> holding(fields, sheet, Map.of(), owner));
        for (String known : List.of("borrowedReservesCount", "eModeCategoryId", "unclaimedRewards", "__typename")) {
            user.absentOr(known, user::node);
        }
        user.end();
    }

    private static void holding(PayloadFields fields, FactSheet sheet, Map<String, Reserve> known) {
        String owner = fields.absentOr("user", fields::fields)
                .flatMap(user -> user.blankOr("id", user::text))
                .orElse("account not named");
        holding(fields, sheet, known, owner);
    }

    private static void holding(PayloadFields fields, FactSheet sheet, Map<String, Reserve> known, String owner) {
        Reserve reserve = fields.absentOr("reserve", fields::fields)
                .map(AaveReserves::of)
                .or(() -> fields.absentOr("underlyingAsset", fields::text)
                        .map(AaveReserves::address)
                        .map(known::get))
                .orElseGet(() -> AaveReserves.of(fields));
        fields.absentOr("underlyingAsset", fields::text);
        FactRow row = new FactRow(sheet, fields, reserve.symbol())
                .word("account", owner)
                .said("usageAsCollateralEnabledOnUser");
        frozen(fields, sheet, reserve, owner);
        reserve.updated()
                .filter(seconds -> seconds > 0)
                .ifPresent(seconds -> row.at(Math.multiplyExact(seconds, 1_000)));
        fields.blankOr("scaledATokenBalance", fields::unsigned).ifPresent(scaled -> {
            row.fact(ACCOUNT, "scaledATokenBalance", "scaled supply", scaled(reserve, scaled));
            reserve.liquidityIndex()
                    .filter(index -> reserve.decimals().isPresent())
                    .map(index -> AaveInterest.rayMul(scaled, index))
                    .ifPresent(held -> row.fact(
                            COLLATERAL, "scaledATokenBalance", "supplied, at the index", tokens(reserve, held)));
        });
        fields.blankOr("scaledVariableDebt", fields::unsigned).ifPresent(scaled -> {
            row.fact(ACCOUNT, "scaledVariableDebt", "scaled variable debt", scaled(reserve, scaled));
            reserve.borrowIndex()
                    .filter(index -> scaled.signum() > 0 && reserve.decimals().isPresent())
                    .map(index -> AaveInterest.rayMul(scaled, index))
                    .ifPresent(owed ->
                            row.fact(DEBT, "scaledVariableDebt", "variable debt, at the index", tokens(reserve, owed)));
        });
        stable(fields, sheet, reserve, owner);
        AaveDecoder.WORDS.read(row, "balance");
    }

    /** What the index wrote down when the account last did something. */
    private static void frozen(PayloadFields fields, FactSheet sheet, Reserve reserve, String owner) {
        FactRow row = new FactRow(sheet, fields, reserve.symbol()).word("account", owner);
        fields.absentOr("lastUpdateTimestamp", fields::whole)
                .filter(seconds -> seconds > 0)
                .ifPresent(seconds -> row.at(Math.multiplyExact(seconds, 1_000)));
        for (String name : List.of("currentATokenBalance", "currentVariableDebt", "currentStableDebt")) {
            fields.blankOr(name, fields::unsigned)
                    .ifPresent(value -> row.fact(
                            ACCOUNT,
                            name,
                            name.equals("currentATokenBalance")
                                    ? "supply at the account's last action"
                                    : name.equals("currentVariableDebt")
                                            ? "variable debt at the account's last action"
                                            : "stable-rate debt at the account's last action",
                            tokens(reserve, value)));
        }
    }

    /** The principal of stable-rate debt is exact at its own last update. */
    private static void stable(PayloadFields fields, FactSheet sheet, Reserve reserve, String owner) {
        FactRow row = new FactRow(sheet, fields, reserve.symbol()).word("account", owner);
        for (String name : List.of("stableBorrowLastUpdateTimestamp", "stableRateLastUpdated")) {
            fields.absentOr(name, fields::unsigned)
                    .filter(seconds -> seconds.signum() > 0)
                    .ifPresent(seconds -> row.at(Math.multiplyExact(seconds.longValueExact(), 1_000)));
        }
        fields.blankOr("principalStableDebt", fields::unsigned)
                .filter(owed -> owed.signum() > 0)
                .ifPresent(owed -> row.fact(
                        DEBT, "principalStableDebt", "stable-rate debt, before interest since", tokens(reserve, owed)));
        fields.blankOr("stableBorrowRate", fields::unsigned)
                .filter(rate -> rate.signum() > 0)
                .ifPresent(rate -> row.fact(
                        INTEREST,
                        "stableBorrowRate",
                        "stable borrow rate of the account, a year",
                        Figure.counted(rate, RAY, Figure.RATIO)));
    }

    private static Figure tokens(Reserve reserve, BigInteger units) {
        return reserve.decimals()
                .map(places -> Figure.counted(units, places, reserve.symbol()))
                .orElseGet(() -> Figure.counted(units, 0, "smallest units of " + reserve.symbol()));
    }

    private static Figure scaled(Reserve reserve, BigInteger units) {
        Figure tokens = tokens(reserve, units);
        return new Figure(tokens.value(), "scaled " + tokens.unit(), tokens.scale());
    }

    /** What the pool sums up: in dollars of eight decimals since its third generation, in ether before. */
    private static void summary(PayloadFields fields, FactSheet sheet) {
        FactRow row = new FactRow(sheet, fields, "account");
        AaveDecoder.WORDS.read(row, fields.has("totalCollateralETH") ? "in ether" : "in dollars");
        AaveDecoder.WORDS.read(row, "summary");
        BigInteger health = fields.unsigned("healthFactor");
        if (health.equals(NO_DEBT)) {
            row.word("health", "owes nothing").terms(ACCOUNT, "health factor");
        } else {
            row.fact(ACCOUNT, "healthFactor", "health factor", Figure.counted(health, WAD, Figure.RATIO));
        }
    }
}
