package io.bulwark.adapter.compound;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the configuration of one market says, and what its contract answers. What the fields mean stands in {@code compound.csv}.
 *
 * <p>A principal above zero is lent and below zero owed. Times its own side's index, over 10¹⁵, rounded down as the contract's own reads
 * round, it is the balance at the market's last accrual; an answer that does not hold the index tells the principal and no holding.
 */
public final class CompoundDecoder implements VenueDecoder {
    private static final Pattern SCALED = Pattern.compile("(\\d[\\d_]{0,59}(?:\\.\\d{1,40})?)e(\\d{1,2})");
    private static final Amount ONE = Amount.of(1);
    private static final BigInteger FACTOR_SCALE = BigInteger.TEN.pow(18);
    private static final BigInteger INDEX_SCALE = BigInteger.TEN.pow(15);
    private static final String BASE = "smallest units of the base token";

    private static final Glossary WORDS = Glossary.of(CompoundDecoder.class, "compound.csv")
            .told("short", body -> body.size() <= 2)
            .body("configuration", CompoundDecoder::market)
            .step("user and totals", CompoundDecoder::userAndTotals)
            .step("principal", CompoundDecoder::principal)
            .step("tracked", row -> row.fields().unsigned("baseTrackingIndex"))
            .step("assets in", CompoundDecoder::assetsIn)
            .step("totals", CompoundDecoder::totals)
            .step("decimals", CompoundDecoder::decimals)
            .step("factors", CompoundDecoder::factors)
            .step("highest supply", CompoundDecoder::highestSupply)
            .step("contracts", CompoundDecoder::contracts)
            .step("fractions", CompoundDecoder::fractions)
            .step("cap", CompoundDecoder::cap)
            .step("amounts", CompoundDecoder::amounts)
            .step("discount", row -> requireFractions(row.fields(), "storeFrontPriceFactor"))
            .step("tracking", CompoundDecoder::tracking)
            .build();

    @Override
    public Glossary glossary() {
        return WORDS;
    }

    private static void userAndTotals(FactRow row) {
        FactSheet sheet = row.sheet();
        PayloadFields totals = row.fields().fields("totalsBasic");
        WORDS.read(sheet, totals, "totalsBasic");
        totals.end();
        PayloadFields user = row.fields().fields("userBasic");
        FactRow account = new FactRow(sheet, user, "account");
        totals.blankOr("lastAccrualTime", totals::whole)
                .ifPresent(seconds -> account.at(Math.multiplyExact(seconds, 1_000)));
        WORDS.read(account, "principal");
        BigInteger principal = user.counted("principal");
        if (principal.signum() != 0) {
            boolean owed = principal.signum() < 0;
            account.fact(
                    owed ? FactKind.DEBT : FactKind.COLLATERAL,
                    "principal",
                    owed ? "owed, at the index" : "lent, at the index",
                    atIndex(principal.abs(), totals, owed ? "baseBorrowIndex" : "baseSupplyIndex"));
        }
        WORDS.read(account, "rewards");
        user.end();
    }

    /** Signed, as no other number that the contract counts. */
    private static void principal(FactRow row) {
        Figure principal = Figure.counted(row.fields().counted("principal"), 0, BASE);
        row.fact(FactKind.ACCOUNT, "principal", "base principal, before the index", principal);
    }

    private static Figure atIndex(BigInteger principal, PayloadFields totals, String index) {
        return Figure.counted(principal.multiply(totals.unsigned(index)).divide(INDEX_SCALE), 0, BASE);
    }

    private static void assetsIn(FactRow row) {
        row.fields()
                .absentOr("assetsIn", row.fields()::unsigned)
                .ifPresent(assets ->
                        row.word("assets in", assets.toString(2)).terms(FactKind.ACCOUNT, "collateral assets by bit"));
    }

    private static void totals(FactRow row) {
        PayloadFields fields = row.fields();
        fields.absentOr("totalSupplyBase", fields::unsigned)
                .map(lent -> atIndex(lent, fields, "baseSupplyIndex"))
                .ifPresent(lent -> row.fact(FactKind.SIZE, "totalSupplyBase", "lent by all, at the index", lent));
        fields.absentOr("totalBorrowBase", fields::unsigned)
                .map(owed -> atIndex(owed, fields, "baseBorrowIndex"))
                .ifPresent(owed -> row.fact(FactKind.SIZE, "totalBorrowBase", "owed by all, at the index", owed));
    }

    private static void decimals(FactRow row) {
        BigInteger decimals = BigInteger.valueOf(places(row.fields()));
        row.fact(FactKind.INSTRUMENT, "scale", "decimals", Figure.counted(decimals, 0, Figure.RATIO));
    }

    private static int places(PayloadFields fields) {
        String digits = fields.unsigned("scale").toString();
        if (!digits.matches("10{0,18}")) {
            throw fields.refusal("scale", "must be a power of ten");
        }
        return digits.length() - 1;
    }

    private static void factors(FactRow row) {
        PayloadFields fields = row.fields();
        for (String field : List.of("borrowCollateralFactor", "liquidateCollateralFactor", "liquidationFactor")) {
            if (fields.unsigned(field).compareTo(FACTOR_SCALE) > 0) {
                throw fields.refusal(field, "must be 0 to 10^18");
            }
        }
        if (fields.unsigned("borrowCollateralFactor").compareTo(fields.unsigned("liquidateCollateralFactor")) > 0) {
            throw fields.refusal("borrowCollateralFactor", "must be <= liquidateCollateralFactor");
        }
    }

