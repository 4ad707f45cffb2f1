package io.bulwark.adapter.fact;

import java.util.HashMap;
import java.util.Map;

/** The units of the numbers about one instrument, by the keys that a {@link Glossary} uses. */
public final class UnitNames {
    private UnitNames() {}

    /**
     * The units of an instrument.
     *
     * <p>Keys: {@code B} base coin, {@code Q} currency of the price, {@code S} currency in which gains are paid, {@code N} what sizes count, {@code Q/B} a price,
     * {@code S/B} a price in what is paid.
     *
     * @param base the coin
     * @param quote in which the price is told
     * @param settle in which gains are paid
     * @param size what a size counts: the coin, or contracts
     */
    public static Map<String, String> of(String base, String quote, String settle, String size) {
        Map<String, String> units = new HashMap<>();
        units.put("B", base);
        units.put("Q", quote);
        units.put("S", settle);
        units.put("N", size);
        units.put("Q/B", quote + " per " + base);
        units.put("S/B", settle + " per " + base);
        return units;
    }
}
