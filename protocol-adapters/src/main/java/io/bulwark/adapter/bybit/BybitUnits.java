package io.bulwark.adapter.bybit;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Glossary.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a symbol says of units: {@code BTCUSDT} linear or spot, {@code BTCUSD} and {@code BTCUSDM26} inverse, {@code BTCPERP} and {@code BTC-26DEC25-90000-C} in USDC. */
final class BybitUnits {
    /** The subject of a row that does not say of what it is. */
    static final String UNNAMED = "instrument not named";

    private static final Pattern INVERSE = Pattern.compile("([A-Z0-9]+?)USD([HMUZ]\\d\\d)?");
    private static final Pattern OPTION = Pattern.compile("([A-Z0-9]+)-\\d{1,2}[A-Z]{3}\\d\\d-[\\d.]+-[CP](-[A-Z]+)?");
    private static final Pattern FUTURE = Pattern.compile("([A-Z0-9]+?)(USDT|USDC)?-\\d{1,2}[A-Z]{3}\\d\\d");
    private static final List<String> QUOTES = List.of(
            "USDT", "USDC", "PERP", "USDE", "USDQ", "USD1", "USDR", "BRL", "EUR", "TRY", "PLN", "DAI", "BTC", "ETH",
            "SOL", "MNT", "BIT");

    private BybitUnits() {}

    /** A row about an instrument or, where it names none, a coin. */
    static Name of(PayloadFields fields) {
        Optional<String> symbol = fields.blankOr("symbol", fields::text);
        Optional<String> coin = fields.blankOr("coin", fields::text)
                .or(() -> fields.blankOr("currency", fields::text))
                .or(() -> fields.blankOr("baseCoin", fields::text));
        Map<String, String> units = new HashMap<>(units(symbol.orElse(UNNAMED)));
        units.put("C", coin.orElse(units.getOrDefault("S", "units of the venue")));
        units.put(
                "F", fields.blankOr("feeCurrency", fields::text).orElse(units.getOrDefault("S", "units of the venue")));
        return new Name(symbol.or(() -> coin).orElse("account"), units);
    }

    /** A row about a coin, whatever instrument it names beside. */
    static Name ofCoin(PayloadFields fields) {
        Name name = of(fields);
        return new Name(
                fields.blankOr("coin", fields::text)
                        .or(() -> fields.blankOr("currency", fields::text))
                        .orElse(name.subject()),
                name.units());
    }

    static boolean isOption(String symbol) {
        return OPTION.matcher(symbol).matches();
    }

    static Map<String, String> units(String symbol) {
        Map<String, String> units = linear(symbol);
        units.put("V", units.getOrDefault("Q", "units of the venue"));
        Matcher inverse = INVERSE.matcher(symbol);
        if (inverse.matches()) {
            units = Name.unitsOf(inverse.group(1), "USD", inverse.group(1), "USD");
            units.put("V", inverse.group(1));
        }
        units.put("U", "USD per " + units.getOrDefault("B", "units of the venue"));
        return units;
    }

    private static Map<String, String> linear(String symbol) {
        Matcher option = OPTION.matcher(symbol);
        if (option.matches()) {
            String paid = option.group(2) == null ? "USDC" : option.group(2).substring(1);
            return Name.unitsOf(option.group(1), paid, paid, option.group(1));
        }
        Matcher future = FUTURE.matcher(symbol);
        if (future.matches()) {
            String paid = future.group(2) == null ? "USDC" : future.group(2);
            return Name.unitsOf(future.group(1), paid, paid, future.group(1));
        }
        int spread = symbol.indexOf('_');
        String one = spread > 0 ? symbol.substring(0, spread) : symbol;
        for (String quote : QUOTES) {
            if (one.endsWith(quote) && one.length() > quote.length()) {
                String base = one.substring(0, one.length() - quote.length());
                String paid = quote.equals("PERP") ? "USDC" : quote;
                return Name.unitsOf(base, paid, paid, base);
            }
        }
        return Name.unitsOf("base coin", "quote", "settlement coin", "units of the venue");
    }
}
