package io.bulwark.netting.liquidity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.governance.ParameterSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MarketRecordTest {
    private static final long DAY = 86_400_000;
    private static final MarketRecord.Key PARTED = new MarketRecord.Key(MarketRecord.Kind.PARTED, 2, 3);
    private static final MarketRecord.Key DEPTH = new MarketRecord.Key(MarketRecord.Kind.DEPTH, 4, 3);

    @Test
    void shouldKeepTheFigureOfADayThatChargesMore() {
        MarketRecord record = MarketRecord.NONE;
        for (long value : new long[] {40, 900, 70}) {
            record = record.with(5 * DAY + value, new TreeMap<>(Map.of(PARTED, value, DEPTH, value)));
        }
        assertEquals(OptionalLong.of(900), record.high(PARTED), "the largest of the day");
        assertEquals(OptionalLong.of(40), record.low(DEPTH), "the least of the day");
        assertEquals(1, record.days(PARTED), "three epochs of one day are one day");
        assertEquals(OptionalLong.empty(), record.high(new MarketRecord.Key(MarketRecord.Kind.PARTED, 2, 4)));
    }

    /** RISK-010: of 365 days the 362nd smallest, of 90 days of depth the fifth. */
    @Test
    void shouldTakeTheQuantilesOfThePage() {
        MarketRecord record = MarketRecord.NONE;
        for (long day = 1; day <= 400; day++) {
            record = record.with(day * DAY, new TreeMap<>(Map.of(PARTED, day, DEPTH, day)));
        }
        assertEquals(365, record.days(PARTED), "what is older than a year is forgotten");
        assertEquals(OptionalLong.of(35 + 362), record.high(PARTED));
        assertEquals(OptionalLong.of(310 + 5), record.low(DEPTH));
        assertEquals(OptionalLong.of(310 + 46), record.median(DEPTH, 90));
        assertTrue(record.isWhole(DEPTH));
        assertFalse(MarketRecord.NONE.isWhole(DEPTH));
        MarketRecord silent = record.with(900 * DAY, new TreeMap<>());
        assertEquals(MarketRecord.NONE, silent, "silence of a year leaves nothing");
    }

    @Test
    void shouldReadWhatItWroteAndNoOtherOrder() {
        MarketRecord record = MarketRecord.NONE
                .with(DAY, new TreeMap<>(Map.of(PARTED, 7L, DEPTH, 9L)))
                .with(3 * DAY, new TreeMap<>(Map.of(PARTED, 8L)));
        byte[] bytes = record.canonical().encode();
        assertEquals(record, MarketRecord.of(CanonicalReader.read(bytes)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new MarketRecord(
                        List.of(record.series().getLast(), record.series().getFirst())));
        assertThrows(
                IllegalArgumentException.class,
                () -> new MarketRecord.Series(PARTED, List.of(new MarketRecord.Day(2, 1), new MarketRecord.Day(2, 1))));
        assertThrows(CanonicalException.class, () -> MarketRecord.of(CanonicalValue.array()));
    }

    /** SURF-004: a year of skews of two points with a deviation of one, today four: z = 2 and ψ its most. */
    @Test
    void shouldScoreASkewAgainstItsYear() {
        MarketRecord.Key skew = MarketRecord.Key.skew(1);
        MarketRecord record = MarketRecord.NONE;
        for (int day = 0; day < 400; day++) {
            record = record.with(day * DAY, new TreeMap<>(Map.of(skew, day % 2 == 0 ? 10_000L : 30_000L)));
            assertEquals(day < 59, record.score(skew).isEmpty(), "60 days say what is usual");
        }
        assertEquals(1_000_000, record.score(skew).orElseThrow(), 5_000);
        MarketRecord steep = record.with(400 * DAY, new TreeMap<>(Map.of(skew, 40_000L)));
        assertEquals(2_000_000, steep.score(skew).orElseThrow(), 50_000);
        AddOnSlopes slopes = new AddOnSlopes(ParameterSet.founding());
        assertEquals(250_000, slopes.psi(OptionalLong.empty()));
        assertEquals(500_000, slopes.psi(steep.score(skew)));
        assertEquals(0, slopes.psi(OptionalLong.of(-1_000_000)));
        assertEquals(250_001, slopes.psi(OptionalLong.of(1)));
    }

    @Test
    void shouldKeepASkewBelowZeroAndNothingElse() throws CanonicalException {
        MarketRecord.Key skew = MarketRecord.Key.skew(1);
        MarketRecord record = MarketRecord.NONE
                .with(DAY, new TreeMap<>(Map.of(skew, -30_000L)))
                .with(DAY + 1, new TreeMap<>(Map.of(skew, -40_000L)));
        assertEquals(OptionalLong.of(-30_000), record.median(skew, 365), "the dearer put of a day counts");
        assertEquals(
                record, MarketRecord.of(CanonicalReader.read(record.canonical().encode())));
        MarketRecord wrong = MarketRecord.NONE.with(DAY, new TreeMap<>(Map.of(DEPTH, -1L)));
        assertThrows(
                CanonicalException.class,
                () -> MarketRecord.of(CanonicalReader.read(wrong.canonical().encode())));
    }
}
