package io.bulwark.api.fund;

import io.bulwark.api.contribution.FundMoney;
import io.bulwark.api.door.Money;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.insurance.vault.PayerAccount;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.netting.margin.AccountState;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a fund manager asks first: who endangers the fund, and what to do now, with what it would change.
 *
 * @param dangers without whom the fund would have to hold least, the worst first; at most three
 * @param steps what can be done now, what covers most first; at most three, empty if nothing is owed and nobody is in liquidation
 */
@Serdeable
record FundFirst(List<Danger> dangers, List<Step> steps) {
    private static final int SHOWN = 3;

    public FundFirst {
        dangers = List.copyOf(dangers);
        steps = List.copyOf(steps);
    }

    /**
     * A member.
     *
     * @param member who
     * @param marginal by how much less the fund would have to hold without it
     */
    @Serdeable
    public record Danger(String member, Money marginal) {}

    /**
     * Something to do.
     *
     * @param kind collect what a member was called for and did not pay, or close the positions of one in liquidation
     * @param member whose
     * @param amount what is collected, or by how much less the fund must hold
     * @param coveragePpm share of what the fund must hold that would be there after it, ppm, rounded down
     */
    @Serdeable
    public record Step(String kind, String member, Money amount, long coveragePpm) {}

    /**
     * Of an epoch.
     *
     * @param demanded what the fund must hold, u
     */
    static FundFirst of(
            VaultBook fund, long demanded, List<Contribution> contributions, List<FundBoard.Holder> accounts) {
        List<Contribution> worst = contributions.stream()
                .filter(member -> member.marginal() > 0)
                .sorted(Comparator.comparingLong(Contribution::marginal)
                        .reversed()
                        .thenComparing(Contribution::member))
                .toList();
        List<Step> steps = new ArrayList<>();
        for (Map.Entry<String, PayerAccount> payer : fund.payers().entrySet()) {
            long missing = payer.getValue().missing();
            if (missing > 0) {
                steps.add(new Step(
                        "collect",
                        payer.getKey(),
                        Money.of(missing),
                        FundMoney.coverage(Math.addExact(fund.total(), missing), demanded)));
            }
        }
        for (Contribution member : worst) {
            if (accounts.stream()
                    .anyMatch(account -> account.member().equals(member.member())
                            && account.state().equals(AccountState.LIQUIDATION.label()))) {
                steps.add(new Step(
                        "close",
                        member.member(),
                        Money.of(member.marginal()),
                        FundMoney.coverage(fund.total(), Math.subtractExact(demanded, member.marginal()))));
            }
        }
        return new FundFirst(
                worst.stream()
                        .limit(SHOWN)
                        .map(member -> new Danger(member.member(), Money.of(member.marginal())))
                        .toList(),
                steps.stream()
                        .sorted(Comparator.comparingLong(Step::coveragePpm)
                                .reversed()
                                .thenComparing(Step::kind)
                                .thenComparing(Step::member))
                        .limit(SHOWN)
                        .toList());
    }
}
