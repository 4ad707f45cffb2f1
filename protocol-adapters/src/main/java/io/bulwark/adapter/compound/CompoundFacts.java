package io.bulwark.adapter.compound;

import static io.bulwark.adapter.fact.FactKind.INSTRUMENT;
import static io.bulwark.adapter.fact.FactKind.LIMIT;
import static io.bulwark.adapter.fact.FactKind.PARAMETER;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactRow;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.Figure;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import io.bulwark.clearing.money.Amount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the configuration of one market says. */
public final class CompoundFacts implements VenueDecoder {
    private static final String VENUE = "compound";
    private static final Pattern SCALED = Pattern.compile("(\\d[\\d_]{0,59}(?:\\.\\d{1,40})?)e(\\d{1,2})");
    private static final Amount ONE = Amount.of(1);

    private static final Map<String, String> RATES = Map.of(
            "supplyKink", "utilisation at which the supply rate bends",
            "supplySlopeLow", "slope of the supply rate below the kink, a year",
            "supplySlopeHigh", "slope of the supply rate above the kink, a year",
            "supplyBase", "supply rate at no utilisation, a year",
            "borrowKink", "utilisation at which the borrowing rate bends",
            "borrowSlopeLow", "slope of the borrowing rate below the kink, a year",
            "borrowSlopeHigh", "slope of the borrowing rate above the kink, a year",
            "borrowBase", "borrowing rate at no utilisation, a year");

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        List<PayloadKind> kinds = new ArrayList<>(CompoundAccounts.kinds());
        kinds.add(new PayloadKind(
                "configuration",
                PayloadKind.having("baseToken", "assets", "rates"),
                (body, sheet) -> market(PayloadFields.of(VENUE, "", body), sheet)));
        kinds.add(PayloadKind.one("roots", PayloadKind.having("comet", "configurator"), CompoundFacts::roots));
        return List.copyOf(kinds);
    }

    /** The contracts of a market by their names. */
    private static void roots(PayloadFields fields, FactSheet sheet) {
        FactRow row = new FactRow(sheet, fields, "market");
        fields.names().forEach(row::said);
        row.terms(INSTRUMENT, "contracts of a market");
    }

    private static void market(PayloadFields fields, FactSheet sheet) {
        String base = fields.text("baseToken");
        fields.absentOr("assets", fields::fields).ifPresent(assets -> {
            for (String asset : assets.names()) {
                sheet.row(() -> asset(assets.fields(asset), asset, sheet));
            }
        });
        sheet.row(() -> {
            FactRow row = new FactRow(sheet, fields, base)
                    .said(
                            "name",
                            "symbol",
                            "baseTokenAddress",
                            "baseTokenPriceFeed",
                            "rewardToken",
                            "rewardTokenAddress")
                    .terms(INSTRUMENT, "base token of a market");
            int scale = scale(fields);
            amount(row, fields, "borrowMin", LIMIT, "smallest loan", scale, base);
            amount(row, fields, "targetReserves", PARAMETER, "reserves up to which collateral is sold", scale, base);
            ratio(row, fields, "storeFrontPriceFactor", "share of the liquidation discount that buyers get");
            for (String known : List.of(
                    "governor",
                    "pauseGuardian",
                    "assets",
                    "baseBulker",
                    "rewardTokenPriceFeed",
                    "baseTokenPriceFeedDescription")) {
                fields.absentOr(known, fields::node);
            }
            rates(fields.fields("rates"), base, sheet);
            fields.absentOr("tracking", fields::fields).ifPresent(tracking -> tracking(tracking, base, scale, sheet));
            fields.end();
        });
    }

    private static void rates(PayloadFields rates, String base, FactSheet sheet) {
        FactRow row = new FactRow(sheet, rates, base);
        for (String name : rates.names()) {
            String measure = Optional.ofNullable(RATES.get(name)).orElse("");
            if (!measure.isEmpty()) {
                if (rates.figure(name).signum() < 0) {
                    throw rates.refusal(name, "must be >= 0");
                }
                row.must(PARAMETER, name, measure, Figure.RATIO);
            }
        }
        rates.end();
    }

    private static void tracking(PayloadFields tracking, String base, int scale, FactSheet sheet) {
        FactRow row = new FactRow(sheet, tracking, base);
        amount(row, tracking, "baseMinForRewards", PARAMETER, "least base that earns rewards", scale, base);
        if (tracking.has("indexScale")) {
            Matcher parts = scaled(tracking, "indexScale");
            int places = Integer.parseInt(parts.group(2));
            row.fact(
                    PARAMETER,
                    "indexScale",
                    "scale of reward indexes",
                    Figure.of(Amount.of(units(parts)), Figure.RATIO));
            speed(row, tracking, "baseSupplySpeed", "rewards to suppliers", places);
            speed(row, tracking, "baseBorrowSpeed", "rewards to borrowers", places);
        }
        tracking.end();
    }

    private static void asset(PayloadFields fields, String asset, FactSheet sheet) {
        FactRow row = new FactRow(sheet, fields, asset).said("address", "priceFeed");
        row.must(INSTRUMENT, "decimals", "decimals", Figure.RATIO);
        Amount borrow = ratio(row, fields, "borrowCF", "share of value that may be borrowed");
        Amount liquidate = ratio(row, fields, "liquidateCF", "share of value at which an account is liquidated");
        if (borrow.compareTo(liquidate) > 0) {
            throw fields.refusal("borrowCF", "must be <= liquidateCF " + liquidate);
        }
        ratio(row, fields, "liquidationFactor", "share of value that a liquidated account is credited");
        int decimals = Math.toIntExact(fields.whole("decimals"));
        amount(row, fields, "supplyCap", LIMIT, "highest supply", decimals, asset);
        fields.end();
    }

    /** A fraction of 0 to 1. */
    private static Amount ratio(FactRow row, PayloadFields fields, String field, String measure) {
        Amount value = fields.figure(field);
        if (value.signum() < 0 || value.compareTo(ONE) > 0) {
            throw fields.refusal(field, "must be 0 to 1");
        }
        row.must(PARAMETER, field, measure, Figure.RATIO);
        return value;
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
    private static void amount(
            FactRow row, PayloadFields fields, String field, FactKind kind, String measure, int scale, String unit) {
        if (fields.has(field)) {
            BigDecimal units = units(scaled(fields, field));
            if (units.stripTrailingZeros().scale() > 0) {
                throw fields.refusal(field, "must be a whole number of the token's unit");
            }
            row.fact(kind, field, measure, Figure.counted(units.toBigIntegerExact(), scale, unit));
        }
    }

    /** A speed of rewards, which may be a fraction of the smallest unit a second. */
    private static void speed(FactRow row, PayloadFields fields, String field, String measure, int places) {
        if (fields.has(field)) {
            BigDecimal tokens = units(scaled(fields, field)).scaleByPowerOfTen(-places);
            row.fact(PARAMETER, field, measure, Figure.of(Amount.of(tokens), "reward tokens a second"));
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
