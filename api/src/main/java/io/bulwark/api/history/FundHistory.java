package io.bulwark.api.history;

import io.bulwark.api.contribution.FundMoney;
import io.bulwark.api.door.Money;
import io.bulwark.clearing.ledger.FundActs.Coverage;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.House;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;

/**
 * The fund's headline figures, epoch by epoch, as they stood when each epoch's review was made.
 *
 * @param points the oldest first
 */
@Serdeable
record FundHistory(List<Point> points) {
    /** Copies. */
    public FundHistory {
        points = List.copyOf(points);
    }

    /**
     * One epoch.
     *
     * @param epoch its number
     * @param time ISO 8601, UTC
     * @param need what the fund had to hold over all layers
     * @param held what was received and was in it
     * @param coveragePpm share of the one in the other, ppm, rounded down; 1,000,000 where nothing was needed
     */
    @Serdeable
    record Point(long epoch, String time, Money need, Money held, long coveragePpm) {
        private static Point of(House house, long epoch, Coverage coverage) {
            long need = Usd.floor(coverage.demanded());
            long held = Usd.floor(coverage.received());
            long time = house.epochs()
                    .epoch(epoch)
                    .orElseThrow(() -> new IllegalStateException("epoch " + epoch + " was reviewed and must be sealed"))
                    .inputs()
                    .epochTimeMillis();
            return new Point(
                    epoch,
                    Instant.ofEpochMilli(time).toString(),
                    Money.of(need),
                    Money.of(held),
                    FundMoney.coverage(held, need));
        }
    }

    /**
     * Of the newest epochs that were reviewed.
     *
     * @param before of lower numbers than this
     * @param most how many at the most
     */
    static FundHistory of(House house, long before, int most) {
        return new FundHistory(house.contributions().coverage(before, most).entrySet().stream()
                .map(entry -> Point.of(house, entry.getKey(), entry.getValue()))
                .toList());
    }
}
