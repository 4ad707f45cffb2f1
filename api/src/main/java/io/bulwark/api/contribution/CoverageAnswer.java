package io.bulwark.api.contribution;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.ledger.FundActs.Coverage;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.House;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much of what the fund must hold was there, epoch by epoch.
 *
 * @param epochs the newest first
 */
@Serdeable
record CoverageAnswer(List<Reviewed> epochs) {
    static final int MOST = 10_000;

    /** Copies. */
    public CoverageAnswer {
        epochs = List.copyOf(epochs);
    }

    /**
     * One epoch, as it stood when its review was made.
     *
     * @param epoch its number
     * @param demanded what the fund had to hold over all layers
     * @param received what was received and was in it
     * @param coveragePpm share of the one in the other, ppm, rounded down; 1,000,000 where nothing was demanded
     */
    @Serdeable
    record Reviewed(long epoch, Money demanded, Money received, long coveragePpm) {
        private static Reviewed of(long epoch, Coverage coverage) {
            long demanded = Usd.floor(coverage.demanded());
            long received = Usd.floor(coverage.received());
            return new Reviewed(epoch, Money.of(demanded), Money.of(received), FundMoney.coverage(received, demanded));
        }
    }

    /**
     * Of the newest epochs that were reviewed.
     *
     * @param before of lower numbers than this
     * @param most how many at the most
     */
    static CoverageAnswer of(House house, long before, int most) {
        List<Reviewed> epochs = new ArrayList<>();
        house.contributions()
                .coverage(before, most)
                .forEach((epoch, coverage) -> epochs.add(Reviewed.of(epoch, coverage)));
        return new CoverageAnswer(epochs.reversed());
    }

    /** For people. */
    List<String> lines() {
        return epochs.stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "epoch %6d  %8s %%  %18s of %18s USD",
                        one.epoch(),
                        FundMoney.percent(one.coveragePpm()),
                        one.received(),
                        one.demanded()))
                .toList();
    }
}
