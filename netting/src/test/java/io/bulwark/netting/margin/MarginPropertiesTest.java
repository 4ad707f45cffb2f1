package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.formula.ExpectedShortfall;
import io.bulwark.netting.formula.ExpectedShortfall.TailRow;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.tier.Heavy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What must hold for every account, on seeded random accounts over the reference table. */
@Heavy
final class MarginPropertiesTest {
    private static final long SEED = Long.getLong("bulwark.seed", 20_240_523L);

    private final RiskTable table = ReferenceTable.load();
    private final RandomAccounts accounts = new RandomAccounts(table, new Random(SEED));

    @BeforeAll
    static void printSeed() {
        System.out.println("margin properties: -Dbulwark.seed=" + SEED);
    }

    @Test
    void shouldBeConvexAtMidpoints() {
        for (int i = 0; i < 3_000; i++) {
            // Millions of lots: no ceiling of a weight in ppm rounds, so that convexity holds to the unit.
            MarginAccount a = times(accounts.withLiability(), 1_000_000);
            MarginAccount b = times(accounts.withLiability(), 1_000_000);
            Requirement whole = Requirement.of(table, sum(a, b));
            Requirement twiceA = Requirement.of(table, sum(a, a));
            Requirement twiceB = Requirement.of(table, sum(b, b));
            long middle = -2 * whole.excessInitial();
            long ends = -twiceA.excessInitial() - twiceB.excessInitial();
            assertTrue(middle <= ends, message("midpoint", a, b));
        }
    }

    @Test
    void shouldHaveASubadditiveCore() {
        for (int i = 0; i < 2_000; i++) {
            MarginAccount a = accounts.any();
            MarginAccount b = accounts.any();
            long parts =
                    Requirement.of(table, a).core() + Requirement.of(table, b).core();
            assertTrue(Requirement.of(table, sum(a, b)).core() <= parts, message("core", a, b));
        }
    }

    @Test
    void shouldGiveTheSameIntegersOnBothPaths() {
        for (int i = 0; i < 3_000; i++) {
            MarginAccount account = accounts.any();
            assertEquals(
                    Requirement.of(table, account, Precision.INT64),
                    Requirement.of(table, account, Precision.INT128),
                    () -> message("paths", account));
        }
    }

    @Test
    void shouldScaleTheCoreWithTheBookUpToTwoToTheThirty() {
        for (int i = 0; i < 1_000; i++) {
            MarginAccount account = accounts.small();
            Requirement one = Requirement.of(table, account);
            for (int shift : new int[] {20, 30}) {
                Requirement scaled = Requirement.of(table, times(account, 1L << shift));
                long gap = Math.subtractExact(one.core() << shift, scaled.core());
                assertTrue(gap >= 0 && gap < 1L << shift, message("scale", account));
            }
        }
    }

    @Test
    void shouldNeverFallWhenARowOrComboIsAdded() {
        RiskTable shorter = withoutLastPoints(table);
        RiskTable fewer = RiskTablePublicationTest.copy(table, table.combos().subList(0, 3), table.instruments());
        for (int i = 0; i < 1_000; i++) {
            MarginAccount account = accounts.any();
            long whole = Requirement.of(table, account).initialMargin();
            assertTrue(Requirement.of(shorter, account).initialMargin() <= whole, message("row", account));
            assertTrue(Requirement.of(fewer, account).initialMargin() <= whole, message("combo", account));
        }
    }

    @Test
    void shouldSaveAtMostOwnSizeBySplittingIntoHundredAccounts() {
        for (int i = 0; i < 1_000; i++) {
            MarginAccount part = accounts.small();
            Requirement whole = Requirement.of(table, times(part, 100));
            long parts = 100 * Requirement.of(table, part).initialMargin();
            assertSavesAtMostOwnSize(whole, parts, part);
        }
    }

    @Test
    void shouldSaveAtMostOwnSizeByAnySplit() {
        for (int i = 0; i < 200; i++) {
            List<MarginAccount> pieces = new ArrayList<>();
            MarginAccount whole = MarginAccount.EMPTY;
            for (int piece = 0; piece < 2 + i % 20; piece++) {
                pieces.add(accounts.withLiability());
                whole = sum(whole, pieces.getLast());
            }
            long parts = pieces.stream()
                    .mapToLong(piece -> Requirement.of(table, piece).initialMargin())
                    .sum();
            assertSavesAtMostOwnSize(Requirement.of(table, whole), parts, whole);
        }
    }

    /** Own-size slopes are at most 3 % of the linear slopes that they sit on, so a split saves at most 3/103 of the add-ons. */
    private static void assertSavesAtMostOwnSize(Requirement whole, long parts, MarginAccount account) {
        long addOns = whole.initialMargin() - whole.core();
        assertTrue(103 * (whole.initialMargin() - parts) <= 3 * addOns, message("split", account));
    }

