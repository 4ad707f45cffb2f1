package io.bulwark.netting;

import io.bulwark.netting.margin.MarginAdmission;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginResult;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Optional;

/** The last step of netting: one account and one table in, one statement out. Pure: the same inputs give the same integers everywhere. */
public final class PortfolioMargin {
    private PortfolioMargin() {}

    /** The margin of an account, or the first fault that leaves it without one. */
    public static MarginResult evaluate(RiskTable table, MarginAccount account) {
        Optional<MarginRefusal> fault = MarginAdmission.firstFault(table, account);
        return fault.isPresent() ? fault.get() : MarginStatement.of(table, account);
    }
}
