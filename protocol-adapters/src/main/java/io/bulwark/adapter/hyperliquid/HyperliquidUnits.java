package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.PayloadFields;

/**
 * What the name of a coin says of units. {@code BTC} and {@code xyz:GOLD} are perpetuals, {@code PURR/USDC} is a spot pair, and {@code @107} is a spot pair whose two tokens the
 * name does not say.
 *
 * @param base what sizes are in
 * @param quote what prices are in
 */
record HyperliquidUnits(String base, String quote) {
    static HyperliquidUnits of(PayloadFields fields, String field) {
        return of(fields.text(field));
    }

    static HyperliquidUnits of(String coin) {
        if (coin.startsWith("@")) {
            return new HyperliquidUnits("base of " + coin, "quote of " + coin);
        }
        int slash = coin.indexOf('/');
        return slash > 0
                ? new HyperliquidUnits(coin.substring(0, slash), coin.substring(slash + 1))
                : new HyperliquidUnits(coin, "USD");
    }

    String price() {
        return quote + " per " + base;
    }
}
