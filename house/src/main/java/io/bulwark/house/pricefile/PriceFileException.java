package io.bulwark.house.pricefile;

import java.io.Serial;

/** A price file that is refused: where, what stood there, which rule it breaks. */
public final class PriceFileException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    PriceFileException(String where, String value, String rule) {
        super(where + (value.isEmpty() ? "" : " = " + value) + ": " + rule);
    }
}
