package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.register.AccountStatement;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.AccountState;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginResult;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.HouseTable;
import io.bulwark.prover.RandomAccount;
import io.bulwark.prover.RandomAccount.Style;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.RefusalKind;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Claim.Candidate;
import io.bulwark.prover.commitment.Claim.Kind;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.proof.BoundaryAccount.Boundary;
import io.bulwark.prover.proof.Constraints.Solution;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfProof;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The promise: the integer that the margin engine computes is the integer that the ledger keeps, is the integer that the circuit accepts, and
 * no other.
 *
 * <p>Every random account goes through the engine, its statement through the house's register of sealed statements in PostgreSQL, and the
 * figures that are read back from there through the circuit's own constraints. Some accounts have neighbours on every boundary: equity exactly
 * at a level and one unit below, the largest account that the guard admits and one too large. What was met is counted, printed, and must be
 * everything. {@code -Dbulwark.parity.seed} and {@code -Dbulwark.parity.accounts} choose other accounts and more of them.
 */
@OfProof
@Sized
final class MarginParityTest {
    private static final long SEED = Long.getLong("bulwark.parity.seed", 20240523L);
    /** Of 240 the part with every family does not meet every boundary. */
    private static final int ACCOUNTS = Integer.getInteger("bulwark.parity.accounts", Tier.size(400, 2000));

    private static final int CALLED = Math.max(60, ACCOUNTS / 20);
    /** Fewer do not meet every family. */
    private static final int BY_SEAL = Math.max(200, ACCOUNTS * 2 / 20);

    private static final int ACCOUNTS_PER_TABLE = 100;
    private static final int SAMPLE = 10;

    /** Lists and lots at their largest, and every boundary of {@link BoundaryAccount}. */
    private static final List<String> BOUNDARIES = Stream.concat(
                    Stream.of(
                            "expected shortfall",
                            "minimum margin",
                            "margin of an account that cannot owe",
                            "negative cash",
                            "a position of 2^31 - 1 lots",
                            "as many groups as the shape holds",
                            "as many instruments as the shape holds",
                            "as many lines as the shape holds",
                            "state open",
                            "state call",
                            "state liquidation"),
                    Stream.of(Boundary.values()).map(boundary -> boundary.words))
            .toList();

    private static StatementLedger ledger;

    private final ProverLibrary library = ProverLibrary.load();
    private final ParityTally met = new ParityTally();

    @BeforeAll
    static void startLedger() {
        ledger = StatementLedger.start();
    }

    @AfterAll
    static void closeLedger() {
        ledger.close();
    }

    /** One account as engine, ledger and circuit see it. */
    private record Case(
            ProofShape shape,
            TestEpoch epoch,
            int account,
            RiskTable table,
            MarginAccount booked,
            Optional<Boundary> boundary,
            String name) {
        Answer<Solution> solve(Kind kind, Candidate candidate, long m) {
            WitnessRequest request = epoch.request(account, new Claim(kind, candidate, m, OptionalLong.empty()));
            Constraints constraints = TestKeys.constraints(shape);
            if (shape.opening() == Opening.DIRECT) {
                return constraints.solve(epoch.table(), request);
            }
            return switch (epoch.sealed(shape.opening(), constraints, request)) {
                case Answer.Given<WitnessRequest> sealed -> constraints.solve(epoch.table(), sealed.value());
                case Answer.Refused<WitnessRequest> refused -> new Answer.Refused<>(refused.refusal());
            };
        }

        void accepts(Kind kind, Candidate candidate, long m, Requirement expected) {
            Answer<Solution> answer = solve(kind, candidate, m);
            var given =
                    assertInstanceOf(Answer.Given.class, answer, name + ": " + kind + " " + candidate + " " + answer);
            assertEquals(
                    new Solution(expected.initialMargin(), expected.maintenanceMargin(), expected.equity()),
                    given.value(),
                    name + ": " + kind + " " + candidate);
        }

        void refuses(Kind kind, Candidate candidate, long m, RefusalKind reason) {
            Answer<Solution> answer = solve(kind, candidate, m);
            var refused = assertInstanceOf(
                    Answer.Refused.class, answer, name + ": " + kind + " " + candidate + " " + m + " " + answer);
            assertEquals(reason, refused.refusal().kind(), name + ": " + refused);
        }
    }

