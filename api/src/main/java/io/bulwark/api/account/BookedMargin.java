package io.bulwark.api.account;

import io.bulwark.api.house.Lookup;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;

/** The margin of a booked account, as its epoch sealed it. */
public final class BookedMargin {
    private BookedMargin() {}

    /** The margin of an account in an epoch, or 404 with the reasons where it has none. */
    public static MarginAnswer of(ComputedEpoch epoch, int number) {
        AccountLine account = Lookup.account(epoch, number);
        return MarginAnswer.of(account, epoch)
                .orElseThrow(() -> Lookup.absent("Account " + number + " has no margin in epoch " + epoch.number()
                        + ": " + String.join("; ", AccountSummary.of(account).reasons())));
    }
}
