package io.bulwark.house.fund;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.stresstest.FundDemand;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Whether what the fund would ask of a member after a change stands within what the member has: what was received of it, and the equity
 * of its accounts beyond what they must hold. An opening that raises a
 * demand above that is stopped. Amounts in u = 10⁻⁴ USD.
 *
 * @param member who stands behind the account
 * @param before what the fund asks of it now
 * @param after what it would ask after the change
 * @param means what the member would have after it
 * @param mostPpm how much of the change, at most {@link #MOST}, leaves the demand within the means, ppm; empty where not even a
 *     thousandth of it does
 * @param frozen whether the member is frozen after a default
 */
public record AdmissionLimit(String member, long before, long after, long means, OptionalLong mostPpm, boolean frozen) {
    /** The largest multiple of a change that is looked at: sixteen times. */
    public static final long MOST = 16L * Ppm.ONE;

    private static final long GRAIN = Ppm.ONE / 1_000;

    /** Why an opening waits, by name; empty where it does not. */
    public Optional<String> stopped() {
        if (frozen) {
            return Optional.of(member + " is frozen after a default: nothing is opened until it is readmitted");
        }
        return after > means && after > before
                ? Optional.of("the fund would ask " + Usd.text(after) + " USD of " + member + ", which would have "
                        + Usd.text(means) + " USD: what raises the demand further is not opened")
                : Optional.empty();
    }

    /**
     * The limit of a change of a booked account; empty where the account has no margin before or after it.
     *
     * @param account number of a booked account
     * @param changed the account after so much of the change, ppm; empty where that has no form
     */
    public static Optional<AdmissionLimit> of(
            ComputedEpoch epoch, FundBook fund, int account, LongFunction<Optional<MarginAccount>> changed) {
        return epoch.account(account)
                .filter(line -> line.margin().stated().isPresent())
                .flatMap(line -> new Question(epoch, fund, line).limit(changed));
    }

    private record Asked(long demanded, long means) {
        boolean within() {
            return demanded <= means;
        }
    }

    private record Question(ComputedEpoch epoch, FundBook fund, AccountLine line) {
        Optional<AdmissionLimit> limit(LongFunction<Optional<MarginAccount>> changed) {
            return changed.apply(Ppm.ONE)
                    .flatMap(this::asked)
                    .map(after -> new AdmissionLimit(
                            member(),
                            demanded(epoch),
                            after.demanded(),
                            after.means(),
                            most(changed),
                            fund.book().frozen().contains(member())));
        }

        private String member() {
            return FundStress.member(fund.members(), line);
        }

        private Optional<Asked> asked(MarginAccount lots) {
            if (!(PortfolioMargin.evaluate(epoch.table(), lots) instanceof MarginStatement statement)
                    || epoch.buffer()
                            .flatMap(b -> b.fault(Integer.toString(line.number()), lots, statement.given()))
                            .isPresent()) {
                return Optional.empty();
            }
            ComputedEpoch then = epoch.asIf(line, lots, statement, fund.members());
            return Optional.of(new Asked(demanded(then), means(then)));
        }

        private long demanded(ComputedEpoch of) {
            long part = FundDemand.of(
                            FundStress.of(of, fund.members()), of.parameters().value(VaultParameters.UNCOVERED_SHARE))
                    .part(member());
            return Math.max(part, of.parameters().value(VaultParameters.MINIMUM_CONTRIBUTION));
        }

        /** What was received of the member, and what its accounts have beyond what they must hold. */
        private long means(ComputedEpoch of) {
            return of.accounts().stream()
                    .filter(other -> member().equals(fund.members().get(other.number())))
                    .flatMap(other -> other.margin().stated().stream()
                            .map(s -> Math.max(0, s.equity()) - of.held(other.number(), s)))
                    .reduce(fund.vault().contribution(member()), Math::addExact);
        }

        /** By halving, to a thousandth of the change. */
        private OptionalLong most(LongFunction<Optional<MarginAccount>> changed) {
            if (within(changed, MOST)) {
                return OptionalLong.of(MOST);
            }
            long least = 0;
            long beyond = MOST;
            while (beyond - least > GRAIN) {
                long middle = (least + beyond) / 2;
                if (within(changed, middle)) {
                    least = middle;
                } else {
                    beyond = middle;
                }
            }
            return least == 0 ? OptionalLong.empty() : OptionalLong.of(least);
        }

        private boolean within(LongFunction<Optional<MarginAccount>> changed, long ppm) {
            return changed.apply(ppm).flatMap(this::asked).filter(Asked::within).isPresent();
        }
    }
}
