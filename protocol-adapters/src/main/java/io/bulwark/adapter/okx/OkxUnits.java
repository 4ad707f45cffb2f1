package io.bulwark.adapter.okx;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Glossary.Name;
import io.bulwark.adapter.fact.UnitNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a name of the venue says of units: {@code BTC-USDT} spot, {@code BTC-USD-SWAP} inverse, {@code BTC-USDT-250328} linear, {@code BTC-USD-250328-50000-C} an option paid in the coin. */
final class OkxUnits {
    /** The subject of a book or candle that does not say of what it is. */
    static final String UNNAMED = "instrument not named";

    private static final String CONTRACTS = "contracts";

    private OkxUnits() {}

    /** A row about an instrument, a family of them, or a currency. */
    static Name of(PayloadFields fields) {
        Optional<String> instrument = first(fields, "instId", "insId", "sprdId", "instFamily", "uly", "index");
        Optional<String> currency = fields.blankOr("ccy", fields::text);
        Map<String, String> units = new HashMap<>(instrument
                .map(OkxUnits::units)
                .orElseGet(() -> UnitNames.of("base coin", "quote", "settlement coin", "units of the venue")));
        currency.ifPresent(coin -> units.put("C", coin));
        units.putIfAbsent("C", units.getOrDefault("S", "units of the venue"));
        fields.blankOr("feeCcy", fields::text).ifPresent(coin -> units.put("F", coin));
        units.putIfAbsent("F", units.getOrDefault("S", "units of the venue"));
        return new Name(instrument.or(() -> currency).orElse("account"), units);
    }

    /** A row of a market that may leave out which. */
    static Name ofMarket(PayloadFields fields) {
        Name name = of(fields);
        return name.subject().equals("account") ? new Name(UNNAMED, name.units()) : name;
    }

    /** A row about a currency, whatever instrument it names beside. */
    static Name ofCurrency(PayloadFields fields) {
        Name name = of(fields);
        return new Name(fields.blankOr("ccy", fields::text).orElse(name.subject()), name.units());
    }

    private static Optional<String> first(PayloadFields fields, String... names) {
        Optional<String> found = Optional.empty();
        for (String name : names) {
            Optional<String> here = fields.blankOr(name, fields::text);
            found = found.or(() -> here);
        }
        return found;
    }

    static Map<String, String> units(String instrument) {
        String[] parts = instrument.split("[-_]", -1);
        String base = parts[0];
        String quote = parts.length > 1 ? parts[1] : "quote";
        boolean coinPaid = quote.equals("USD");
        Map<String, String> units = of(instrument, base, quote, coinPaid, parts.length);
        units.put("U", quote + " per " + base);
        return units;
    }

    private static Map<String, String> of(String instrument, String base, String quote, boolean coinPaid, int parts) {
        if (instrument.indexOf('_') > 0 && parts > 3) {
            return UnitNames.of(base, quote, coinPaid ? base : quote, "size currency of the spread");
        }
        if (parts == 2) {
            return UnitNames.of(base, quote, coinPaid ? base : quote, base);
        }
        boolean option = instrument.endsWith("-C") || instrument.endsWith("-P");
        return UnitNames.of(base, option && coinPaid ? base : quote, coinPaid ? base : quote, CONTRACTS);
    }
}
