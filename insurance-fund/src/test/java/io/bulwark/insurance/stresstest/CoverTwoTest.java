package io.bulwark.insurance.stresstest;

import static io.bulwark.insurance.stresstest.VaultTable.BTC;
import static io.bulwark.insurance.stresstest.VaultTable.ETH;
import static io.bulwark.insurance.stresstest.VaultTable.account;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.netting.scenario.NamedScenarios;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoverTwoTest {
    private static final long SEED = 20_200_312;

    private final RiskTable table = VaultTable.table();

    @Test
    void shouldAddTheTwoLargestLossesBeyondMargin() {
        // 1 BTC long loses 19,400 USD, 10 ETH long 8,600 USD, in the replay of 2020-03-12.
        CoverTwo cover = CoverTwo.of(
                table,
                List.of(
                        account(1, "alice", BTC, 1_000, 80_000_000),
                        account(2, "bob", ETH, 1_000, 50_000_000),
                        account(3, "carol", ETH, 100, 1_000_000)));
        assertEquals(114_000_000 + 36_000_000, cover.need());
        assertEquals(
                List.of(
                        new MemberLoss("alice", 114_000_000, List.of(1)),
                        new MemberLoss("bob", 36_000_000, List.of(2))),
                cover.worst().pair());
        assertEquals(
                "In the replay of 2020-03-12 the largest losses beyond what is held are alice 11400.0000 USD and bob"
                        + " 3600.0000 USD: the fund must hold 15000.0000 USD.",
                cover.explanation());
    }

    /** The skeleton's 32 rows hold one replay and six extremes: what fills the other places is no scenario and asks nothing. */
    @Test
    void shouldTellEveryScenarioOfAPaddedTableOnce() {
        RiskTable padded = VaultTable.after(new NamedScenarios(List.of(CrashDay.MARCH_2020), List.of(), List.of()));
        CoverTwo cover = CoverTwo.of(padded, List.of(account(1, "alice", BTC, 1_000, 800_000_000)));
        assertEquals(32, cover.rows().size());
        assertEquals(
                List.of(0, 16, 17, 18, 19, 20, 21),
                cover.scenarios().stream().map(StressRow::row).toList());
        assertEquals(0, cover.need());
        assertEquals("Nobody loses more than he holds in any of the 7 vault scenarios.", cover.explanation());
        CoverTwo short7 = CoverTwo.of(padded, List.of(account(1, "alice", BTC, 1_000, 80_000_000)));
        assertEquals(16, short7.worst().row(), "-66 %, undamped");
        CoverTwo replayed = CoverTwo.of(padded, List.of(account(1, "alice", ETH, -1_000, 0)));
        assertEquals(21, replayed.worst().row(), "+400 %");
    }

    @Test
    void shouldMergeAffiliatesButNeverLetOneAccountPayForAnother() {
        CoverTwo cover = CoverTwo.of(
                table,
                List.of(
                        account(1, "alice", BTC, 100, 0),
                        account(2, "alice", ETH, 100, 0),
                        account(3, "alice", BTC, -10_000, 0),
                        account(4, "bob", ETH, 50, 0),
                        account(5, "carol", ETH, 40, 0)));
        assertEquals(
                new MemberLoss("alice", 19_400_000 + 8_600_000, List.of(1, 2)),
                cover.worst().members().getFirst());
        assertEquals(28_000_000 + 4_300_000, cover.need());
    }

    @Test
    void shouldNotCountALossThatMarginCovers() {
        CoverTwo atMargin = CoverTwo.of(table, List.of(account(1, "alice", BTC, 1, 194_000)));
        assertEquals(0, atMargin.need());
        assertEquals("Nobody loses more than he holds in any of the 1 vault scenarios.", atMargin.explanation());
        assertEquals(
                1,
                CoverTwo.of(table, List.of(account(1, "alice", BTC, 1, 193_999)))
                        .need());
    }

    @Test
    void shouldTakeThePairFromOneRow() {
        // In row 0 BTC and ETH fall, in row 1 they rise as much: the largest loser of each row is another member.
        RiskTable both = withMirroredRow();
        CoverTwo cover = CoverTwo.of(both, List.of(account(1, "long", BTC, 100, 0), account(2, "short", BTC, -110, 0)));
        assertEquals(1, cover.worst().row());
        assertEquals(110 * 194_000, cover.need());
        assertEquals(100 * 194_000, cover.rows().getFirst().need());
    }

    @Test
    void shouldCountCollateralAndDebtAndIgnoreThePaidSleeve() {
        MarginAccount lots = new MarginAccount(
                5, List.of(), List.of(new Entry(BTC, 900)), List.of(new Entry(0, 100)), List.of(new Entry(0, 7)));
        long collateral = table.asset(0).orElseThrow().row().at(0);
        long debt = table.asset(0).orElseThrow().debtRow().at(0);
        CoverTwo cover = CoverTwo.of(table, List.of(new StressedAccount(1, "alice", lots, 0)));
        assertEquals(-100 * collateral + 7 * debt, cover.need());
    }

    /** The hand case's account B: a loss of 33,025 USD beyond IM 12,812.5 and Buffer 13,545.0525; what it holds is its equity where that is less, as in a call. */
    @Test
    void shouldCreditAnAccountInCallItsEquityAndNoMoreThanIsThere() {
        long marginAndBuffer = 128_125_000 + 135_450_525;
        long lots = 330_250_000 / 194_000;
        long loss = lots * 194_000;
        assertEquals(loss - marginAndBuffer, beyond(lots, marginAndBuffer, 1L << 40));
        assertEquals(loss - marginAndBuffer, beyond(lots, marginAndBuffer, marginAndBuffer));
        assertEquals(loss - 200_000_000, beyond(lots, 200_000_000, 200_000_000), "in call");
        assertEquals(
                loss - 102_500_000,
                beyond(lots, marginAndBuffer, 102_500_000),
                "a margin that says more than is there");
        assertEquals(loss, beyond(lots, 1L << 59, 0), "a margin of 2^59 over nothing");
        assertEquals(loss, beyond(lots, 1L << 59, -5_000), "a debt");
        assertEquals(loss, beyond(lots, 0, 1L << 40), "no margin");
    }

    private long beyond(long lots, long held, long cash) {
        MarginAccount account = new MarginAccount(cash, List.of(new Entry(BTC, lots)), List.of(), List.of(), List.of());
        return CoverTwo.of(table, List.of(new StressedAccount(1, "alice", account, held)))
                .need();
    }

    @Test
    void shouldNotDependOnTheOrderOfAccounts() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        List<StressedAccount> accounts = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            accounts.add(account(
                    number,
                    "member" + random.nextInt(30),
                    random.nextInt(2),
                    random.nextInt(-5_000, 5_000),
                    random.nextInt(1_000_000_000)));
        }
        CoverTwo cover = CoverTwo.of(table, accounts);
        Collections.shuffle(accounts, random);
        assertEquals(cover, CoverTwo.of(table, accounts));
    }

    @Test
    void shouldRefuseWhatTheTableDoesNotListAndAccountsThatStandTwice() {
        assertThrows(IllegalArgumentException.class, () -> CoverTwo.of(table, List.of(account(1, "alice", 99, 1, 0))));
        StressedAccount twice = account(1, "alice", BTC, 1, 0);
        assertThrows(IllegalArgumentException.class, () -> CoverTwo.of(table, List.of(twice, twice)));
        assertThrows(IllegalArgumentException.class, () -> account(1, "alice", BTC, 1, -1));
    }

    private RiskTable withMirroredRow() {
        return new RiskTable(
                table.builder(),
                List.of(table.rows().getFirst(), table.rows().getFirst()),
                List.of(new Family("HIST", List.of(IntColumn.of(0), IntColumn.of(1)))),
                table.combos(),
                List.of(),
                table.esVolatility(),
                table.esWeights(),
                table.groups(),
                table.instruments().stream().map(CoverTwoTest::mirrored).toList(),
                List.of(),
                table.parameters(),
                VenueRisk.NONE);
    }

    private static InstrumentRisk mirrored(InstrumentRisk i) {
        return new InstrumentRisk(
                i.number(),
                i.id(),
                i.group(),
                i.paidUp(),
                i.days(),
                i.value(),
                IntColumn.of(i.row().at(0), -i.row().at(0)),
                i.rowShort(),
                i.es(),
                i.delta(),
                i.vega(),
                i.spread(),
                i.crowd(),
                i.knots(),
                i.bound(),
                VenueRisk.FREE);
    }
}
