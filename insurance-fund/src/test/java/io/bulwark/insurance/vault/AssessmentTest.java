package io.bulwark.insurance.vault;

import static io.bulwark.insurance.stresstest.VaultTable.BTC;
import static io.bulwark.insurance.stresstest.VaultTable.account;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.FundDemand;
import io.bulwark.insurance.stresstest.FundLosses;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.stresstest.VaultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssessmentTest {
    private static final long SEED = 8_113;
    private static final long LOT_LOSS = 194_000;
    private static final long MINIMUM = 10_000_000;
    private static final ParameterSet FOUNDING = ParameterSet.founding();
    private static final ParameterSet NO_MINIMUM = FOUNDING.with(VaultParameters.MINIMUM_CONTRIBUTION, 0);

    @Test
    void shouldShareTheNeedProRataToLossesBeyondMargin() {
        // 300, 200 and 100 lots lose; the pair is 500 lots; shares are 5/6 of each one's loss, to the unit.
        Assessment assessment = assess(NO_MINIMUM, Vault.EMPTY, 300, 200, 100);
        assertEquals(500 * LOT_LOSS, assessment.demand().proved());
        assertEquals(500 * LOT_LOSS, assessment.demand().total());
        assertEquals(
                List.of(250 * LOT_LOSS, 32_333_333L, 16_166_667L),
                assessment.contributions().stream().map(Contribution::required).toList());
        assertEquals(
                List.of(200 * LOT_LOSS, 100 * LOT_LOSS, 0L),
                assessment.contributions().stream().map(Contribution::marginal).toList());
    }

    /** Worst pair of 3, 2 and 1 lots over all six orders of joining. */
    @Test
    void shouldShowTheMeanOverAllOrdersBesideTheShare() {
        Assessment assessment = assess(NO_MINIMUM, Vault.EMPTY, 3, 2, 1);
        // m0: 3 first (2 of 6 orders), 3 after one (2 of 6), 2 after m1 and m2 (2 of 6): 16/6. m1: 2, 2, 1 after both:
        // 10/6. m2: 1, 1, 0: 4/6.
        assertEquals(
                List.of(16 * LOT_LOSS / 6, 10 * LOT_LOSS / 6, 4 * LOT_LOSS / 6 + 1),
                assessment.contributions().stream()
                        .map(c -> c.shapley().orElseThrow())
                        .toList());
        long[] many = new long[Assessment.FAIRNESS_MEMBERS_MAX + 1];
        Arrays.fill(many, 1);
        assertTrue(assess(NO_MINIMUM, Vault.EMPTY, many).contributions().stream()
                .allMatch(c -> c.shapley().isEmpty()));
    }

    @Test
    void shouldAskTheMinimumOfEveryMemberEvenOfOneWhoLosesNothing() {
        Assessment assessment = Assessment.of(1, losses(List.of()), Set.of("alice", "bob"), Vault.EMPTY, FOUNDING);
        assertEquals(0, assessment.demand().proved());
        assertEquals(
                new TreeMap<>(Map.of("alice", MINIMUM, "bob", MINIMUM)),
                assessment.after().contributions());
    }

    /** 200 and 10 lots: 40,740,000 are demanded. m1's 1,940,000 and m2's nothing are below the minimum of 10,000,000: m0 pays the rest. */
    @Test
    void shouldTakeWhatMinimumsBringOffTheOthers() {
        Assessment assessment = Assessment.of(
                1,
                losses(List.of(account(0, "m0", BTC, 200, 0), account(1, "m1", BTC, 10, 0))),
                Set.of("m2"),
                Vault.EMPTY,
                FOUNDING);
        assertEquals(210 * LOT_LOSS, assessment.demand().total());
        assertEquals(
                List.of(210 * LOT_LOSS - 2 * MINIMUM, MINIMUM, MINIMUM),
                assessment.contributions().stream().map(Contribution::target).toList());
        assertEquals(210 * LOT_LOSS, assessment.after().total());
    }

    @Test
    void shouldFallByAtMostAFifthAReviewAndRiseAtOnce() {
        Vault standing = new Vault(new TreeMap<>(Map.of("m0", 1_000_000_001L)));
        Assessment less = assess(NO_MINIMUM, standing, 1);
        assertEquals(800_000_001L, less.contributions().getFirst().required());
        Assessment more = assess(NO_MINIMUM, standing, 10_000);
        assertEquals(10_000 * LOT_LOSS, more.contributions().getFirst().required());
    }

    @Test
    void shouldAskNothingOfWhoIsFrozenAndKeepWhatStands() {
        Vault standing = new Vault(new TreeMap<>(Map.of("failed", 50_000_000L)));
        Assessment assessment = Assessment.of(
                1,
                losses(List.of()),
                Set.of("failed", "alice"),
                new Assessment.Apart(Set.of("failed"), Set.of("failed")),
                standing,
                FOUNDING);
        Contribution failed = assessment.contributions().getLast();
        assertEquals("failed", failed.member());
        assertEquals(0, failed.target());
        assertEquals(0, failed.change(), "nothing goes back, nothing is asked");
    }

    @Test
    void shouldAskNothingOfWhoDoesNotRestOnTheFundAndLetWhatStandsLeave() {
        Vault standing = new Vault(new TreeMap<>(Map.of("apart", 50_000_000L)));
        Assessment assessment = Assessment.of(
                1,
                losses(List.of()),
                Set.of("apart", "alice"),
                new Assessment.Apart(Set.of("apart"), Set.of()),
                standing,
                FOUNDING);
        Contribution apart = assessment.contributions().getLast();
        assertEquals("apart", apart.member());
        assertEquals(0, apart.target(), "not even the minimum");
        assertEquals(-10_000_000L, apart.change(), "a step of what stands is paid back");
        assertEquals(10_000_000L, assessment.contributions().getFirst().target(), "the others pay the minimum");
    }

    /** Random members, layers and standings: shares are the demand, targets the demand or all minimums, and the whole more only by what a step limit keeps; all to the unit. */
    @Test
    void shouldContributeExactlyWhatTheFundMustHold() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Vault standing = Vault.EMPTY;
        for (int epoch = 1; epoch <= 300; epoch++) {
            FundLosses losses = random(random);
            ParameterSet parameters =
                    FOUNDING.with(VaultParameters.MINIMUM_CONTRIBUTION, random.nextInt(3) * random.nextLong(1_000_000));
            Assessment assessment = Assessment.of(epoch, losses, Set.of("m0", "idle"), standing, parameters);
            List<Contribution> all = assessment.contributions();
            long demanded = assessment.demand().total();
            assertTrue(demanded >= CoverTwo.ofRows(losses.direct()).need());
            assertEquals(demanded, sum(all, Contribution::share));
            assertEquals(
                    Math.max(demanded, all.size() * parameters.value(VaultParameters.MINIMUM_CONTRIBUTION)),
                    sum(all, Contribution::target));
            assertEquals(
                    sum(all, Contribution::target) + sum(all, c -> c.required() - c.target()),
                    assessment.after().total());
            Vault before = standing;
            all.forEach(c -> {
                long kept = (before.contribution(c.member()) * 4 + 4) / 5;
                assertEquals(Math.max(c.target(), kept), c.required());
                assertTrue(c.marginal() <= demanded);
            });
            if (all.getFirst().shapley().isPresent()) {
                assertEquals(demanded, sum(all, c -> c.shapley().orElseThrow()));
            }
            standing = assessment.after();
        }
    }

    private static long sum(List<Contribution> contributions, ToLongFunction<Contribution> of) {
        return contributions.stream().mapToLong(of).sum();
    }

    private static FundLosses random(Random random) {
        int members = random.nextInt(1, 6);
        FundLosses.Tail tail = new FundLosses.Tail(
                List.of(row(random, members), row(random, members), row(random, members)),
                List.of(4_000, 10_000, 986_000),
                10_000);
        return new FundLosses(
                List.of(row(random, members), row(random, members)),
                List.of(row(random, members), row(random, members)),
                tail,
                List.of(
                        new FundLosses.Symbol(row(random, members), random.nextLong(2_000_000)),
                        new FundLosses.Symbol(row(random, members), random.nextLong(2_000_000))),
                List.of(row(random, members), row(random, members)),
                List.of(row(random, members), row(random, members)));
    }

    private static StressRow row(Random random, int members) {
        return new StressRow(
                0,
                "any",
                MemberLoss.ofAccounts(IntStream.range(0, members)
                        .mapToObj(m -> new MemberLoss(
                                "m" + m, random.nextInt(3) == 0 ? 0 : random.nextLong(1_000_000), List.of(m)))
                        .toList()));
    }

    @Test
    void shouldRefuseContributionsThatDoNotCoverTheDemand() {
        FundDemand demand = FundDemand.of(losses(List.of(account(0, "m0", BTC, 1, 0))), 0);
        assertThrows(IllegalArgumentException.class, () -> new Assessment(1, demand, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Assessment(
                        1,
                        demand,
                        List.of(new Contribution("m0", 0, LOT_LOSS, 0, Optional.empty(), LOT_LOSS, LOT_LOSS - 1))));
        assertThrows(IllegalArgumentException.class, () -> new Vault(new TreeMap<>(Map.of("alice", -1L))));
    }

    /** Members m0, m1, … each long so many lots of BTC without any margin. */
    private static Assessment assess(ParameterSet parameters, Vault standing, long... lots) {
        List<StressedAccount> accounts = new ArrayList<>();
        for (int i = 0; i < lots.length; i++) {
            if (lots[i] > 0) {
                accounts.add(account(i, "m" + i, BTC, lots[i], 0));
            }
        }
        return Assessment.of(1, losses(accounts), Set.of(), standing, parameters);
    }

    /** Direct losses alone: nothing is forced, no symbol is listed, nothing has to be sold. */
    private static FundLosses losses(List<StressedAccount> accounts) {
        List<StressRow> rows = CoverTwo.of(VaultTable.table(), accounts).rows();
        FundLosses.Tail none =
                new FundLosses.Tail(List.of(new StressRow(0, "none", List.of())), List.of(1_000_000), 10_000);
        return new FundLosses(rows, rows, none, List.of(), List.of(), List.of());
    }
}
