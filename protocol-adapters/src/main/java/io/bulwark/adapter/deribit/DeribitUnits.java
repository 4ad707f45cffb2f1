package io.bulwark.adapter.deribit;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Glossary.Name;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a name says of the units of prices and sizes.
 *
 * <p>{@code BTC-PERPETUAL} and {@code BTC-25DEC26} are inverse: sizes in USD. {@code BTC-25DEC26-70000-C} is an option: sizes and
 * prices in the coin. {@code BTC_USDC-…} is linear and {@code BTC_USDC} is spot: sizes in the first coin, prices in the second. A
 * combination is named by its strategy; {@code FS} is a spread of two futures, every other one is made of options.
 */
final class DeribitUnits {
    private static final Pattern NAME = Pattern.compile("(?<base>[A-Z0-9]{2,12})(?:_(?<quote>[A-Z]{3,5}))?"
            + "(?:-(?<series>[A-Z]{1,12}|\\d{1,2}[A-Z]{3}\\d{2})(?<rest>(?:-[A-Z0-9_.]+)*))?");

    private DeribitUnits() {}

    /** The instrument that a field names. */
    static Name instrument(PayloadFields fields, String field) {
        String name = fields.text(field);
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || (parts.group("quote") == null && parts.group("series") == null)) {
            throw fields.refusal(
                    field, "must be named as this venue names its instruments: BTC-PERPETUAL, BTC-25DEC26-70000-C");
        }
        String base = parts.group("base");
        String quote = parts.group("quote");
        if (quote != null) {
            return new Name(name, units(base, quote, base, quote, quote));
        }
        String series = parts.group("series");
        boolean future = series.equals("PERPETUAL")
                || series.equals("FS")
                || (Character.isDigit(series.charAt(0)) && parts.group("rest").isEmpty());
        return new Name(name, future ? units(base, "USD", "USD", "USD", base) : units(base, base, base, "USD", base));
    }

    /** Of the underlying, of prices, of sizes, of the index whatever prices are in, of gains and margins. */
    private static Map<String, String> units(String base, String quote, String size, String index, String settlement) {
        return Map.of("B", base, "Q", quote, "N", size, "I", index + " per " + base, "S", settlement);
    }

    /** The instrument, where the row names one. */
    static Name named(PayloadFields fields, String otherwise, Map<String, String> units) {
        return fields.has("instrument_name") ? instrument(fields, "instrument_name") : new Name(otherwise, units);
    }

    /** A row about a coin, in the units of the instrument that moved it. */
    static Name logEntry(PayloadFields fields) {
        String coin = fields.text("currency");
        return new Name(coin, named(fields, coin, Map.of()).units());
    }

    /** An index, {@code btc_usd}: what one coin costs. */
    static Name index(PayloadFields fields) {
        Optional<String> name = fields.absentOr("index_name", fields::text);
        String[] pair =
                name.map(index -> index.toUpperCase(Locale.ROOT)).orElse("coin").split("_", 2);
        return new Name(
                name.orElse("the index of the question"),
                Map.of("B", pair[0], "Q", pair.length == 2 ? pair[1] : "USD"));
    }
}
