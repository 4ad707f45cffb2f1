package io.bulwark.insurance.margincall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.bulwark.insurance.margincall.CallRecord.MarginCall.Stage;
import io.bulwark.insurance.margincall.CallRecord.Standing;
import io.bulwark.netting.margin.AccountState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One call at a time, one clock for each, and nothing that a clock of ours decides. IM is 1,000,000 u, a call is met at 50,000 above. */
class CallRecordTest {
    private static final long IM = 1_000_000;
    private static final ParameterSet FOUNDING = ParameterSet.founding();

    private final List<CallRecord> records = new ArrayList<>();

    private CallRecord epoch(long hour, Map<Integer, Standing> standings) {
        return epoch(hour, standings, FOUNDING);
    }

    private CallRecord epoch(long hour, Map<Integer, Standing> standings, ParameterSet parameters) {
        Optional<CallRecord> before = records.isEmpty() ? Optional.empty() : Optional.of(records.getLast());
        CallRecord record = CallRecord.after(before, records.size() + 1, hour(hour), standings, parameters);
        records.add(record);
        return record;
    }

    private static Instant hour(long hour) {
        return Instant.EPOCH.plus(Duration.ofHours(hour));
    }

    private CallRecord one(long hour, long excess) {
        return epoch(hour, Map.of(7, at(excess)));
    }

    private static Standing at(long excess) {
        AccountState state =
                excess >= 0 ? AccountState.OPEN : excess < -200_000 ? AccountState.LIQUIDATION : AccountState.CALL;
        return new Standing(state, excess, IM);
    }

    /** Ten times below the threshold and above it, by less than the clearance: called once, due once. */
    @Test
    void shouldCallOnceWhereAPriceSwingsRoundTheThreshold() {
        for (int swing = 0; swing < 10; swing++) {
            one(2L * swing, -1_000 - swing);
            MarginCall above = one(2L * swing + 1, 49_999).of(7).orElseThrow();
            assertEquals(Stage.RUNNING, above.stage(), "above the threshold, not yet clear of it");
            assertEquals(1, above.missing());
        }
        List<MarginCall> calls =
                records.stream().map(r -> r.of(7).orElseThrow()).toList();
        assertEquals(1, calls.stream().map(MarginCall::opened).distinct().count());
        assertEquals(1, calls.stream().map(MarginCall::due).distinct().count());
        assertEquals(51_009, calls.getLast().called(), "the most that was missing");
        assertEquals(Stage.MET, one(20, 50_000).calls().get(7).stage());
        assertTrue(records.getLast().standing().isEmpty());
        assertTrue(one(21, 50_000).calls().isEmpty(), "a call that was met is told once");
        assertEquals(hour(22), one(22, -1).of(7).orElseThrow().opened(), "a new one has its own clock");
    }

    /** Due 24 hours after it was opened, to the millisecond; then the account is liquidated until it is clear. */
    @Test
    void shouldFailAfterItsPeriod() {
        one(0, -100_000);
        assertFalse(one(24, -100_000).of(7).orElseThrow().liquidates(), "on the hour it is not late");
        MarginCall failed = one(25, -10).of(7).orElseThrow();
        assertEquals(Stage.FAILED, failed.stage());
        assertTrue(failed.liquidates());
        assertEquals(hour(24), failed.due());
        assertTrue(one(26, 10_000).of(7).orElseThrow().liquidates(), "open again, not yet clear");
        assertEquals(Stage.FAILED, records.getLast().of(7).orElseThrow().stage());
        assertEquals(Stage.MET, one(27, 60_000).calls().get(7).stage());
    }

