package io.bulwark.netting.margin;

import io.bulwark.netting.formula.ExpectedShortfall;
import io.bulwark.netting.formula.GrossBound;
import io.bulwark.netting.formula.GroupLosses;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.formula.Stress;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.function.ToLongFunction;

/**
 * The margin of one account: the integer that the ledger stores, the API shows and the circuit proves, with everything that makes it up. All amounts in u.
 *
 * <p>The initial margin of a statement is that of the account as booked. State, calls and liquidation look at the candidates of {@link #house}.
 *
 * @param account the account as booked
 * @param given its requirement
 * @param house the candidates, the one whose figures count, and the state
 * @param witness the canonical lower witness of the core of the account as booked
 * @param scenario the worst published scenario of the account as booked
 * @param explanation terms that sum exactly to the initial margin
 */
public record MarginStatement(
        MarginAccount account,
        Requirement given,
        HouseAllocation house,
        LowerWitness witness,
        WorstScenario scenario,
        Explanation explanation)
        implements MarginResult {

    /**
     * The statement of an admitted account.
     *
     * @throws IllegalArgumentException if the table does not list an entry
     */
    public static MarginStatement of(RiskTable table, MarginAccount account) {
        MarginBook book = MarginBook.of(table, account, Precision.of(GrossBound.of(table, account)));
        GroupLosses losses = GroupLosses.of(book);
        Stress stress = Stress.of(book, losses);
        ExpectedShortfall shortfall = ExpectedShortfall.of(book);
        Requirement given = Requirement.of(book, losses, stress, shortfall.loss());
        LowerWitness witness = LowerWitness.of(book, losses, stress, shortfall);
        return new MarginStatement(
                account,
                given,
                HouseAllocation.of(table, account, given, candidate -> 0),
                witness,
                WorstScenario.of(book, losses, stress),
                Explanation.of(book, given, witness));
    }

    /**
     * The same statement in a house that asks something beside the initial margin: allocation and state look at both.
     *
     * @param table that the statement was made over
     * @param beside what a candidate must hold beside its IM, u ≥ 0
     */
    public MarginStatement beside(RiskTable table, ToLongFunction<Candidate> beside) {
        return new MarginStatement(
                account, given, HouseAllocation.of(table, account, given, beside), witness, scenario, explanation);
    }

    /** IM of the account as booked. */
    public long initialMargin() {
        return given.initialMargin();
    }

    /** MM of the account as booked. */
    public long maintenanceMargin() {
        return given.maintenanceMargin();
    }

    /** E of the account as booked. */
    public long equity() {
        return given.equity();
    }

    /** The state after house allocation. */
    public AccountState state() {
        return house.state();
    }
}
