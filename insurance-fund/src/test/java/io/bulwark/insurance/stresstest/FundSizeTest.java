package io.bulwark.insurance.stresstest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FundSizeTest {
    /** Contagion design, section 5: undeclared affiliates lower Cover-2 from 155 to 115; the φ term holds the fund at 120 and Cover-4 shows 200. */
    @Test
    void shouldHoldTheFundUpWhereAffiliatesHide() {
        CoverTwo declared = cover(List.of(Map.of("CD", 100L, "A", 60L, "B", 45L), Map.of("CD", 100L, "B", 55L)));
        CoverTwo hidden =
                cover(List.of(Map.of("A", 60L, "B", 45L, "C", 55L, "D", 40L), Map.of("B", 55L, "C", 60L, "D", 40L)));
        assertEquals(160, declared.need());
        FundSize size = FundSize.of(hidden, 100, 600_000, 0, 0, 0);
        assertEquals(115, size.coverTwo());
        assertEquals(200, size.hiddenAffiliateCover());
        assertEquals(200, size.totalUncovered());
        assertEquals(120, size.total());
    }

    @Test
    void shouldAddTheLayersThatNoMarketStressSees() {
        CoverTwo cover = cover(List.of(Map.of("A", 3L, "B", 2L, "C", 1L)));
        FundSize size = FundSize.of(cover, 0, 999_999, 1_000, 7, 20);
        assertEquals(6, size.market(), "a share of a total is rounded up");
        assertEquals(1_033, size.total());
        assertThrows(IllegalArgumentException.class, () -> FundSize.of(cover, -1, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> FundSize.of(cover, 0, 0, 0, 0, -1));
    }

    @Test
    void shouldCountHowManyOfTheLargestAreCovered() {
        CoverTwo cover = cover(List.of(Map.of("A", 50L, "B", 40L, "C", 30L), Map.of("A", 60L)));
        assertEquals(0, cover.covered(59, 3));
        assertEquals(1, cover.covered(89, 3));
        assertEquals(2, cover.covered(119, 3));
        assertEquals(3, cover.covered(120, 3));
        assertEquals(1, cover.worst(1).row());
        assertEquals(0, cover.worst().row());
    }

    private static CoverTwo cover(List<Map<String, Long>> losses) {
        List<StressRow> rows = new ArrayList<>();
        for (Map<String, Long> row : losses) {
            rows.add(new StressRow(
                    rows.size(),
                    "scenario",
                    row.entrySet().stream()
                            .map(e -> new MemberLoss(e.getKey(), e.getValue(), List.of()))
                            .sorted(Comparator.comparingLong(MemberLoss::beyondMargin)
                                    .reversed())
                            .toList()));
        }
        return CoverTwo.ofRows(rows);
    }
}
