package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.margin.WhatIf;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Base portfolio plus changes gives margin: what a trade, a deposit or a withdrawal would do. Nothing is booked.
 *
 * @param before margin of the base
 * @param after margin of the base with the changes
 * @param change after − before
 */
@Serdeable
public record WhatIfAnswer(MarginAnswer before, MarginAnswer after, Difference change) {

    private static final long ACCOUNT_MAX = (1L << 31) - 1;

    /**
     * After − before.
     *
     * @param initialMargin of IM
     * @param maintenanceMargin of MM
     * @param equity of E
     * @param excessInitial of E − IM
     */
    @Serdeable
    public record Difference(Money initialMargin, Money maintenanceMargin, Money equity, Money excessInitial) {
        private static Difference between(Figures before, Figures after) {
            return new Difference(
                    minus(after.initialMargin(), before.initialMargin()),
                    minus(after.maintenanceMargin(), before.maintenanceMargin()),
                    minus(after.equity(), before.equity()),
                    minus(after.excessInitial(), before.excessInitial()));
        }

        private static Money minus(Money after, Money before) {
            return Money.of(Math.subtractExact(after.u(), before.u()));
        }
    }

    /**
     * Answers one what-if.
     *
     * @param asked {@code {account | portfolio, changes}}
     * @param view the table to compute with, and the accounts that may be named
     * @throws BadInput naming field, value and rule
     */
    public static WhatIfAnswer of(JsonFields asked, EpochView view) {
        RiskTable table = view.table();
        MarginAccount base = base(asked, view);
        AccountChange change = Changes.read(asked, table, base);
        asked.nothingElse();
        MarginAnswer before = MarginAnswer.of(base, table);
        MarginAnswer after = MarginAnswer.of(WhatIf.evaluate(table, base, change), table);
        return new WhatIfAnswer(before, after, Difference.between(before.asBooked(), after.asBooked()));
    }

    /** The account that a request names, or the portfolio that it carries. */
    static MarginAccount base(JsonFields asked, EpochView view) {
        boolean byNumber = asked.has("account");
        if (byNumber == asked.has("portfolio")) {
            throw asked.refuse(
                    byNumber ? "portfolio" : "account",
                    "must name either an account or a portfolio, not both and not neither");
        }
        if (byNumber) {
            return view.accounts()
                    .apply(asked.wholeNumber("account", 0, ACCOUNT_MAX))
                    .orElseThrow(() -> asked.refuse("account", "must be the number of an account in the sealed epoch"));
        }
        return NamedPortfolio.read(asked.object("portfolio"), view.table());
    }
}