    @Test
    void shouldAcceptTheEnginesMarginAndNoOtherOnThousandsOfAccounts() throws Exception {
        run(TestKeys.TINY, ACCOUNTS * 8 / 20, SEED);
        met.requireAll("parity of " + TestKeys.TINY.label(), families(TestKeys.TINY), BOUNDARIES);
    }

    @Test
    void shouldAcceptTheEnginesMarginAndNoOtherWithEveryFamily() throws Exception {
        run(TestKeys.EVERY_FAMILY, ACCOUNTS * 6 / 20, SEED + 1);
        met.requireAll("parity of " + TestKeys.EVERY_FAMILY.label(), families(TestKeys.EVERY_FAMILY), BOUNDARIES);
    }

    @Test
    void shouldAcceptTheEnginesMarginAndNoOtherBySealThenChallenge() throws Exception {
        run(TestKeys.SEALED, BY_SEAL, SEED + 3);
        met.requireAll("parity of " + TestKeys.SEALED.label(), families(TestKeys.SEALED), BOUNDARIES);
    }

    @Test
    void shouldAcceptTheEnginesMarginAndNoOtherOverTheHousesOwnTable() {
        ProofShape shape = ProofShape.standard(HouseTable.PUBLISHED);
        announce(shape, ACCOUNTS / 20, SEED + 2);
        SplittableRandom random = new SplittableRandom(SEED + 2);
        runTable(shape, HouseTable.PUBLISHED, ACCOUNTS / 20, random, "house's table, seed " + (SEED + 2));
    }

    /** A call is accepted of exactly the accounts that the engine puts into liquidation; debts make there many of them. */
    @Test
    void shouldCallExactlyTheAccountsThatTheEngineLiquidates() {
        ProofShape shape = TestKeys.EVERY_FAMILY.call();
        announce(shape, CALLED, SEED + 4);
        SplittableRandom random = new SplittableRandom(SEED + 4);
        RiskTable table = RandomRiskTable.ofEveryFamily(random, 16);
        Style[] styles = {Style.INDEBTED, Style.MIXED, Style.SHORT};
        List<MarginAccount> accounts = IntStream.range(0, CALLED)
                .mapToObj(i -> RandomAccount.of(random, table, styles[i % styles.length], shape))
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
        assertTrue(called > 5 && called < accounts.size() - 5, called + " of " + accounts.size() + " were called");
    }

    private static void announce(ProofShape shape, int accounts, long seed) {
        System.out.println(
                "parity of margin and circuit: shape " + shape.label() + ", " + accounts + " accounts, seed " + seed);
    }

