package io.bulwark.api.account;

import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.MarginStatement;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * One account of an epoch in one line.
 *
 * @param number the account's number
 * @param name how people call it
 * @param venues the venues that it spans
 * @param state open, call or liquidation; without margin where it has none
 * @param figures absent where it has no margin
 * @param isolated what its entries would need one by one; absent where it has no margin
 * @param worstScenario the worst published scenario as a sentence; absent where it has no margin
 * @param restricted whether a missing or old snapshot keeps it from opening, increasing, withdrawing and borrowing
 * @param reasons why it has no margin; empty where it has one
 */
@Serdeable
public record AccountSummary(
        int number,
        String name,
        List<String> venues,
        String state,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Figures> figures,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Money> isolated,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<String> worstScenario,

        boolean restricted,
        List<String> reasons) {
    /** Copies the lists. */
    public AccountSummary {
        venues = List.copyOf(venues);
        reasons = List.copyOf(reasons);
    }

    /** The summary of one line of an epoch. */
    public static AccountSummary of(AccountLine line) {
        return switch (line.margin()) {
            case AccountMargin.Stated(MarginStatement statement, HedgingBenefit hedging) ->
                new AccountSummary(
                        line.number(),
                        line.name(),
                        line.venues(),
                        statement.state().label(),
                        Optional.of(Figures.of(statement.given())),
                        Optional.of(Money.of(hedging.standalone())),
                        Optional.of(statement.scenario().text()),
                        line.restricted(),
                        List.of());
            case AccountMargin.Without(List<String> reasons) ->
                new AccountSummary(
                        line.number(),
                        line.name(),
                        line.venues(),
                        "without margin",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        line.restricted(),
                        reasons);
        };
    }
}
