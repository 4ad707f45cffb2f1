package io.bulwark.api.contribution;

import io.bulwark.api.door.Caller;
import io.bulwark.api.door.Money;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.vault.ContributionCall;
import io.bulwark.insurance.vault.PayerAccount;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What every payer was asked to have in the fund, what was received, and where each call stands at the latest epoch.
 *
 * @param epoch its number
 * @param money what of the fund is there
 * @param payers members, and the house itself, by name
 */
@Serdeable
record CallsAnswer(long epoch, FundMoney money, List<Payer> payers) {
    /** Copies. */
    public CallsAnswer {
        payers = List.copyOf(payers);
    }

    /**
     * One payer.
     *
     * @param payer its name
     * @param received all that ever came
     * @param returned all that ever went back
     * @param drawn all that defaults ever took
     * @param standing what is in the fund: the first less the other two
     * @param shown the same by how it is shown
     * @param missing what is called and was not received
     * @param overdue part of it that was due before the epoch
     * @param releasable what the last review would have go back
     * @param frozenBy digest of the default that froze it; absent where it is not
     * @param owed what others paid in its defaults
     * @param calls the oldest first
     */
    @Serdeable
    public record Payer(
            String payer,
            Money received,
            Money returned,
            Money drawn,
            Money standing,
            List<FundMoney.Shown> shown,
            Money missing,
            Money overdue,
            Money releasable,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> frozenBy,

            Money owed,
            List<Call> calls) {
        /** Copies. */
        public Payer {
            shown = List.copyOf(shown);
            calls = List.copyOf(calls);
        }
    }

    /**
     * One call.
     *
     * @param epoch of the review that called
     * @param due ISO 8601, UTC
     * @param amount what is called
     * @param received of it
     * @param returned of what was received
     * @param state called, partly received, received, overdue or returned
     * @param late whether some of it came after it was due
     */
    @Serdeable
    public record Call(
            long epoch, String due, Money amount, Money received, Money returned, String state, boolean late) {}

    /** The answer of an epoch beside what the books say of the fund. */
    static CallsAnswer of(ComputedEpoch epoch, FundBook fund) {
        return new CallsAnswer(
                epoch.number(),
                FundMoney.of(
                        fund.book(), fund.review(epoch).assessment().demand().total(), epoch.time()),
                fund.book().payers().entrySet().stream()
                        .map(payer -> payer(payer.getKey(), payer.getValue(), epoch.time()))
                        .toList());
    }

    /** What of it somebody may see: a member only what is its own. */
    CallsAnswer to(Caller caller) {
        return caller.is(Role.FUND_MANAGER) || caller.is(Role.OPERATOR)
                ? this
                : new CallsAnswer(
                        epoch,
                        money,
                        payers.stream()
                                .filter(payer -> caller.member()
                                        .filter(payer.payer()::equals)
                                        .isPresent())
                                .toList());
    }

    static Payer payer(String name, PayerAccount account, Instant time) {
        return new Payer(
                name,
                Money.of(account.received()),
                Money.of(account.returned()),
                Money.of(account.drawn()),
                Money.of(account.total()),
                account.standing().entrySet().stream()
                        .map(sum -> new FundMoney.Shown(sum.getKey().words(), Money.of(sum.getValue())))
                        .toList(),
                Money.of(account.missing()),
                Money.of(account.overdue(time)),
                Money.of(account.releasable()),
                account.frozen().map(Digest::hex),
                Money.of(account.owed()),
                account.calls().stream().map(call -> call(call, time)).toList());
    }

    private static Call call(ContributionCall call, Instant time) {
        return new Call(
                call.epoch(),
                call.due().toString(),
                Money.of(call.amount()),
                Money.of(call.received()),
                Money.of(call.returned()),
                call.state(time).words(),
                call.isLate());
    }
}
