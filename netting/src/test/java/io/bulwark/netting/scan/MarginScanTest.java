package io.bulwark.netting.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.margin.RandomAccounts;
import io.bulwark.netting.margin.ReferenceTable;
import io.bulwark.netting.margin.RiskTablePublicationTest;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.tier.Heavy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The fast scan against the plain evaluator, account by account. */
@Heavy
final class MarginScanTest {
    private static final List<ScanKernel> KERNELS = List.of(new PlainScanKernel(), new VectorScanKernel());

    private final RiskTable table = ReferenceTable.load();

    @Test
    void shouldGiveTheStressOfThePlainEvaluatorForEveryAccount() {
        RandomAccounts random = new RandomAccounts(table, new Random(7));
        List<MarginAccount> accounts = new ArrayList<>(List.of(MarginAccount.EMPTY));
        for (int i = 0; i < 2_000; i++) {
            accounts.add(random.any());
        }
        for (ScanKernel kernel : KERNELS) {
            MarginScan scan = new MarginScan(table, kernel);
            assertArrayEquals(plain(accounts), scan.stress(scan.book(accounts)), kernel.toString());
        }
    }

    @Test
    void shouldGiveTheShortfallAndTheCoreOfThePlainEvaluatorForEveryAccount() {
        RandomAccounts random = new RandomAccounts(table, new Random(8));
        List<MarginAccount> accounts = new ArrayList<>(List.of(MarginAccount.EMPTY));
        for (int i = 0; i < 4_000; i++) {
            accounts.add(random.any());
        }
        int large = table.instrument("BTC-PERP-XL").orElseThrow().number();
        accounts.add(position(large, 900_000_000L));
        accounts.add(position(large, -900_000_000L));
        for (ScanKernel kernel : KERNELS) {
            MarginScan scan = new MarginScan(table, kernel);
            assertArrayEquals(shortfalls(accounts), scan.shortfall(scan.book(accounts)), kernel.toString());
            assertArrayEquals(cores(accounts), scan.core(scan.book(accounts)), kernel.toString());
        }
    }

    @Test
    void shouldReachTheFreshScanByRepricingTheGroupThatMoved() {
        Set<Integer> moved = Set.of(table.instrument("BTC-PERP").orElseThrow().group());
        RiskTable next = moved(moved);
        RandomAccounts random = new RandomAccounts(table, new Random(10));
        List<MarginAccount> accounts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            accounts.add(random.any());
        }
        for (ScanKernel kernel : KERNELS) {
            MarginScan before = new MarginScan(table, kernel);
            ScanBook book = before.book(accounts);
            MarginScan after = before.repriced(next, moved);
            MarginScan fresh = new MarginScan(next, kernel);
            assertArrayEquals(fresh.core(fresh.book(accounts)), after.core(book));
            int[] touched = book.accountsIn(moved);
            assertTrue(touched.length > 100 && touched.length < 500, "accounts touched: " + touched.length);
            long[] core = before.core(book);
            long[] again = after.core(book, touched);
            for (int i = 0; i < touched.length; i++) {
                core[touched[i]] = again[i];
            }
            assertArrayEquals(after.core(book), core, "the others have not changed");
        }
    }

    @Test
    void shouldRefuseToRepriceAnotherTable() {
        RiskTable fewer = RiskTablePublicationTest.copy(
                table, table.combos(), table.instruments().subList(0, 5));
        assertThrows(IllegalArgumentException.class, () -> new MarginScan(table).repriced(fewer, Set.of()));
    }

    /** Every entry of the groups half as large again. */
    private RiskTable moved(Set<Integer> groups) {
        List<InstrumentRisk> instruments = table.instruments().stream()
                .map(i -> groups.contains(i.group()) ? larger(i) : i)
                .toList();
        return RiskTablePublicationTest.copy(table, table.combos(), instruments);
    }

    private static InstrumentRisk larger(InstrumentRisk i) {
        return new InstrumentRisk(
                i.number(),
                i.id(),
                i.group(),
                i.paidUp(),
                i.days(),
                i.value(),
                half(i.row()),
                i.rowShort().map(MarginScanTest::half),
                half(i.es()),
                i.delta(),
                i.vega(),
                i.spread(),
                i.crowd(),
                i.knots(),
                2 * i.bound(),
                VenueRisk.FREE);
    }

    private static IntColumn half(IntColumn column) {
        return IntColumn.of(column.stream().map(x -> x + x / 2).toArray());
    }

    /** Few different losses, so that the boundary of the tail lies among equal ones; weights that end inside a row. */
    @Test
    void shouldSplitTheBoundaryRowAsTheSortDoes() {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            long[] weights = weights(random);
            long[] losses = new long[weights.length];
            int range = 1 + random.nextInt(i % 3 == 0 ? 5 : 1_000_000);
            for (int j = 0; j < losses.length; j++) {
                losses[j] = weights[j] == 0 ? 0 : random.nextInt(range) - (long) (range / 2);
            }
            long tail = 1 + random.nextLong(50_000);
            long expected = sorted(losses, weights, tail);
            for (ScanKernel kernel : KERNELS) {
                assertEquals(
                        expected, new TailSelection(kernel, weights, tail).weightedTail(losses), kernel.toString());
            }
        }
    }

    private static long[] weights(Random random) {
        int rows = 1 + random.nextInt(300);
        long[] weights = new long[Math.ceilDiv(rows, 8) * 8];
        long left = 1_000_000;
        for (int j = 0; j < rows; j++) {
            weights[j] = j == rows - 1 ? left : random.nextLong(left / (rows - j) * 2 + 1);
            left -= weights[j];
        }
        return weights;
    }

    private static long sorted(long[] losses, long[] weights, long tail) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, losses.length).boxed().toList());
        order.sort(Comparator.comparingLong((Integer j) -> losses[j]).reversed());
        long left = tail;
        long sum = 0;
        for (int j : order) {
            long weight = Math.min(left, weights[j]);
            sum += weight * losses[j];
            left -= weight;
        }
        return sum;
    }

    private long[] shortfalls(List<MarginAccount> accounts) {
        return accounts.stream()
                .mapToLong(account -> Requirement.of(table, account).shortfall())
                .toArray();
    }

    private long[] cores(List<MarginAccount> accounts) {
        return accounts.stream()
                .mapToLong(account -> Requirement.of(table, account).core())
                .toArray();
    }

    @Test
    void shouldStayExactForTheLargestAdmittedAccounts() {
        int large = table.instrument("BTC-PERP-XL").orElseThrow().number();
        List<MarginAccount> accounts =
                List.of(position(large, 900_000_000L), position(large, -900_000_000L), position(0, Integer.MAX_VALUE));
        for (ScanKernel kernel : KERNELS) {
            MarginScan scan = new MarginScan(table, kernel);
            assertArrayEquals(plain(accounts), scan.stress(scan.book(accounts)), kernel.toString());
        }
    }

    @Test
    void shouldRefuseAnAccountThatHasNoMargin() {
        MarginScan scan = new MarginScan(table);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> scan.book(List.of(position(10_000, 1))));
        assertEquals("positions[0]: number 10000, lots 1: the risk table lists no such number", refusal.getMessage());
    }

    private long[] plain(List<MarginAccount> accounts) {
        return accounts.stream()
                .mapToLong(account -> Requirement.of(table, account).stress())
                .toArray();
    }

    private static MarginAccount position(int number, long lots) {
        return new MarginAccount(0, List.of(new Entry(number, lots)), List.of(), List.of(), List.of());
    }
}
