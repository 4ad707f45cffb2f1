package io.bulwark.api.epoch;

import io.bulwark.api.account.AccountSummary;
import io.bulwark.api.door.Caller;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.house.epoch.ComputedEpoch;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;

/**
 * One sealed epoch with what it was computed from.
 *
 * @param sealed what is committed to, and its digest
 * @param time the epoch's time, ISO 8601, UTC
 * @param timeMillis the same in milliseconds
 * @param accounts its accounts
 * @param instruments how many instruments its table lists
 * @param assets how many assets its table lists
 * @param rows how many scenarios its table has
 */
@Serdeable
record EpochSummary(
        SealedEpoch sealed,
        String time,
        long timeMillis,
        List<AccountSummary> accounts,
        int instruments,
        int assets,
        int rows) {
    /** The summary of a computed epoch, with the accounts that are the caller's own. */
    public static EpochSummary of(ComputedEpoch epoch, Caller caller) {
        return new EpochSummary(
                epoch.sealed(),
                Instant.ofEpochMilli(epoch.timeMillis()).toString(),
                epoch.timeMillis(),
                epoch.accounts().stream()
                        .filter(line -> caller.owns(line.number()))
                        .map(AccountSummary::of)
                        .toList(),
                epoch.table().instruments().size(),
                epoch.table().assets().size(),
                epoch.table().rowCount());
    }
}
