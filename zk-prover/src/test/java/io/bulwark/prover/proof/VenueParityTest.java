package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.AccountState;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginResult;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomAccount;
import io.bulwark.prover.RandomAccount.Style;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.RandomVenues;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.RefusalKind;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Claim.Candidate;
import io.bulwark.prover.commitment.Claim.Kind;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.proof.Constraints.Solution;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfProof;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Over tables that list venues too, the integer that the engine computes is the one that the circuit accepts,
 * and no other: with what venues may close
 * on their own, in every opening, and whether an account is called.
 */
@OfProof
@Sized
final class VenueParityTest {
    private static final long SEED = Long.getLong("bulwark.parity.seed", 20260704L);
    private static final int ACCOUNTS = Tier.size(48, 600);
    private static final int BITS = 14;

    private final ProverLibrary library = ProverLibrary.load();

    private static List<MarginAccount> accounts(SplittableRandom random, RiskTable table, ProofShape shape) {
        Style[] styles = Style.values();
        return IntStream.range(0, ACCOUNTS)
                .mapToObj(i -> RandomAccount.of(random, table, styles[i % styles.length], shape))
                .map(account -> RandomVenues.standing(random, table, account))
                .toList();
    }

    private static RiskTable table(SplittableRandom random) {
        return RandomVenues.over(random, RandomRiskTable.ofEveryFamily(random, BITS));
    }

    @ParameterizedTest
    @EnumSource
    void shouldAcceptTheEnginesMarginAndNoOther(Opening opening) {
        ProofShape shape = TestKeys.everyFamilyAtVenues(opening);
        System.out.println("parity over venues: shape " + shape.label() + ", " + ACCOUNTS + " accounts, seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED + opening.label().length());
        RiskTable table = table(random);
        List<MarginAccount> accounts = accounts(random, table, shape);
        int prefunded = 0;
        int proved = 0;
        try (TestEpoch epoch = TestEpoch.of(library, table, accounts)) {
            for (int i = 0; i < accounts.size(); i++) {
                MarginResult result = PortfolioMargin.evaluate(table, accounts.get(i));
                if (shape.fit(table, accounts.get(i)) instanceof ProofShape.Fit.NoProof) {
                    continue;
                }
                proved++;
                switch (result) {
                    case MarginRefusal refusal -> {
                        assertEquals(MarginRefusal.Code.TOO_LARGE, refusal.code());
                        proved--;
                    }
                    case MarginStatement statement -> {
                        prefunded += pays(statement.given()) ? 1 : 0;
                        check(epoch, shape, i, statement.given());
                    }
                }
            }
        }
        assertTrue(proved > ACCOUNTS / 2, proved + " accounts proved");
        assertTrue(prefunded > ACCOUNTS / 10, "some accounts must pay for what a venue may close; do " + prefunded);
    }

    private static boolean pays(Requirement given) {
        return given.prefunding().paths().stream().anyMatch(path -> path.charged() > 0);
    }

    private void check(TestEpoch epoch, ProofShape shape, int account, Requirement given) {
        long margin = given.initialMargin();
        assertEquals(
                new Answer.Given<>(new Solution(margin, given.maintenanceMargin(), given.equity())),
                solve(epoch, shape, account, Kind.INITIAL_MARGIN, margin));
        if (account % 4 == 0) {
            refuses(solve(epoch, shape, account, Kind.INITIAL_MARGIN, margin + 1));
            if (margin > 0) {
                refuses(solve(epoch, shape, account, Kind.INITIAL_MARGIN, margin - 1));
            }
            refuses(solve(epoch, shape, account, Kind.EXCESS_OVER_INITIAL, Math.max(given.excessInitial(), -1) + 1));
            refuses(solve(
                    epoch, shape, account, Kind.EXCESS_OVER_MAINTENANCE, Math.max(given.excessMaintenance(), -1) + 1));
        }
    }

    private static void refuses(Answer<Solution> answer) {
        assertEquals(
                RefusalKind.CLAIM_NOT_TRUE,
                assertInstanceOf(Answer.Refused.class, answer).refusal().kind());
    }

    private static Answer<Solution> solve(TestEpoch epoch, ProofShape shape, int account, Kind kind, long m) {
        Constraints constraints = TestKeys.constraints(shape);
        WitnessRequest request = epoch.request(account, new Claim(kind, Candidate.GIVEN, m, OptionalLong.empty()));
        WitnessRequest asked = shape.opening().sealed()
                ? epoch.sealed(shape.opening(), constraints, request).orElseThrow()
                : request;
        return constraints.solve(epoch.table(), asked);
    }

    /** A call is accepted of exactly the accounts that the engine puts into liquidation, each candidate with the account's standings. */
    @Test
    void shouldCallExactlyTheAccountsThatTheEngineLiquidates() {
        ProofShape shape = TestKeys.everyFamilyAtVenues(Opening.DIRECT).call();
        SplittableRandom random = new SplittableRandom(SEED + 9);
        RiskTable table = table(random);
        List<MarginAccount> accounts = accounts(random, table, shape).stream()
                .filter(account -> PortfolioMargin.evaluate(table, account) instanceof MarginStatement)
                .toList();
        int called = 0;
        try (TestEpoch epoch = TestEpoch.of(library, table, accounts)) {
            for (int i = 0; i < accounts.size(); i++) {
                boolean liquidated = MarginStatement.of(table, accounts.get(i)).state() == AccountState.LIQUIDATION;
                Answer<Solution> answer = TestKeys.constraints(shape).solve(epoch.table(), epoch.call(i));
                assertEquals(liquidated, answer instanceof Answer.Given<Solution>, "account " + i + ": " + answer);
                called += liquidated ? 1 : 0;
            }
        }
        assertTrue(called > 3 && called < accounts.size() - 3, called + " of " + accounts.size() + " were called");
    }
}
