package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.ReferenceCase;
import io.bulwark.netting.venuemargin.CoinMarginPosition;
import io.bulwark.netting.venuemargin.DeribitParameters;
import io.bulwark.netting.venuemargin.DeribitPortfolioMargin;
import io.bulwark.netting.venuemargin.DeribitPortfolioMargin.DeribitMargin;
import io.bulwark.netting.venuemargin.DeribitPortfolioMargin.Rule;
import io.bulwark.netting.venuemargin.DeribitPortfolioMargin.VenueCharges;
import io.bulwark.netting.venuemargin.VolatilityShock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Deribit's private/pme/simulate: the venue's own model parameters, index and positions in, its figures out. */
final class DeribitCases implements Computation {
    private static final String KIND = "deribit.pme";

    /** The extended table of the reference data. */
    private static final List<Double> EXTENDED_MOVES = List.of(-0.66, -0.33, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0);

    private static final double YEAR_MILLIS = 365.0 * 86_400_000;
    private static final LocalTime SETTLEMENT = LocalTime.of(8, 0);
    private static final DateTimeFormatter EXPIRY = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("dMMMyy")
            .toFormatter(Locale.ROOT);

    @Override
    public boolean knows(String kind) {
        return kind.equals(KIND);
    }

    @Override
    public Optional<JsonNode> compute(ReferenceCase asked) {
        CaseFields fields = CaseFields.of(asked.file().getFileName() + ", case " + asked.name(), asked.inputs());
        return BadInput.refusing(
                asked.where("inputs"),
                "",
                () -> Optional.of(json(DeribitPortfolioMargin.margin(
                        parameters(fields.object("modelParams")),
                        fields.decimal("index").doubleValue(),
                        positions(fields),
                        charges(fields),
                        Rule.VENUE))));
    }

    private static DeribitParameters parameters(CaseFields model) {
        CaseFields pair = pair(model);
        String coin = pair.where().substring(model.where().length() + 1).replaceAll("_.*", "");
        CaseFields currency = model.object(coin);
        CaseFields general = model.object("general");
        return new DeribitParameters(
                number(pair, "price_range"),
                general.int32("buckets_count"),
                new VolatilityShock(
                        number(pair, "volatility_range_up"),
                        number(pair, "volatility_range_down"),
                        number(pair, "short_term_vega_power"),
                        number(pair, "long_term_vega_power"),
                        86_400),
                number(pair, "min_volatility_for_shock_up"),
                EXTENDED_MOVES,
                number(pair, "extended_table_factor"),
                number(currency, "extended_dampener"),
                number(currency, "pnl_offset"),
                number(currency, "max_offsetable_pnl"),
                number(currency, "min_annualised_move"),
                number(currency, "annualised_move_risk"),
                number(pair, "delta_total_liq_shock_threshold"),
                number(pair, "m_inc"),
                number(pair, "max_delta_shock"),
                number(general, "mm_factor"));
    }

    /** The one index of the case, such as btc_usd. */
    private static CaseFields pair(CaseFields model) {
        List<String> pairs = model.node().properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.contains("_"))
                .toList();
        if (pairs.size() != 1) {
            throw new BadInput(model.where(), pairs.toString(), "must hold the parameters of one index");
        }
        return model.object(pairs.getFirst());
    }

    private static List<CoinMarginPosition> positions(CaseFields fields) {
        double now = fields.object("modelParams")
                .object("general")
                .decimal("timestamp")
                .doubleValue();
        return fields.object("positions").node().properties().stream()
                .map(e -> position(fields.at("positions") + "." + e.getKey(), e.getKey(), e.getValue(), now))
                .toList();
    }

    /** {@code NAME: [size in coins, mark]}, for an option {@code [size, forward, volatility]}. */
    private static CoinMarginPosition position(String where, String name, JsonNode held, double now) {
        if (!held.isArray() || held.size() < 2 || !held.valueStream().allMatch(JsonNode::isNumber)) {
            throw CaseFields.refusal(where, held, "must be an array of size and mark");
        }
        double size = held.get(0).doubleValue();
        String[] parts = name.split("-", -1);
        if (parts.length == 2) {
            double years = parts[1].equalsIgnoreCase("PERPETUAL") ? 0 : years(where, parts[1], now);
            return new CoinMarginPosition.Future(name, size, years);
        }
        if (parts.length != 4 || held.size() != 3) {
            throw CaseFields.refusal(where, held, "must be a perpetual, a future or an option with its volatility");
        }
        return new CoinMarginPosition.Option(
                name,
                parts[3].equals("C") ? OptionRight.CALL : OptionRight.PUT,
                Double.parseDouble(parts[2]),
                size,
                held.get(1).doubleValue(),
                held.get(2).doubleValue(),
                years(where, parts[1], now));
    }

    private static double years(String where, String expiry, double now) {
        try {
            double millis = LocalDate.parse(expiry, EXPIRY).toEpochSecond(SETTLEMENT, ZoneOffset.UTC) * 1000.0;
            return Math.max(millis - now, 0) / YEAR_MILLIS;
        } catch (DateTimeParseException e) {
            throw new BadInput(where, expiry, "must name an expiry such as 28JUN24");
        }
    }

    private static VenueCharges charges(CaseFields fields) {
        CaseFields charges = fields.object("venueCharges");
        return new VenueCharges(
                optional(charges, "spot_margin"),
                optional(charges, "mmp_margin"),
                optional(charges, "open_orders_margin"));
    }

    private static double optional(CaseFields fields, String name) {
        return fields.has(name) ? number(fields, name) : 0;
    }

    private static double number(CaseFields fields, String name) {
        return fields.decimal(name).doubleValue();
    }

    private static JsonNode json(DeribitMargin margin) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("worst_case", margin.worstCase())
                .put("roll_shock", margin.rollShock())
                .put("delta_shock", margin.deltaShock())
                .put("correlation_contingency", margin.correlationContingency())
                .put("risk_matrix_margin", margin.riskMatrixMargin())
                .put("initial_margin", margin.initial())
                .put("maintenance_margin", margin.maintenance());
        ObjectNode vectors = node.putObject("initialStandardPerBucket");
        margin.standardPerBucket().forEach((name, profits) -> profits.forEach(vectors.withArray(name)::add));
        ArrayNode aggregated = node.putArray("aggregatedStandardPerBucket");
        margin.aggregatedPerBucket().forEach(aggregated::add);
        return node;
    }
}
