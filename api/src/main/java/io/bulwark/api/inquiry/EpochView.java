package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.AccountLine;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * What a margin is computed over.
 *
 * @param table the risk table
 * @param accounts the booked accounts by number, as far as there are any
 */
public record EpochView(RiskTable table, LongFunction<Optional<MarginAccount>> accounts) {
    /** A sealed epoch's table and accounts. */
    public static EpochView of(ComputedEpoch epoch) {
        return new EpochView(
                epoch.table(), number -> epoch.account(Math.toIntExact(number)).map(AccountLine::lots));
    }

    /** A table alone: nothing is booked under it. */
    public static EpochView of(RiskTable table) {
        return new EpochView(table, number -> Optional.empty());
    }
}
