package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast scan against the plain evaluator, account by account. */
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
