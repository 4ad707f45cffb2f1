package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.insurance.vault.FundCapacity;
import io.bulwark.insurance.vault.FundCapacity.CapacityClock;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.margin.AccountState;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * The capacity clock: what the fund can really pay in the worst row, and the hours until it falls below what that row needs.
 *
 * @param scenario the row, forced sales inside
 * @param need of Cover-2 in it
 * @param paidIn everything that stands in the fund
 * @param notUsable part of it that is of no use there: contributions of the two who fail, beyond their own loss
 * @param usable the rest: what can pay if the event comes now
 * @param leaving part of it that is known to leave: what stands above targets, released at the coming reviews
 * @param releases the reviews, by hour
 * @param hours until the need is no longer met if nothing but those releases happens; absent: it always is
 * @param cooldownHours from asking to leaving, governed
 * @param runPpm share of the contributions of the others that asks to leave in the run below, ppm: as of Umbrella's stake of aWETH on 20 April 2026
 * @param runLeaves what that is
 * @param runHours until the need is no longer met if that is asked now; absent: it still is
 * @param accountsInLiquidation accounts that are being sold now, whose losses come before any exit
 */
@Serdeable
record FundClock(
        String scenario,
        Money need,
        Money paidIn,
        Money notUsable,
        Money usable,
        Money leaving,
        List<Release> releases,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Long> hours,

        long cooldownHours,
        long runPpm,
        Money runLeaves,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Long> runHours,

        List<Integer> accountsInLiquidation) {
    /** 18,922 aWETH of a launch target of 25,000 stood in cooldown. */
    private static final long UMBRELLA_PPM = 756_880;

    public FundClock {
        releases = List.copyOf(releases);
        accountsInLiquidation = List.copyOf(accountsInLiquidation);
    }

    /**
     * What a review pays back.
     *
     * @param inHours from the epoch's review
     * @param amount of all members together
     */
    @Serdeable
    public record Release(long inHours, Money amount) {}

    /** The clock of a row. */
    static FundClock of(ComputedEpoch epoch, StressRow worst, List<Contribution> contributions, FundBook fund) {
        FundCapacity capacity =
                FundCapacity.of(worst, contributions, fund.houseCapital(), UMBRELLA_PPM, epoch.parameters());
        CapacityClock now = capacity.now();
        return new FundClock(
                worst.scenario(),
                Money.of(capacity.need()),
                Money.of(now.standing()),
                Money.of(now.standing() - now.net()),
                Money.of(now.net()),
                Money.of(now.leaving()),
                capacity.queue().stream()
                        .map(exit -> new Release(exit.inHours(), Money.of(exit.amount())))
                        .toList(),
                now.hours().stream().boxed().findFirst(),
                epoch.parameters().value(VaultParameters.EXIT_COOLDOWN),
                UMBRELLA_PPM,
                Money.of(capacity.run().leaving()),
                capacity.run().hours().stream().boxed().findFirst(),
                epoch.accounts().stream()
                        .filter(a -> a.margin()
                                .stated()
                                .filter(s -> s.state() == AccountState.LIQUIDATION)
                                .isPresent())
                        .map(a -> a.number())
                        .toList());
    }
}