    /** Tables in parallel: the accounts do not depend on which thread takes them, every table has a generator of its own. */
    private void run(ProofShape shape, int accounts, long seed) throws Exception {
        announce(shape, accounts, seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Future<Integer>> admitted = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int first = 0; first < accounts; first += ACCOUNTS_PER_TABLE) {
                int count = Math.min(ACCOUNTS_PER_TABLE, accounts - first);
                SplittableRandom own = random.split();
                String name = "seed " + seed + ", from account " + first;
                admitted.add(threads.submit(() -> runTable(shape, table(shape, own), count, own, name)));
            }
        }
        int withMargin = 0;
        for (Future<Integer> table : admitted) {
            withMargin += table.get();
        }
        assertTrue(withMargin > accounts * 9 / 10, "most accounts must be admitted; were " + withMargin);
    }

    private static List<Family> families(ProofShape shape) {
        return table(shape, new SplittableRandom(SEED)).families();
    }

    private static RiskTable table(ProofShape shape, SplittableRandom random) {
        int bits = 8 + random.nextInt(20);
        return shape.equals(TestKeys.TINY)
                ? RandomRiskTable.of(random, shape.structure().rows(), bits)
                : RandomRiskTable.ofEveryFamily(random, bits);
    }

    private int runTable(ProofShape shape, RiskTable table, int count, SplittableRandom random, String name) {
        Style[] styles = Style.values();
        List<MarginAccount> accounts = new ArrayList<>();
        List<Optional<Boundary>> boundaries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            accounts.add(RandomAccount.of(random, table, styles[i % styles.length], shape));
            boundaries.add(Optional.empty());
        }
        for (int i = 2; i < count; i += 2 * SAMPLE) {
            if (PortfolioMargin.evaluate(table, accounts.get(i)) instanceof MarginStatement) {
                for (BoundaryAccount neighbour : BoundaryAccount.around(table, accounts.get(i))) {
                    accounts.add(neighbour.account());
                    boundaries.add(Optional.of(neighbour.boundary()));
                }
            }
        }
        List<MarginResult> results = accounts.stream()
                .map(account -> PortfolioMargin.evaluate(table, account))
                .toList();
        List<Optional<AccountStatement.Margined>> kept = ledger.kept(results.stream()
                .map(result -> result instanceof MarginStatement s ? Optional.of(s) : Optional.<MarginStatement>empty())
                .toList());
        int withMargin = 0;
        try (TestEpoch epoch = TestEpoch.of(library, table, accounts)) {
            for (int i = 0; i < accounts.size(); i++) {
                String style = i < count ? styles[i % styles.length].name() : "neighbour";
                Case one = new Case(
                        shape, epoch, i, table, accounts.get(i), boundaries.get(i), name + " + " + i + ", " + style);
                withMargin += check(one, results.get(i), kept.get(i)) && i < count ? 1 : 0;
            }
        }
        return withMargin;
    }

    private boolean check(Case one, MarginResult result, Optional<AccountStatement.Margined> kept) {
        one.boundary.ifPresent(boundary -> met.count(boundary.words));
        return switch (result) {
            case MarginRefusal refusal -> {
                assertEquals(MarginRefusal.Code.TOO_LARGE, refusal.code(), one.name);
                assertTrue(kept.isEmpty(), one.name);
                if (PortfolioMargin.evaluate(one.table, withoutPaid(one.booked)) instanceof MarginRefusal) {
                    one.refuses(Kind.INITIAL_MARGIN, Candidate.GIVEN, 0, RefusalKind.NO_PROOF);
                }
                assertTrue(one.boundary.isEmpty() || one.boundary.get() == Boundary.TOO_LARGE, one.name);
                yield false;
            }
            case MarginStatement statement -> {
                met.count(one.shape, one.table, statement);
                checkKept(one, statement.given(), kept.orElseThrow());
                one.boundary.ifPresent(boundary -> checkBoundary(one, boundary, statement));
                checkGiven(one, statement.given(), one.account % SAMPLE == 0);
                if (one.account % SAMPLE == 1) {
                    checkCandidate(one, Candidate.ALL_PAID, allPaid(one.table, one.booked));
                    checkCandidate(one, Candidate.RETURNED, returned(one.booked));
                }
                yield true;
            }
        };
    }

    /** The rows of the ledger hold the engine's integers; the circuit accepts the ledger's. */
    private static void checkKept(Case one, Requirement given, AccountStatement.Margined kept) {
        one.accepts(Kind.INITIAL_MARGIN, Candidate.GIVEN, kept.initialMargin(), given);
        assertEquals(
                List.of(given.initialMargin(), given.maintenanceMargin(), given.equity()),
                List.of(kept.initialMargin(), kept.maintenanceMargin(), kept.equity()),
                one.name);
    }

    private static void checkBoundary(Case one, Boundary boundary, MarginStatement statement) {
        Requirement given = statement.given();
        switch (boundary) {
            case AT_INITIAL -> {
                assertEquals(0, given.excessInitial(), one.name);
                one.accepts(Kind.EXCESS_OVER_INITIAL, Candidate.GIVEN, 0, given);
            }
            case BELOW_INITIAL -> {
                assertEquals(-1, given.excessInitial(), one.name);
                one.refuses(Kind.EXCESS_OVER_INITIAL, Candidate.GIVEN, 0, RefusalKind.CLAIM_NOT_TRUE);
            }
            case AT_MAINTENANCE -> {
                assertEquals(0, given.excessMaintenance(), one.name);
                one.accepts(Kind.EXCESS_OVER_MAINTENANCE, Candidate.GIVEN, 0, given);
            }
            case BELOW_MAINTENANCE -> {
                assertEquals(-1, given.excessMaintenance(), one.name);
                one.refuses(Kind.EXCESS_OVER_MAINTENANCE, Candidate.GIVEN, 0, RefusalKind.CLAIM_NOT_TRUE);
            }
            case LARGEST -> checkExcess(one, Candidate.GIVEN, given);
            case TOO_LARGE -> throw new AssertionError(one.name + " must have no margin");
        }
    }

    private static void checkGiven(Case one, Requirement requirement, boolean sampled) {
        long margin = requirement.initialMargin();
        if (sampled) {
            one.refuses(Kind.INITIAL_MARGIN, Candidate.GIVEN, margin + 1, RefusalKind.CLAIM_NOT_TRUE);
            if (margin > 0) {
                one.refuses(Kind.INITIAL_MARGIN, Candidate.GIVEN, margin - 1, RefusalKind.CLAIM_NOT_TRUE);
            }
            checkExcess(one, Candidate.GIVEN, requirement);
        }
    }

    /** Accepted at the bound, refused one past it, for both excesses. */
    private static void checkExcess(Case one, Candidate candidate, Requirement requirement) {
        checkLevel(one, Kind.EXCESS_OVER_INITIAL, candidate, requirement.excessInitial(), requirement);
        checkLevel(one, Kind.EXCESS_OVER_MAINTENANCE, candidate, requirement.excessMaintenance(), requirement);
    }

    private static void checkLevel(Case one, Kind kind, Candidate candidate, long excess, Requirement requirement) {
        if (excess >= 0) {
            one.accepts(kind, candidate, excess, requirement);
        }
        one.refuses(kind, candidate, Math.max(excess, -1) + 1, RefusalKind.CLAIM_NOT_TRUE);
    }

    private static void checkCandidate(Case one, Candidate candidate, MarginAccount split) {
        if (PortfolioMargin.evaluate(one.table, split) instanceof MarginStatement statement) {
            checkExcess(one, candidate, statement.given());
        } else {
            RefusalKind reason = outOfRange(split) ? RefusalKind.CLAIM_NOT_TRUE : RefusalKind.NO_PROOF;
            one.refuses(Kind.EXCESS_OVER_INITIAL, candidate, 0, reason);
        }
    }

    /** A candidate with more lots than int32 holds does not exist. */
    private static boolean outOfRange(MarginAccount split) {
        return split.positions().stream().anyMatch(entry -> entry.lots() > Integer.MAX_VALUE);
    }

    /** The circuit's guard looks at the lots that a candidate margins, the engine's admission at all four lists. */
    private static MarginAccount withoutPaid(MarginAccount account) {
        return new MarginAccount(account.cash(), account.positions(), List.of(), account.collateral(), account.debt());
    }

    /** Every margined long lot that is paid up leaves the positions; paid lots count nowhere. */
    private static MarginAccount allPaid(RiskTable table, MarginAccount account) {
        List<Entry> kept = account.positions().stream()
                .filter(entry -> entry.lots() < 0
                        || !table.instrument(entry.number())
                                .map(InstrumentRisk::paidUp)
                                .orElse(false))
                .toList();
        return new MarginAccount(account.cash(), kept, List.of(), account.collateral(), account.debt());
    }

    /** All paid lots are added to the positions; entries that cancel are dropped. */
    private static MarginAccount returned(MarginAccount account) {
        TreeMap<Integer, Long> lots = new TreeMap<>();
        Stream.concat(account.positions().stream(), account.paid().stream())
                .forEach(entry -> lots.merge(entry.number(), entry.lots(), Math::addExact));
        List<Entry> positions = lots.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
        return new MarginAccount(account.cash(), positions, List.of(), account.collateral(), account.debt());
    }
}
