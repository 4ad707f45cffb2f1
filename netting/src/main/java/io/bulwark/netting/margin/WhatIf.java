package io.bulwark.netting.margin;

import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Optional;

/** Base account plus changes gives a statement: the same function as the margin itself, and nothing is booked. */
public final class WhatIf {
    private WhatIf() {}

    /** The margin of the changed account, or the first fault of the base account, or else of the changed one. */
    public static MarginResult evaluate(RiskTable table, MarginAccount base, AccountChange change) {
        Optional<MarginRefusal> baseFault = MarginAdmission.firstFault(table, base);
        if (baseFault.isPresent()) {
            return baseFault.get();
        }
        MarginAccount changed = change.applyTo(base);
        Optional<MarginRefusal> fault = MarginAdmission.firstFault(table, changed);
        return fault.isPresent() ? fault.get() : MarginStatement.of(table, changed);
    }
}
