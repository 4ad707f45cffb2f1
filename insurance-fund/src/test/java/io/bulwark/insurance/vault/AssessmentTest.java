package io.bulwark.insurance.vault;

import static io.bulwark.insurance.stresstest.VaultTable.BTC;
import static io.bulwark.insurance.stresstest.VaultTable.account;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.money.Amount;
import io.bulwark.insurance.stresstest.CoverTwo;
import io.bulwark.insurance.stresstest.StressedAccount;
import io.bulwark.insurance.stresstest.VaultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AssessmentTest {
    private static final long SEED = 8_113;
    private static final long LOT_LOSS = 194_000;
    private static final long MINIMUM = 10_000_000;
    private static final ParameterSet FOUNDING = ParameterSet.founding();
    private static final ParameterSet NO_MINIMUM = FOUNDING.with(VaultParameters.MINIMUM_CONTRIBUTION, 0);

    @Test
    void shouldShareTheNeedProRataToLossesBeyondMargin() {
        // 300, 200 and 100 lots lose; the pair is 500 lots; shares are 5/6 of each one's loss.
        Assessment assessment = assess(NO_MINIMUM, Vault.EMPTY, 300, 200, 100);
        assertEquals(500 * LOT_LOSS, assessment.need());
        assertEquals(
                List.of(250 * LOT_LOSS, 32_333_334L, 16_166_667L),
                assessment.contributions().stream().map(Contribution::required).toList());
        assertEquals(
                List.of(200 * LOT_LOSS, 100 * LOT_LOSS, 0L),
                assessment.contributions().stream().map(Contribution::marginal).toList());
    }

    @Test
    void shouldAskTheMinimumOfEveryMemberEvenOfOneWhoLosesNothing() {
        Assessment assessment = Assessment.of(
                1, CoverTwo.of(VaultTable.table(), List.of()), Set.of("alice", "bob"), Vault.EMPTY, FOUNDING);
        assertEquals(0, assessment.need());
        assertEquals(
                new TreeMap<>(Map.of("alice", MINIMUM, "bob", MINIMUM)),
                assessment.after().contributions());
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
    void shouldPayInFromTheBankAndReleaseToIt() {
        Vault standing = new Vault(new TreeMap<>(Map.of("m0", 10_000_000L, "m1", 50_000_000L)));
        List<Transfer> transfers = assess(NO_MINIMUM, standing, 100, 0).transfers();
        assertEquals(2, transfers.size());
        assertEquals(Vault.bank(), transfers.getFirst().debit());
        assertEquals(Vault.account("m0"), transfers.getFirst().credit());
        assertEquals(Amount.of("940"), transfers.getFirst().amount());
        assertEquals(Vault.account("m1"), transfers.getLast().debit());
        assertEquals(Amount.of("1000"), transfers.getLast().amount());
        assertEquals("fund/global-risk-vault/m1/cash/usd", Vault.account("m1").name());
    }

    @Test
    void shouldNameATransferByEpochAndMemberSoThatItIsBookedOnce() {
        List<Transfer> first = assess(NO_MINIMUM, Vault.EMPTY, 100, 50).transfers();
        assertEquals(first, assess(NO_MINIMUM, Vault.EMPTY, 100, 50).transfers());
        assertEquals(2, first.stream().map(Transfer::id).distinct().count());
    }

    @Test
    void shouldAlwaysHoldWhatCoverTwoNeeds() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Vault standing = Vault.EMPTY;
        for (int epoch = 1; epoch <= 200; epoch++) {
            long[] lots = random.longs(random.nextInt(1, 12), 0, 1_000_000).toArray();
            Assessment assessment = assess(FOUNDING, standing, lots);
            assertTrue(assessment.after().total() >= assessment.need());
            Vault before = standing;
            assessment
                    .contributions()
                    .forEach(c -> assertTrue(c.required() * 5 >= before.contribution(c.member()) * 4));
            standing = assessment.after();
        }
    }

    @Test
    void shouldRefuseContributionsThatDoNotCoverTheNeed() {
        assertThrows(IllegalArgumentException.class, () -> new Assessment(1, 5, List.of()));
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
        return Assessment.of(1, CoverTwo.of(VaultTable.table(), accounts), Set.of(), standing, parameters);
    }
}