    private static void highestSupply(FactRow row) {
        Figure cap = Figure.counted(row.fields().unsigned("supplyCap"), places(row.fields()), row.subject());
        row.fact(FactKind.LIMIT, "supplyCap", "highest supply", cap);
    }

    private static void contracts(FactRow row) {
        row.fields().names().forEach(row::said);
        row.terms(FactKind.INSTRUMENT, "contracts of a market");
    }

    private static void market(JsonNode body, FactSheet sheet) {
        PayloadFields fields = sheet.fields("", body);
        String base = fields.text("baseToken");
        fields.absentOr("assets", fields::fields)
                .ifPresent(assets ->
                        assets.names().forEach(asset -> row(sheet, () -> assets.fields(asset), asset, "asset")));
        row(sheet, () -> fields, base, "base token");
    }

    private static void row(FactSheet sheet, Supplier<PayloadFields> told, String subject, String table) {
        sheet.row(() -> {
            PayloadFields fields = told.get();
            WORDS.read(new FactRow(sheet, fields, subject), table);
            fields.end();
        });
    }

    private static void fractions(FactRow row) {
        PayloadFields fields = row.fields();
        requireFractions(fields, "borrowCF", "liquidateCF", "liquidationFactor");
        Amount liquidate = fields.numberOrText("liquidateCF");
        if (fields.numberOrText("borrowCF").compareTo(liquidate) > 0) {
            throw fields.refusal("borrowCF", "must be <= liquidateCF " + liquidate);
        }
    }

    private static void requireFractions(PayloadFields fields, String... names) {
        for (String field : names) {
            if (fields.numberOrText(field).compareTo(ONE) > 0) {
                throw fields.refusal(field, "must be 0 to 1");
            }
        }
    }

    private static void cap(FactRow row) {
        int decimals = Math.toIntExact(row.fields().whole("decimals"));
        amount(row, "supplyCap", FactKind.LIMIT, "highest supply", decimals);
    }

    private static void amounts(FactRow row) {
        int scale = scale(row.fields());
        amount(row, "borrowMin", FactKind.LIMIT, "smallest loan", scale);
        amount(row, "targetReserves", FactKind.PARAMETER, "reserves up to which collateral is sold", scale);
    }

    private static void tracking(FactRow row) {
        row.fields().absentOr("tracking", row.fields()::fields).ifPresent(tracking -> {
            FactRow of = row.inner(tracking);
            amount(of, "baseMinForRewards", FactKind.PARAMETER, "least base that earns rewards", scale(row.fields()));
            if (tracking.has("indexScale")) {
                Matcher parts = scaled(tracking, "indexScale");
                int places = Integer.parseInt(parts.group(2));
                Figure scale = Figure.of(Amount.of(units(parts)), Figure.RATIO);
                of.fact(FactKind.PARAMETER, "indexScale", "scale of reward indexes", scale);
                speed(of, "baseSupplySpeed", "rewards to suppliers", places);
                speed(of, "baseBorrowSpeed", "rewards to borrowers", places);
            }
            tracking.end();
        });
    }

    /** The decimals of the base token, which no field tells: the highest exponent in which its amounts are written. */
    private static int scale(PayloadFields fields) {
        int scale = 0;
        for (String field : List.of("targetReserves", "borrowMin")) {
            if (fields.has(field)) {
                scale = Math.max(scale, Integer.parseInt(scaled(fields, field).group(2)));
            }
        }
        return scale;
    }

    /** An amount in the token's smallest unit: {@code 100e6} is a hundred at six decimals, {@code 1e0} one millionth. */
    private static void amount(FactRow row, String field, FactKind kind, String measure, int scale) {
        PayloadFields fields = row.fields();
        if (fields.has(field)) {
            BigDecimal units = units(scaled(fields, field));
            if (units.stripTrailingZeros().scale() > 0) {
                throw fields.refusal(field, "must be a whole number of the token's unit");
            }
            row.fact(kind, field, measure, Figure.counted(units.toBigIntegerExact(), scale, row.subject()));
        }
    }

    /** A speed of rewards, which may be a fraction of the smallest unit a second. */
    private static void speed(FactRow row, String field, String measure, int places) {
        if (row.fields().has(field)) {
            BigDecimal tokens = units(scaled(row.fields(), field)).scaleByPowerOfTen(-places);
            row.fact(FactKind.PARAMETER, field, measure, Figure.of(Amount.of(tokens), "reward tokens a second"));
        }
    }

    private static BigDecimal units(Matcher parts) {
        return new BigDecimal(parts.group(1).replace("_", "")).scaleByPowerOfTen(Integer.parseInt(parts.group(2)));
    }

    private static Matcher scaled(PayloadFields fields, String field) {
        Matcher parts = SCALED.matcher(fields.text(field));
        if (!parts.matches()) {
            throw fields.refusal(
                    field, "must be a number with the exponent of its decimals, such as 100e6 or 7_500e18");
        }
        return parts;
    }
}
