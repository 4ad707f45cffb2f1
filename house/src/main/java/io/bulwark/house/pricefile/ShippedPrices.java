package io.bulwark.house.pricefile;

import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The daily prices that come with the program; where they are from is said beside them ({@code resources/history/README.md}). */
public final class ShippedPrices {
    /** The one file that there is: daily closes of BTC, ETH and SOL in USD. */
    public static final String NAME = "daily-closes.csv";

    private ShippedPrices() {}

    /**
     * A shipped file.
     *
     * @throws BadInput if none has this name
     */
    public static PriceFile read(String name) {
        if (!name.equals(NAME)) {
            throw new BadInput("file", name, "must be one that comes with the program: " + NAME);
        }
        try (InputStream file = ShippedPrices.class.getResourceAsStream("/history/" + NAME)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks /history/" + NAME);
            }
            return PriceFile.parse(NAME, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("/history/" + NAME, e);
        }
    }
}
