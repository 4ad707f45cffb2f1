package io.bulwark.api.fund;

import io.bulwark.api.contribution.FundMoney;
import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.netting.margin.AccountState;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a fund manager asks first: who endangers the fund, and what to do now, with what it would change.
 *
 * @param dangers without whom the fund would have to hold least, the worst first; at most three
 * @param steps what can be done now, what covers most first; at most five, empty if nothing is owed, nobody is called and nobody is in
 *     liquidation
 */
@Serdeable
record FundFirst(List<Danger> dangers, List<Step> steps) {
    private static final int DANGERS = 3;
    private static final int STEPS = 5;
    private static final int CALLS = 5;

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
     * @param kind collect what a member was called for and did not pay into the fund, call what is missing of an account's margin, or close
     *     the positions of a member in liquidation
     * @param member whose
     * @param amount what is collected or called; what the closed positions ask of the fund
     * @param less by how much less the fund must hold then
     * @param coveragePpm share of what the fund must hold that would be there after it, ppm, rounded down
     */
    @Serdeable
    public record Step(String kind, String member, Money amount, Money less, long coveragePpm) {}

    /**
     * Of an epoch.
     *
     * @param demanded what the fund must hold, u
     */
    static FundFirst of(ComputedEpoch epoch, FundBook fund, long demanded, List<Contribution> contributions) {
        List<Contribution> worst = contributions.stream()
                .filter(member -> member.marginal() > 0)
                .sorted(Comparator.comparingLong(Contribution::marginal)
                        .reversed()
                        .thenComparing(Contribution::member))
                .toList();
        Stream<Step> steps = Stream.of(
                        collected(fund.book(), demanded),
                        called(epoch, fund, demanded),
                        closed(epoch, fund, demanded, worst))
                .flatMap(some -> some);
        return new FundFirst(
                worst.stream()
                        .limit(DANGERS)
                        .map(member -> new Danger(member.member(), Money.of(member.marginal())))
                        .toList(),
                steps.sorted(Comparator.comparingLong(Step::coveragePpm)
                                .reversed()
                                .thenComparing(Step::kind)
                                .thenComparing(Step::member))
                        .limit(STEPS)
                        .toList());
    }

    private static Stream<Step> collected(VaultBook book, long demanded) {
        return book.payers().entrySet().stream()
                .filter(payer -> payer.getValue().missing() > 0)
                .map(payer -> {
                    long missing = payer.getValue().missing();
                    return new Step(
                            "collect",
                            payer.getKey(),
                            Money.of(missing),
                            Money.of(0),
                            FundMoney.coverage(Math.addExact(book.total(), missing), demanded));
                });
    }

    /** The fund is sized again as if the largest missing margins were there; what changes nothing is left out. */
    private static Stream<Step> called(ComputedEpoch epoch, FundBook fund, long demanded) {
        return epoch.calls().calls().values().stream()
                .filter(call -> call.missing() > 0)
                .sorted(Comparator.comparingLong(MarginCall::missing).reversed().thenComparingInt(MarginCall::account))
                .limit(CALLS)
                .flatMap(call -> epoch.account(call.account()).stream()
                        .flatMap(line -> fund.demandedIfPaid(epoch, line, call.missing()).stream()
                                .filter(then -> then < demanded)
                                .mapToObj(then -> lowered(
                                        "call",
                                        member(fund, line.number()),
                                        call.missing(),
                                        demanded - then,
                                        fund.book().total(),
                                        then))));
    }

    private static Stream<Step> closed(ComputedEpoch epoch, FundBook fund, long demanded, List<Contribution> worst) {
        Set<String> liquidated = epoch.accounts().stream()
                .filter(line -> line.margin()
                        .stated()
                        .filter(s -> s.state() == AccountState.LIQUIDATION)
                        .isPresent())
                .map(line -> member(fund, line.number()))
                .collect(Collectors.toSet());
        return worst.stream()
                .filter(member -> liquidated.contains(member.member()))
                .map(member -> lowered(
                        "close",
                        member.member(),
                        member.marginal(),
                        member.marginal(),
                        fund.book().total(),
                        Math.subtractExact(demanded, member.marginal())));
    }

    private static Step lowered(String kind, String member, long amount, long less, long received, long demanded) {
        return new Step(kind, member, Money.of(amount), Money.of(less), FundMoney.coverage(received, demanded));
    }

    private static String member(FundBook fund, int account) {
        return Objects.requireNonNull(fund.members().get(account));
    }
}