    @Test
    void shouldNeverGainBySplittingABalanceIntoCollateralAndDebt() {
        for (int i = 0; i < 1_000; i++) {
            MarginAccount account = accounts.any();
            List<Entry> both = List.of(new Entry(i % table.assets().size(), 1 + i));
            MarginAccount split = new AccountChange(0, List.of(), List.of(), both, both).applyTo(account);
            Requirement before = Requirement.of(table, account);
            Requirement after = Requirement.of(table, split);
            assertTrue(after.excessInitial() <= before.excessInitial(), message("IM split", account));
            assertTrue(after.excessMaintenance() <= before.excessMaintenance(), message("MM split", account));
        }
    }

    @Test
    void shouldProveEveryCoreFromBelowWithItsOwnWitness() {
        for (int i = 0; i < 3_000; i++) {
            MarginAccount account = accounts.any();
            LowerWitness witness = MarginStatement.of(table, account).witness();
            OptionalLong bound = witness.bound(MarginBook.of(table, account, Precision.INT128));
            assertEquals(
                    OptionalLong.of(Requirement.of(table, account).core()), bound, () -> message("witness", account));
        }
    }

    @Test
    void shouldNeverAcceptAWitnessAboveTheCore() {
        Random random = new Random(SEED + 1);
        int accepted = 0;
        for (int i = 0; i < 2_000; i++) {
            MarginAccount account = accounts.any();
            LowerWitness other = MarginStatement.of(table, accounts.any()).witness();
            LowerWitness offered = random.nextBoolean() ? other : repeated(other);
            OptionalLong bound = offered.provenBound(table, account);
            long core = Requirement.of(table, account).core();
            assertTrue(bound.isEmpty() || bound.getAsLong() <= core, () -> message("foreign witness", account));
            accepted += bound.isPresent() ? 1 : 0;
        }
        int some = accepted;
        assertTrue(some > 100, () -> "witnesses of other accounts that were accepted: " + some);
    }

    /** The worst row counted twice: what a cheat would offer. */
    private static LowerWitness repeated(LowerWitness witness) {
        List<TailRow> tail = new ArrayList<>(witness.tail());
        tail.addAll(witness.tail());
        return new LowerWitness(witness.core(), witness.combo(), witness.points(), witness.cells(), tail);
    }

    @Test
    void shouldExplainEveryMarginToTheUnit() {
        for (int i = 0; i < 3_000; i++) {
            MarginAccount account = accounts.any();
            MarginStatement statement = MarginStatement.of(table, account);
            long sum = statement.explanation().terms().stream()
                    .mapToLong(Explanation.Term::amount)
                    .sum();
            assertEquals(statement.initialMargin(), sum, () -> message("explanation", account));
            long roundings = statement.explanation().terms().stream()
                    .filter(term -> term.part() == Explanation.Part.ROUNDING)
                    .mapToLong(Explanation.Term::amount)
                    .sum();
            int entries = account.positions().size()
                    + account.collateral().size()
                    + account.debt().size();
            assertTrue(roundings >= 0 && roundings <= entries + 1, () -> message("rounding", account));
        }
    }

    @Test
    void shouldLeaveAnAccountWithoutLiabilityOpenAfterHouseAllocation() {
        for (InstrumentRisk option : table.instruments()) {
            if (option.paidUp()) {
                List<Entry> lots = List.of(new Entry(option.number(), 1_000));
                MarginAccount bought = new MarginAccount(0, lots, List.of(), List.of(), List.of());
                assertEquals(
                        AccountState.OPEN, MarginStatement.of(table, bought).state(), option.id());
            }
        }
    }

    @Test
    void shouldNeverCallARandomAccountThatOwesNothing() {
        for (int i = 0; i < 2_000; i++) {
            MarginAccount account = accounts.withoutLiability();
            MarginStatement statement = MarginStatement.of(table, account);
            assertFalse(statement.given().liability(), () -> message("liability", account));
            assertEquals(AccountState.OPEN, statement.state(), () -> message("state", account));
        }
    }

    @Test
    void shouldNeverLiquidateWhatIsOpenInSomeCandidate() {
        for (int i = 0; i < 2_000; i++) {
            MarginAccount account = accounts.any();
            HouseAllocation house = MarginStatement.of(table, account).house();
            boolean covered =
                    house.candidates().stream().anyMatch(c -> c.requirement().excessInitial() >= 0);
            boolean allFail =
                    house.candidates().stream().allMatch(c -> c.requirement().fails());
            assertEquals(covered, house.state() == AccountState.OPEN, () -> message("open", account));
            assertFalse(covered && allFail, () -> message("both", account));
        }
    }

