package io.bulwark.adapter.binance;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.UnitNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a symbol says of units: {@code ETH-261225-4000-C} an option in the coin, paid in USDT; {@code BTCUSDT} spot or USD-margined, {@code BTCUSD_PERP} and {@code BTCUSD_260626} coin-margined, in contracts. */
final class BinanceUnits {
    /** The subject of a row that does not say of what it is. */
    static final String UNNAMED = "instrument not named";

    private static final Pattern INVERSE = Pattern.compile("([A-Z0-9]+?)USD_(PERP|\\d{6})");
    private static final Pattern OPTION = Pattern.compile("([A-Z0-9]+)-\\d{6}-[0-9.]+-[CP]");
    private static final String OPTIONS_PAID_IN = "USDT";
    private static final List<String> QUOTES =
            List.of("USDT", "USDC", "FDUSD", "TUSD", "BUSD", "USDP", "BNFCR", "BTC", "ETH", "BNB", "EUR", "TRY", "USD");

    private BinanceUnits() {}

    /** A row about an instrument or, where it names none, an asset. */
    static Name of(PayloadFields fields) {
        return named(fields, "symbol", "pair", "s", "ps");
    }

    /** A row about an asset. */
    static Name ofAsset(PayloadFields fields) {
        return named(fields, "asset", "coin", "a", "assetName");
    }

    private static Name named(PayloadFields fields, String... names) {
        Optional<String> found = Optional.empty();
        for (String name : names) {
            Optional<String> here =
                    found.isPresent() || !fields.has(name) ? Optional.empty() : fields.blankOr(name, fields::text);
            found = found.or(() -> here);
        }
        Map<String, String> units = new HashMap<>(units(found.orElse(UNNAMED)));
        if (names[0].equals("asset")) {
            units.put("C", found.orElse("asset not named"));
        } else {
            units.put("C", fields.has("asset") ? fields.text("asset") : units.get("S"));
        }
        units.put("F", fields.has("commissionAsset") ? fields.text("commissionAsset") : units.get("S"));
        return new Name(found.orElse("account"), units);
    }

    static Map<String, String> units(String symbol) {
        Matcher inverse = INVERSE.matcher(symbol);
        if (inverse.matches()) {
            Map<String, String> units = UnitNames.of(inverse.group(1), "USD", inverse.group(1), "contracts");
            units.put("V", inverse.group(1));
            return units;
        }
        Matcher option = OPTION.matcher(symbol);
        if (option.matches()) {
            Map<String, String> units =
                    UnitNames.of(option.group(1), OPTIONS_PAID_IN, OPTIONS_PAID_IN, option.group(1));
            units.put("V", OPTIONS_PAID_IN);
            return units;
        }
        String whole = symbol.indexOf('_') > 0 ? symbol.substring(0, symbol.indexOf('_')) : symbol;
        for (String quote : QUOTES) {
            if (whole.endsWith(quote) && whole.length() > quote.length()) {
                String base = whole.substring(0, whole.length() - quote.length());
                Map<String, String> units = UnitNames.of(base, quote, quote, base);
                units.put("V", quote);
                return units;
            }
        }
        Map<String, String> units = UnitNames.of("base coin", "quote", "settlement coin", "units of the venue");
        units.put("V", "quote");
        return units;
    }
}
