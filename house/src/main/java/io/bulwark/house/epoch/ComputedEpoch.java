package io.bulwark.house.epoch;

import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.insurance.margincall.CallRecord;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.publication.Publication.Violation;
import io.bulwark.netting.publication.PublishedMargins;
import io.bulwark.netting.revaluation.PublishedTable.Unpriced;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.commitment.MarginLeaf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Everything that follows from one epoch's material.
 *
 * @param sealed what is committed to, and its digest
 * @param timeMillis the epoch's time
 * @param parameters the governed numbers
 * @param reports the price reports, by id
 * @param table the risk table
 * @param leftOut what is listed but not in the table, with the reason
 * @param vaultTable the table that sizes the fund
 * @param accounts every account, by number
 * @param market what the tables were built from
 * @param cover what the two largest members may lose beyond what they hold
 * @param buffer the contagion buffer, where the house publishes one; its accounts are named by number
 * @param margins what is sealed of every account's margin, by number
 * @param frozen numbers of the accounts whose members are frozen after a default, by the sealed record of the fund
 * @param calls the margin calls that stand after it, and those that were met in it
 */
public record ComputedEpoch(
        SealedEpoch sealed,
        long timeMillis,
        ParameterSet parameters,
        List<PriceReport> reports,
        RiskTable table,
        List<Unpriced> leftOut,
        RiskTable vaultTable,
        List<AccountLine> accounts,
        EpochMarket market,
        CoverTwo cover,
        Optional<HouseBuffer> buffer,
        List<MarginLeaf> margins,
        Set<Integer> frozen,
        CallRecord calls) {
    /** Copies the lists. */
    public ComputedEpoch {
        frozen = Set.copyOf(frozen);
        reports = List.copyOf(reports);
        leftOut = List.copyOf(leftOut);
        accounts = List.copyOf(accounts);
        margins = List.copyOf(margins);
    }

    /**
     * What is sealed of an account's margin.
     *
     * @throws IllegalArgumentException if the account is not in the epoch
     */
    public MarginLeaf marginOf(long number) {
        return margins.stream()
                .filter(margin -> margin.number() == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("account must be in the epoch; have " + number));
    }

    /** What an account holds against losses: min(E, IM + Buffer), at least 0, u. Nothing holds it to more. */
    public long held(int account, MarginStatement statement) {
        return held(buffer, account, statement);
    }

    static long held(Optional<HouseBuffer> published, int account, MarginStatement statement) {
        long buffer = published
                .flatMap(b -> b.charge(Integer.toString(account)))
                .map(HouseBuffer::inU)
                .orElse(0L);
        return Math.max(0, Math.min(statement.equity(), Math.addExact(statement.initialMargin(), buffer)));
    }

    /** How many places of the account tree are taken or lie before one that is. */
    public int places() {
        return 1 + accounts.stream().mapToInt(AccountLine::number).max().orElse(0);
    }

    /** The account of a number. */
    public Optional<AccountLine> account(int number) {
        return accounts.stream().filter(a -> a.number() == number).findFirst();
    }

    /**
     * The same epoch if one account held something else, at the tariff that is published: for questions, never sealed.
     *
     * @param lots what it would hold
     * @param statement the margin of that over the epoch's table
     * @param members who stands behind each account, by number
     */
    public ComputedEpoch asIf(
            AccountLine account, MarginAccount lots, MarginStatement statement, Map<Integer, String> members) {
        List<AccountLine> changed = accounts.stream()
                .map(line -> line.number() == account.number() ? account.holding(lots, statement) : line)
                .toList();
        Optional<HouseBuffer> asked =
                buffer.map(b -> b.asIf(Integer.toString(account.number()), lots, statement.given()));
        return new ComputedEpoch(
                sealed,
                timeMillis,
                parameters,
                reports,
                table,
                leftOut,
                vaultTable,
                changed,
                market,
                EpochComputation.cover(changed, members, vaultTable, asked),
                asked,
                margins,
                frozen,
                calls);
    }

    /**
     * Cover-2 of some of the accounts alone, as {@link #cover} is of all.
     *
     * @param members who stands behind each account, by number
     */
    public CoverTwo coverOf(Predicate<AccountLine> which, Map<Integer, String> members) {
        List<AccountLine> some = accounts.stream().filter(which).toList();
        return some.size() == accounts.size() ? cover : EpochComputation.cover(some, members, vaultTable, buffer);
    }

    /** The epoch's time. */
    public Instant time() {
        return Instant.ofEpochMilli(timeMillis);
    }

    /**
     * Nothing is sealed over a table that fails a publication check: it is not published.
     *
     * @throws IllegalStateException naming what fails
     */
    public void requirePublishable() {
        requireNone(PublishedMargins.violations(table, RiskTableBuilder.marginSkeleton(parameters)));
        requireNone(RiskTableBuilder.vaultSkeleton(parameters).stream()
                .flatMap(skeleton -> Publication.ofSkeleton(vaultTable, skeleton).stream())
                .toList());
    }

    private static void requireNone(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new IllegalStateException("the risk table must pass every publication check; it fails " + violations);
        }
    }

    /** The epoch's number. */
    public long number() {
        return sealed.epoch().number();
    }
}