    /**
     * Governance lets one account's call run 12 hours longer, while it runs; it shortens no clock, starts none again and moves no
     * other's.
     */
    @Test
    void shouldRunLongerWhereGovernanceExtendsIt() {
        ParameterSet extended = FOUNDING.with(CallParameters.extensionOf("account-7"), 12);
        Map<Integer, Standing> both = Map.of(7, at(-100_000), 8, at(-100_000));
        epoch(0, both);
        CallRecord after = epoch(25, both, extended);
        assertEquals(Stage.RUNNING, after.of(7).orElseThrow().stage());
        assertEquals(hour(36), after.of(7).orElseThrow().due());
        assertEquals(Stage.FAILED, after.of(8).orElseThrow().stage());
        assertEquals(hour(36), epoch(30, both).of(7).orElseThrow().due(), "taken back, it shortens nothing");
        assertEquals(Stage.FAILED, epoch(37, both).of(7).orElseThrow().stage());
        MarginCall late = epoch(38, both, FOUNDING.with(CallParameters.extensionOf("account-7"), 720))
                .of(7)
                .orElseThrow();
        assertEquals(Stage.FAILED, late.stage(), "who failed does not run again");
        assertEquals(hour(36), late.due());
        ParameterSet longer = FOUNDING.with(CallParameters.PERIOD, 48);
        records.clear();
        epoch(0, both);
        assertEquals(hour(24), epoch(1, both, longer).of(7).orElseThrow().due(), "a longer period is for later calls");
    }

    /** Who was below maintenance margin once stays to be liquidated until the call is met. */
    @Test
    void shouldNotStopALiquidationAtItsThreshold() {
        assertTrue(one(0, -200_001).of(7).orElseThrow().liquidates());
        assertTrue(one(1, -199_999).of(7).orElseThrow().liquidates());
        assertTrue(one(2, 10).of(7).orElseThrow().liquidates());
        assertFalse(one(3, 50_000).calls().get(7).liquidates());
    }

    @Test
    void shouldLetTheClockRunWhileAnAccountHasNoMargin() {
        one(0, -100_000);
        assertEquals(150_000, epoch(1, Map.of()).of(7).orElseThrow().missing());
        assertEquals(Stage.FAILED, epoch(25, Map.of()).of(7).orElseThrow().stage());
    }

    /** 200 accounts over 60 epochs: what is read again is what was written, a clock never starts again, called never falls. */
    @Test
    void shouldFollowFromRecordToRecord() {
        SplittableRandom random = new SplittableRandom(2_024);
        for (int epoch = 0; epoch < 60; epoch++) {
            TreeMap<Integer, Standing> standings = new TreeMap<>();
            for (int account = 0; account < 200; account++) {
                if (random.nextInt(20) > 0) {
                    standings.put(account, at(random.nextLong(-400_000, 400_000)));
                }
            }
            CallRecord record = epoch(3L * epoch, standings);
            assertEquals(
                    record,
                    CallRecord.of(CanonicalReader.read(record.canonical().encode())));
            if (epoch > 0) {
                records.get(epoch - 1).standing().forEach((account, call) -> {
                    MarginCall now = record.calls().get(account);
                    assertEquals(call.due(), now.due());
                    assertTrue(now.called() >= call.called());
                    assertTrue(now.stage() == Stage.MET || now.liquidates() || !call.liquidates());
                });
            }
            standings.forEach((account, standing) -> assertTrue(
                    standing.state() == AccountState.OPEN || record.of(account).isPresent(),
                    "whoever is not open is called"));
        }
    }

    @Test
    void shouldRefuseWhatIsNoCall() {
        assertThrows(IllegalArgumentException.class, () -> call(hour(5), hour(5), 1, 1, Stage.RUNNING));
        assertThrows(IllegalArgumentException.class, () -> call(hour(0), hour(1), 0, 1, Stage.RUNNING));
        assertThrows(IllegalArgumentException.class, () -> call(hour(0), hour(1), 1, 0, Stage.RUNNING));
        assertThrows(IllegalArgumentException.class, () -> call(hour(0), hour(1), 1, 1, Stage.MET));
    }

    private static MarginCall call(Instant opened, Instant due, long called, long missing, Stage stage) {
        return new MarginCall(1, opened, due, called, missing, stage, false);
    }
}
