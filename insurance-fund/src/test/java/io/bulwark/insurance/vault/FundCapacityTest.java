package io.bulwark.insurance.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.FundCapacity.CapacityClock.Exit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Worked numbers FUND-007 of {@code docs/methodology/fund-monitor.md}. */
class FundCapacityTest {
    private static final ParameterSet FOUNDING = ParameterSet.founding();
    private static final StressRow ROW =
            new StressRow(0, "row", List.of(new MemberLoss("a", 70, List.of()), new MemberLoss("b", 50, List.of())));

    private static Contribution of(String member, long stands, long target) {
        return new Contribution(member, stands, target, 0, Optional.empty(), target, Math.max(target, stands * 4 / 5));
    }

    /** a lost 70 and has 100: 30 are of no use to others. b has 20, all of use. c 100, of which 20 then 16 then 4 go until it is at 60; the house 10: 200 can pay 120. */
    @Test
    void shouldTakeOffWhatOnlyTheFailedCouldUse() {
        FundCapacity capacity =
                FundCapacity.of(ROW, List.of(of("a", 100, 100), of("b", 20, 20), of("c", 100, 60)), 10, 0, FOUNDING);
        assertEquals(120, capacity.need());
        assertEquals(230, capacity.now().standing());
        assertEquals(200, capacity.now().net());
        assertEquals(List.of(new Exit(20, 24), new Exit(16, 48), new Exit(4, 72)), capacity.queue());
        assertEquals(40, capacity.now().leaving());
        assertEquals(OptionalLong.empty(), capacity.now().hours());
    }

    /** Needed are 170: 180 stand after the first review, 164 after the second. */
    @Test
    void shouldSayWhenReleasesTakeItBelow() {
        StressRow worse = new StressRow(
                0, "row", List.of(new MemberLoss("a", 100, List.of()), new MemberLoss("b", 70, List.of())));
        FundCapacity capacity =
                FundCapacity.of(worse, List.of(of("a", 70, 70), of("b", 20, 20), of("c", 100, 60)), 10, 0, FOUNDING);
        assertEquals(200, capacity.now().net());
        assertEquals(OptionalLong.of(48), capacity.now().hours());
    }

    /** Three quarters of c's 100 ask to leave: 200 − 75 = 125 still pay 120; all of it does not, after the cool-down of 20 days. */
    @Test
    void shouldRunOutWhenTheOthersRun() {
        List<Contribution> members = List.of(of("a", 100, 100), of("b", 20, 20), of("c", 100, 100));
        FundCapacity some = FundCapacity.of(ROW, members, 10, 750_000, FOUNDING);
        assertEquals(75, some.run().leaving());
        assertEquals(OptionalLong.empty(), some.run().hours());
        assertEquals(
                OptionalLong.of(480),
                FundCapacity.of(ROW, members, 10, 1_000_000, FOUNDING).run().hours());
    }
}
