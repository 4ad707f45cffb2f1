package io.bulwark.adapter.compound;

import static io.bulwark.adapter.fact.FactKind.ACCOUNT;
import static io.bulwark.adapter.fact.FactKind.COLLATERAL;
import static io.bulwark.adapter.fact.FactKind.DEBT;
import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.LIMIT;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;
import static io.bulwark.adapter.fact.FactKind.SIZE;
import static io.bulwark.adapter.fact.PayloadKind.having;
import static io.bulwark.adapter.fact.PayloadKind.lacking;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the contract of a market answers: an account's base principal, signed; its collateral; the market's totals and terms of an asset.
 *
 * <p>A principal above zero is lent and below zero owed. Times its own side's index, over 10¹⁵, rounded down as the contract's own reads round, it is the balance
 * at the market's last accrual; an answer that does not hold the index tells the principal and no holding. Collateral earns nothing, so its balance is what it is.
 * Amounts are in the token's smallest unit, for the answers do not name their tokens' decimals, except an asset's terms, which tell its scale.
 */
final class CompoundAccounts {
    private static final int FACTOR = 18;
    private static final int INDEX = 15;
    private static final BigInteger INDEX_SCALE = BigInteger.TEN.pow(INDEX);
    private static final String BASE = "smallest units of the base token";
    private static final String ASSET = "smallest units of the token";

    /** Indexes of a market, and the time of its last accrual in epoch seconds. */
    private record Accrual(BigInteger supply, BigInteger borrow, Optional<Long> seconds) {
        static Accrual of(PayloadFields totals) {
            return new Accrual(
                    totals.unsigned("baseSupplyIndex"),
                    totals.unsigned("baseBorrowIndex"),
                    totals.absentOr("lastAccrualTime", totals::whole));
        }
    }

    private CompoundAccounts() {}

    static List<PayloadKind> kinds() {
        return List.of(
                PayloadKind.one("userBasic and totalsBasic", having("userBasic", "totalsBasic"), (fields, sheet) -> {
                    PayloadFields totals = fields.fields("totalsBasic");
                    totals(totals, sheet);
                    totals.end();
                    PayloadFields user = fields.fields("userBasic");
                    basic(user, sheet, Optional.of(Accrual.of(totals)));
                    user.end();
                }),
                PayloadKind.one(
                        "userBasic",
                        having("principal", "baseTrackingIndex"),
                        (fields, sheet) -> basic(fields, sheet, Optional.empty())),
                PayloadKind.one("totalsBasic", having("baseSupplyIndex", "baseBorrowIndex"), CompoundAccounts::totals),
                PayloadKind.one(
                        "userCollateral",
                        having("balance").and(lacking("principal")).and(body -> body.size() <= 2),
                        CompoundAccounts::collateral),
                PayloadKind.one("totalsCollateral", having("totalSupplyAsset"), (fields, sheet) -> {
                    FactRow row = new FactRow(sheet, fields, "collateral asset not named");
                    counted(fields, row, "totalSupplyAsset", "supplied by all");
                    fields.absentOr("_reserved", fields::counted);
                }),
                PayloadKind.one(
                        "getAssetInfo",
                        having("scale", "borrowCollateralFactor", "liquidateCollateralFactor"),
                        CompoundAccounts::asset));
    }

    private static void basic(PayloadFields fields, FactSheet sheet, Optional<Accrual> market) {
        FactRow row = new FactRow(sheet, fields, "account");
        market.flatMap(Accrual::seconds).ifPresent(seconds -> row.at(Math.multiplyExact(seconds, 1_000)));
        BigInteger principal = fields.counted("principal");
        row.fact(ACCOUNT, "principal", "base principal, before the index", Figure.counted(principal, 0, BASE));
        market.filter(known -> principal.signum() != 0).ifPresent(known -> {
            boolean owed = principal.signum() < 0;
            BigInteger index = owed ? known.borrow() : known.supply();
            BigInteger balance = principal.abs().multiply(index).divide(INDEX_SCALE);
            row.fact(
                    owed ? DEBT : COLLATERAL,
                    "principal",
                    owed ? "owed, at the index" : "lent, at the index",
                    Figure.counted(balance, 0, BASE));
        });
        fields.unsigned("baseTrackingIndex");
        fields.absentOr("baseTrackingAccrued", fields::unsigned)
                .ifPresent(accrued -> row.fact(
                        ACCOUNT,
                        "baseTrackingAccrued",
                        "rewards accrued",
                        Figure.counted(accrued, 6, "reward tokens")));
        fields.absentOr("assetsIn", fields::unsigned)
                .ifPresent(
                        assets -> row.word("assets in", assets.toString(2)).terms(ACCOUNT, "collateral assets by bit"));
        fields.absentOr("_reserved", fields::counted);
    }

