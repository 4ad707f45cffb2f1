package io.bulwark.adapter.okx;

import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.fact.Glossary.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a row of the venue is about, and what its symbol says of units. */
final class OkxUnits {
    /** The subject of a book or candle that does not say of what it is. */
    static final String UNNAMED = "instrument not named";

    /** Of a number whose unit the venue does not tell. */
    static final String NO_UNIT = "units of the venue";

    private static final String CONTRACTS = "contracts";

    private OkxUnits() {}

    /** A row about an instrument, a family of them, or a currency. */
    static Name of(PayloadFields fields) {
        Optional<String> instrument = Optional.empty();
        for (String name : List.of("instId", "insId", "sprdId", "instFamily", "uly", "index")) {
            Optional<String> here = fields.blankOr(name, fields::text);
            instrument = instrument.or(() -> here);
        }
        Optional<String> currency = fields.blankOr("ccy", fields::text);
        Map<String, String> units = instrument.map(OkxUnits::units).orElseGet(OkxUnits::unknown);
        currency.ifPresent(coin -> units.put("C", coin));
        units.putIfAbsent("C", units.getOrDefault("S", NO_UNIT));
        fields.blankOr("feeCcy", fields::text).ifPresent(coin -> units.put("F", coin));
        units.putIfAbsent("F", units.getOrDefault("S", NO_UNIT));
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

    /** Volume in currency counts the quote of a spot pair and the coin of a derivative. */
    static Name ofTraded(PayloadFields fields) {
        Name name = of(fields);
        Map<String, String> units = new HashMap<>(name.units());
        units.put("V", units.getOrDefault(isOfContracts(units) ? "B" : "Q", "currency of the volume"));
        return new Name(name.subject(), units);
    }

    /** An instrument's own row tells what its sizes count; market orders of spot may count the quote. */
    static Name ofContract(PayloadFields fields) {
        Name name = of(fields);
        Map<String, String> units = new HashMap<>(name.units());
        units.put("V", fields.blankOr("ctValCcy", fields::text).orElse("1"));
        units.put("M", isOfContracts(units) ? CONTRACTS : "units of the order");
        return new Name(name.subject(), units);
    }

    private static boolean isOfContracts(Map<String, String> units) {
        return units.getOrDefault("N", NO_UNIT).equals(CONTRACTS);
    }

    /**
     * What a name says of units: {@code BTC-USDT} is spot, {@code BTC-USD-SWAP} inverse, {@code BTC-USDT-250328} linear,
     * {@code BTC-USD-250328-50000-C} an option paid in the coin. Keys: {@code B} base, {@code Q} currency of the price, {@code S} in
     * which gains are paid, {@code N} what sizes count, {@code U} price of the underlying.
     */
    static Map<String, String> units(String instrument) {
        String[] parts = instrument.split("[-_]", -1);
        String base = parts[0];
        String quote = parts.length > 1 ? parts[1] : "quote";
        boolean coinPaid = quote.equals("USD");
        boolean spread = instrument.indexOf('_') > 0 && parts.length > 3;
        boolean contracts = !spread && parts.length != 2;
        boolean option = contracts && (instrument.endsWith("-C") || instrument.endsWith("-P"));
        String size = spread ? "size currency of the spread" : contracts ? CONTRACTS : base;
        Map<String, String> units = units(base, option && coinPaid ? base : quote, coinPaid ? base : quote, size);
        units.put("U", quote + " per " + base);
        return units;
    }

    static Map<String, String> unknown() {
        return units("base coin", "quote", "settlement coin", NO_UNIT);
    }

    private static Map<String, String> units(String base, String quote, String settlement, String size) {
        return new HashMap<>(Map.of("B", base, "Q", quote, "S", settlement, "N", size));
    }
}
