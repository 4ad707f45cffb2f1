package io.bulwark.research.wall;

import io.bulwark.clearing.money.Ppm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/**
 * A day on which a venue closed winning positions at prices of its own, by coin.
 *
 * @param date of the day
 * @param coin whose perpetuals
 * @param venue that closed them
 * @param before price before the fall, USD
 * @param first price at which the venue closed winning positions first
 * @param last lowest price at which it did
 * @param lowest lowest mark that a source names of the day, anywhere
 * @param source where the figures are from
 */
public record Deleveraging(
        String date,
        String coin,
        String venue,
        BigDecimal before,
        BigDecimal first,
        BigDecimal last,
        BigDecimal lowest,
        String source) {
    private static final String RESOURCE = "deleveraging.csv";

    /** Prices fall from one to the next. */
    public Deleveraging {
        if (before.compareTo(first) < 0 || first.compareTo(last) < 0 || last.compareTo(lowest) < 0) {
            throw new IllegalArgumentException("prices of " + coin + " on " + date + " must fall; have " + before + ", "
                    + first + ", " + last + ", " + lowest);
        }
    }

    /** Every day and coin that is recorded. */
    public static List<Deleveraging> recorded() {
        return WallEvent.rows(RESOURCE, Deleveraging.class);
    }

    /** Epoch day of the day. */
    public int epochDay() {
        return Math.toIntExact(LocalDate.parse(date).toEpochDay());
    }

    /** A price in millionths of the one before the fall, rounded down: a fall is never shown smaller. */
    public long ppm(BigDecimal price) {
        return price.multiply(BigDecimal.valueOf(Ppm.ONE))
                .divide(before, 0, RoundingMode.FLOOR)
                .longValueExact();
    }
}
