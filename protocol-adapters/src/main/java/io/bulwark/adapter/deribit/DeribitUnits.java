package io.bulwark.adapter.deribit;

import io.bulwark.adapter.PayloadFields;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an instrument's name says of the units of its prices and sizes.
 *
 * <p>{@code BTC-PERPETUAL} and {@code BTC-25DEC26} are inverse: sizes in USD. {@code BTC-25DEC26-70000-C} is an option: sizes and prices in the coin.
 * {@code BTC_USDC-…} is linear and {@code BTC_USDC} is spot: sizes in the first coin, prices in the second. A combination is named by its strategy; {@code FS} is
 * a spread of two futures, every other one is made of options.
 *
 * @param base the underlying
 * @param quote what prices are in
 * @param size what sizes are in
 * @param inverse whether sizes are in USD and gains in the coin
 */
record DeribitUnits(String base, String quote, String size, boolean inverse) {
    private static final Pattern NAME = Pattern.compile(
            "(?<base>[A-Z0-9]{2,12})(?:_(?<quote>[A-Z]{3,5}))?(?:-(?<series>[A-Z]{1,12}|\\d{1,2}[A-Z]{3}\\d{2})(?<rest>(?:-[A-Z0-9_.]+)*))?");

    /** Of the instrument that a field names. */
    static DeribitUnits of(PayloadFields fields, String field) {
        String name = fields.text(field);
        Matcher parts = NAME.matcher(name);
        if (!parts.matches() || (parts.group("quote") == null && parts.group("series") == null)) {
            throw fields.refusal(
                    field, "must be named as this venue names its instruments: BTC-PERPETUAL, BTC-25DEC26-70000-C");
        }
        String base = parts.group("base");
        String quote = parts.group("quote");
        if (quote != null) {
            return new DeribitUnits(base, quote, base, false);
        }
        String series = parts.group("series");
        boolean dated = Character.isDigit(series.charAt(0));
        boolean future = series.equals("PERPETUAL")
                || series.equals("FS")
                || (dated && parts.group("rest").isEmpty());
        return future ? new DeribitUnits(base, "USD", "USD", true) : new DeribitUnits(base, base, base, false);
    }

    /** Of the underlying of an index, {@code btc_usd}: what one coin costs. */
    static String indexPrice(String index) {
        String[] pair = index.toUpperCase(Locale.ROOT).split("_", 2);
        return pair.length == 2 ? pair[1] + " per " + pair[0] : "USD per " + pair[0];
    }

    /** The unit of prices. */
    String price() {
        return quote + " per " + base;
    }

    /** The unit of the index, whatever the instrument's own prices are in. */
    String index() {
        return (quote.equals(base) ? "USD" : quote) + " per " + base;
    }

    /** What gains and margins are in. */
    String settlement() {
        return inverse || quote.equals(base) ? base : quote;
    }
}