    @Test
    void shouldNotRaiseTheMarginByAPerfectHedge() {
        for (InstrumentRisk instrument : table.instruments()) {
            MarginAccount open = position(instrument.number(), -1_000);
            MarginAccount half = new AccountChange(
                            0, List.of(new Entry(instrument.number(), 500)), List.of(), List.of(), List.of())
                    .applyTo(open);
            MarginAccount closed =
                    AccountChange.trade(instrument.number(), 1_000).applyTo(open);
            long im = Requirement.of(table, open).initialMargin();
            assertTrue(Requirement.of(table, half).initialMargin() <= im, instrument.id());
            assertEquals(0, Requirement.of(table, closed).initialMargin(), instrument.id());
        }
    }

    @Test
    void shouldRefuseAnotherOrderAndDuplicates() {
        for (int i = 0; i < 1_000; i++) {
            MarginAccount account = accounts.any();
            List<Entry> reversed = account.positions().reversed();
            List<Entry> twice = new ArrayList<>(account.positions());
            twice.add(account.positions().getLast());
            for (List<Entry> positions : List.of(reversed.size() > 1 ? reversed : twice, twice)) {
                MarginAccount faulty = new MarginAccount(
                        account.cash(), positions, account.paid(), account.collateral(), account.debt());
                assertEquals(
                        MarginRefusal.Code.IDS_NOT_INCREASING,
                        MarginAdmission.firstFault(table, faulty).orElseThrow().code());
            }
        }
    }

    @Test
    void shouldNotDependOnHowTheShortfallTailIsFound() {
        for (int i = 0; i < 2_000; i++) {
            MarginBook book = MarginBook.of(table, accounts.any(), Precision.INT128);
            long[] losses = ExpectedShortfall.losses(book);
            long k = table.parameters().tail();
            long least = IntStream.range(0, losses.length)
                    .mapToLong(j -> objective(losses, losses[j], k))
                    .min()
                    .orElseThrow();
            assertEquals(
                    Math.max(0, Math.ceilDiv(least, k)),
                    ExpectedShortfall.of(book).loss());
        }
    }

    /** The circuit proves these very rows: among equal losses the lowest comes first. */
    @Test
    void shouldTakeTheRowsOfTheTailAsAWholeSortedListHasThem() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            int kinds = 1 + random.nextInt(40);
            long[] losses = random.longs(table.esRowCount(), -kinds, kinds).toArray();
            List<Integer> sorted = IntStream.range(0, losses.length)
                    .boxed()
                    .sorted(Comparator.comparing((Integer row) -> losses[row], Comparator.reverseOrder()))
                    .toList();
            List<TailRow> tail = new ArrayList<>();
            long left = table.parameters().tail();
            for (int row : sorted) {
                long weight = Math.min(left, table.esWeights().at(row));
                if (weight > 0) {
                    tail.add(new TailRow(row, weight));
                    left -= weight;
                }
            }
            tail.sort(Comparator.comparingInt(TailRow::row));
            assertEquals(
                    tail, ExpectedShortfall.of(losses, table, Precision.INT128).tail());
        }
    }

    private long objective(long[] losses, long t, long k) {
        long sum = k * t;
        for (int j = 0; j < losses.length; j++) {
            sum += table.esWeights().at(j) * Math.max(0, losses[j] - t);
        }
        return sum;
    }

    private static RiskTable withoutLastPoints(RiskTable table) {
        List<Family> families = table.families().stream()
                .map(f -> new Family(
                        f.name(), f.points().subList(0, Math.max(1, f.points().size() - 1))))
                .toList();
        return new RiskTable(
                table.builder(),
                table.rows(),
                families,
                table.combos(),
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                table.groups(),
                table.instruments(),
                table.assets(),
                table.parameters(),
                VenueRisk.NONE);
    }

    private static MarginAccount position(int number, long lots) {
        return new MarginAccount(0, List.of(new Entry(number, lots)), List.of(), List.of(), List.of());
    }

    private static MarginAccount sum(MarginAccount a, MarginAccount b) {
        return new AccountChange(b.cash(), b.positions(), b.paid(), b.collateral(), b.debt()).applyTo(a);
    }

    private static MarginAccount times(MarginAccount account, long factor) {
        return new MarginAccount(
                account.cash() * factor,
                times(account.positions(), factor),
                times(account.paid(), factor),
                times(account.collateral(), factor),
                times(account.debt(), factor));
    }

    private static List<Entry> times(List<Entry> entries, long factor) {
        return entries.stream()
                .map(e -> new Entry(e.number(), e.lots() * factor))
                .toList();
    }

    private static String message(String property, MarginAccount... accounts) {
        return property + " fails with -Dbulwark.seed=" + SEED + ": " + List.of(accounts);
    }
}
