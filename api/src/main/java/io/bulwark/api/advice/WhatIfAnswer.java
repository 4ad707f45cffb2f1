package io.bulwark.api.advice;

import io.bulwark.api.account.AccountRequest;
import io.bulwark.api.account.EpochView;
import io.bulwark.api.account.Figures;
import io.bulwark.api.account.MarginAnswer;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.Money;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.margin.MarginResult;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.margin.WhatIf;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * Base portfolio plus changes gives margin: what a trade, a deposit or a withdrawal would do. Nothing is booked.
 *
 * @param before margin of the base
 * @param after margin of the base with the changes
 * @param change after − before
 * @param beyond where the changed account would force more into the market than a contagion vector at its bound covers: an action that opens or takes out waits until
 *     there is room; absent where it would not, and where the house publishes no contagion buffer
 */
@Serdeable
public record WhatIfAnswer(
        MarginAnswer before,
        MarginAnswer after,
        Difference change,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> beyond) {

    /**
     * After − before.
     *
     * @param initialMargin of IM
     * @param maintenanceMargin of MM
     * @param equity of E
     * @param excessInitial of E − IM
     * @param buffer of the contagion buffer; absent where the house publishes none
     */
    @Serdeable
    public record Difference(
            Money initialMargin,
            Money maintenanceMargin,
            Money equity,
            Money excessInitial,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Money> buffer) {
        private static Difference between(MarginAnswer from, MarginAnswer to) {
            Figures before = from.asBooked();
            Figures after = to.asBooked();
            return new Difference(
                    minus(after.initialMargin(), before.initialMargin()),
                    minus(after.maintenanceMargin(), before.maintenanceMargin()),
                    minus(after.equity(), before.equity()),
                    minus(after.excessInitial(), before.excessInitial()),
                    to.buffer().flatMap(then -> from.buffer().map(now -> minus(then.buffer(), now.buffer()))));
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
        MarginAccount base = AccountRequest.account(asked, view);
        AccountChange change = Changes.read(asked, table, base);
        asked.nothingElse();
        MarginResult changed = WhatIf.evaluate(table, base, change);
        EpochView about = AccountRequest.view(asked, view);
        MarginAnswer before = MarginAnswer.before(base, about);
        MarginAnswer after = MarginAnswer.after(changed, about);
        return new WhatIfAnswer(before, after, Difference.between(before, after), beyond(changed, about));
    }

    private static Optional<String> beyond(MarginResult changed, EpochView view) {
        return changed instanceof MarginStatement statement
                ? view.buffered()
                        .flatMap(
                                b -> b.afterwards(statement.house().candidates().getFirst())
                                        .beyond())
                : Optional.empty();
    }
}
