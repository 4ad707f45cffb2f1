package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.forecast.ShadowRecord.Standing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShadowRecordTest {
    private static final Digest MODEL = Digest.sha256(new byte[] {7});
    private static final int PERIOD = 91;

    /** Days on which the variance alternates between two values; a model that is told knows which, the other one says their mean. */
    private static List<ShadowRecord.Entry> days(int first, int count, boolean challengerKnows, double move) {
        List<ShadowRecord.Entry> days = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            double truth = (t * 7) % 3 == 0 ? 4e-4 : 1e-4;
            double mean = 2e-4;
            days.add(new ShadowRecord.Day(
                    first + t, move, truth, challengerKnows ? mean : truth, challengerKnows ? truth : mean));
        }
        return days;
    }

    private static List<ShadowRecord.Entry> proposed() {
        return new ArrayList<>(List.of(new ShadowRecord.Proposal(0, MODEL)));
    }

    @Test
    void shouldPromoteABetterModelAtTheEndOfItsPeriodAndNotBefore() {
        List<ShadowRecord.Entry> record = proposed();
        record.addAll(days(1, PERIOD - 1, true, 0.001));
        assertEquals(Standing.SHADOW, ShadowRecord.decide(record).standing());
        record.addAll(days(PERIOD, 1, true, 0.001));
        ShadowRecord.Verdict verdict = ShadowRecord.decide(record);
        assertEquals(Standing.PROMOTED, verdict.standing());
        assertEquals(2, verdict.trail().size());
        assertTrue(verdict.trail().getLast().reason().startsWith("91 days: Diebold-Mariano "));
        assertEquals(MODEL, verdict.model().orElseThrow());
    }

    @Test
    void shouldKeepAWorseModelInShadowAndBeginAnotherPeriod() {
        List<ShadowRecord.Entry> record = proposed();
        record.addAll(days(1, PERIOD + 5, false, 0.001));
        ShadowRecord.Verdict verdict = ShadowRecord.decide(record);
        assertEquals(Standing.SHADOW, verdict.standing());
        assertEquals(5, verdict.daysOfPeriod());
    }

    /** A model with smaller losses of variance is kept out by its own worse expected shortfall: its low σ is hit by a large fall. */
    @Test
    void shouldKeepOutAModelWhoseShortfallIsWorse() {
        List<ShadowRecord.Entry> record = proposed();
        record.addAll(days(1, PERIOD - 1, true, 0.001));
        record.add(new ShadowRecord.Day(PERIOD, -0.10, 1e-4, 2e-4, 1e-4));
        assertEquals(Standing.SHADOW, ShadowRecord.decide(record).standing());
    }

    @Test
    void shouldSendAPromotedModelBackWhenItLoses() {
        List<ShadowRecord.Entry> record = proposed();
        record.addAll(days(1, PERIOD, true, 0.001));
        record.addAll(days(1 + PERIOD, PERIOD, false, 0.001));
        assertEquals(Standing.SHADOW, ShadowRecord.decide(record).standing());
    }

    @Test
    void shouldStopAtOnceUntilAModelIsProposed() {
        List<ShadowRecord.Entry> record = proposed();
        record.addAll(days(1, PERIOD, true, 0.001));
        record.add(new ShadowRecord.Stop(PERIOD, "feed under review"));
        assertEquals(Standing.STOPPED, ShadowRecord.decide(record).standing());
        record.addAll(days(PERIOD + 1, 2 * PERIOD, true, 0.001));
        assertEquals(Standing.STOPPED, ShadowRecord.decide(record).standing(), "a stopped model earns nothing");
        record.add(new ShadowRecord.Proposal(1_000, MODEL));
        ShadowRecord.Verdict verdict = ShadowRecord.decide(record);
        assertEquals(Standing.SHADOW, verdict.standing());
        assertEquals("switched off: feed under review", verdict.trail().get(2).reason());
    }

    @Test
    void shouldRefuseARecordThatRunsBackwards() {
        List<ShadowRecord.Entry> record = proposed();
        record.addAll(days(5, 2, true, 0.001));
        record.addAll(days(6, 1, true, 0.001));
        assertThrows(IllegalArgumentException.class, () -> ShadowRecord.decide(record));
    }

    @Test
    void shouldBeClassicalWithoutAProposal() {
        assertEquals(
                Standing.CLASSICAL,
                ShadowRecord.decide(days(1, 200, true, 0.001)).standing());
    }
}
