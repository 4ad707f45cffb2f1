package io.bulwark.adapter.binance;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Glossary.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a symbol says of units: {@code ETH-261225-4000-C} an option in the coin, paid in USDT; {@code BTCUSDT} spot or USD-margined,
 * {@code BTCUSD_PERP} and {@code BTCUSD_260626} coin-margined, in contracts.
 */
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

    /** An order book, which need not name its instrument. */
    static Name ofBook(PayloadFields fields) {
        Name name = of(fields);
        return name.subject().equals("account") ? new Name(UNNAMED, name.units()) : name;
    }

    /** Tiers of an instrument: of notional in the currency of the price or, of a coin-margined contract, of contracts. */
    static Name ofTiers(PayloadFields fields) {
        Name name = of(fields);
        Map<String, String> units = new HashMap<>(name.units());
        units.put("X", name.subject().contains("USD_") ? "contracts" : units.getOrDefault("Q", "quote"));
        return new Name(name.subject(), units);
    }

    private static Name named(PayloadFields fields, String... names) {
        Optional<String> found = Optional.empty();
        for (String name : names) {
            Optional<String> here =
                    found.isPresent() || !fields.has(name) ? Optional.empty() : fields.blankOr(name, fields::text);
            found = found.or(() -> here);
        }
        Map<String, String> units = new HashMap<>(units(found.orElse(UNNAMED)));
        String paid = units.getOrDefault("S", "settlement coin");
        if (names[0].equals("asset")) {
            units.put("C", found.orElse("asset not named"));
        } else {
            units.put("C", fields.has("asset") ? fields.text("asset") : paid);
        }
        units.put("F", fields.has("commissionAsset") ? fields.text("commissionAsset") : paid);
        return new Name(found.orElse("account"), units);
    }

    static Map<String, String> units(String symbol) {
        Matcher inverse = INVERSE.matcher(symbol);
        if (inverse.matches()) {
            return units(inverse.group(1), "USD", inverse.group(1), "contracts");
        }
        Matcher option = OPTION.matcher(symbol);
        if (option.matches()) {
            return units(option.group(1), OPTIONS_PAID_IN, OPTIONS_PAID_IN, option.group(1));
        }
        String whole = symbol.indexOf('_') > 0 ? symbol.substring(0, symbol.indexOf('_')) : symbol;
        for (String quote : QUOTES) {
            if (whole.endsWith(quote) && whole.length() > quote.length()) {
                String base = whole.substring(0, whole.length() - quote.length());
                return units(base, quote, quote, base);
            }
        }
        return units("base coin", "quote", "settlement coin", "units of the venue");
    }

    /** What a contract is worth is told in what it is paid in; where that is not known, in the quote. */
    private static Map<String, String> units(String base, String quote, String settle, String size) {
        Map<String, String> units = Name.unitsOf(base, quote, settle, size);
        units.put("V", settle.equals("settlement coin") ? quote : settle);
        return units;
    }
}