    private static void collateral(PayloadFields fields, FactSheet sheet) {
        FactRow row = new FactRow(sheet, fields, "collateral asset not named");
        row.fact(COLLATERAL, "balance", "supplied", Figure.counted(fields.unsigned("balance"), 0, ASSET));
        fields.absentOr("_reserved", fields::counted);
    }

    private static void totals(PayloadFields fields, FactSheet sheet) {
        Accrual accrual = Accrual.of(fields);
        FactRow row = new FactRow(sheet, fields, "market").said("pauseFlags");
        accrual.seconds().ifPresent(seconds -> row.at(Math.multiplyExact(seconds, 1_000)));
        row.fact(PARAMETER, "baseSupplyIndex", "supply index", Figure.counted(accrual.supply(), INDEX, Figure.RATIO));
        row.fact(PARAMETER, "baseBorrowIndex", "borrow index", Figure.counted(accrual.borrow(), INDEX, Figure.RATIO));
        for (Map.Entry<String, BigInteger> total : List.of(
                Map.entry("totalSupplyBase", accrual.supply()), Map.entry("totalBorrowBase", accrual.borrow()))) {
            fields.absentOr(total.getKey(), fields::unsigned)
                    .map(principal -> principal.multiply(total.getValue()).divide(INDEX_SCALE))
                    .ifPresent(balance -> row.fact(
                            SIZE,
                            total.getKey(),
                            total.getKey().equals("totalSupplyBase")
                                    ? "lent by all, at the index"
                                    : "owed by all, at the index",
                            Figure.counted(balance, 0, BASE)));
        }
        for (String known : List.of("trackingSupplyIndex", "trackingBorrowIndex")) {
            fields.absentOr(known, fields::unsigned);
        }
    }

    private static void asset(PayloadFields fields, FactSheet sheet) {
        String asset = fields.text("asset");
        FactRow row = new FactRow(sheet, fields, asset).said("offset", "priceFeed");
        int decimals = decimals(fields);
        row.fact(INSTRUMENT, "scale", "decimals", Figure.counted(BigInteger.valueOf(decimals), 0, Figure.RATIO));
        BigInteger borrow = factor(fields, row, "borrowCollateralFactor", "share of value that may be borrowed");
        BigInteger liquidate =
                factor(fields, row, "liquidateCollateralFactor", "share of value at which an account is liquidated");
        factor(fields, row, "liquidationFactor", "share of value that a liquidated account is credited");
        if (borrow.compareTo(liquidate) > 0) {
            throw fields.refusal("borrowCollateralFactor", "must be <= liquidateCollateralFactor");
        }
        row.fact(LIMIT, "supplyCap", "highest supply", Figure.counted(fields.unsigned("supplyCap"), decimals, asset));
    }

    private static int decimals(PayloadFields fields) {
        String digits = fields.unsigned("scale").toString();
        if (!digits.matches("10{0,18}")) {
            throw fields.refusal("scale", "must be a power of ten");
        }
        return digits.length() - 1;
    }

    private static BigInteger factor(PayloadFields fields, FactRow row, String field, String measure) {
        BigInteger factor = fields.unsigned(field);
        if (factor.compareTo(BigInteger.TEN.pow(FACTOR)) > 0) {
            throw fields.refusal(field, "must be 0 to 10^18");
        }
        row.fact(PARAMETER, field, measure, Figure.counted(factor, FACTOR, Figure.RATIO));
        return factor;
    }

    private static void counted(PayloadFields fields, FactRow row, String field, String measure) {
        row.fact(SIZE, field, measure, Figure.counted(fields.unsigned(field), 0, ASSET));
    }
}
