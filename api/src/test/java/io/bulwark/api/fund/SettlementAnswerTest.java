package io.bulwark.api.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.payment.PaymentReceipt.Direction;
import io.bulwark.clearing.payment.PaymentReceipt.Evidence;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.bulwark.insurance.margincall.CallRecord.MarginCall.Stage;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.netting.network.NettingCycle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * ANNA has 100 in the fund, of which 60 are asked for: 40 go back; its accounts miss 25 and 5 of margin. BORIS is called for 70
 * and paid 20. CLARA is frozen with 30 called. Between them 40 + 25 + 5 + 50 = 120 are owed; ANNA receives 10 and BORIS pays 50:
 * 50 are paid in, 70 saved.
 */
class SettlementAnswerTest {
    private static final Instant TIME = Instant.EPOCH;

    @Test
    void shouldAskOneAmountOfEach() {
        List<VaultAct> acts = new ArrayList<>();
        acts.addAll(List.of(asked("ANNA", 1, 100), paid("ANNA", 100), asked("ANNA", 2, 60)));
        acts.addAll(List.of(asked("BORIS", 1, 70), paid("BORIS", 20)));
        acts.addAll(List.of(asked("CLARA", 1, 30), new VaultAct.Frozen("CLARA", TIME, Digest.ZERO, 7)));
        acts.addAll(List.of(asked(VaultAct.HOUSE, 1, 1_000)));
        NettingCycle cycle = SettlementAnswer.cycle(
                2,
                VaultBook.EMPTY.after(acts),
                List.of(
                        call(4, 25, Stage.RUNNING),
                        call(5, 5, Stage.FAILED),
                        call(6, 0, Stage.MET),
                        call(7, 9, Stage.RUNNING)),
                Map.of(4, "ANNA", 5, "ANNA", 6, "BORIS", 7, "CLARA"));
        assertEquals(120, cycle.nets().getFirst().gross());
        assertEquals(50, cycle.nets().getFirst().settled());
        assertEquals(
                Map.of("ANNA", 10L, "BORIS", -50L, VaultAct.HOUSE, 40L),
                cycle.nets().getFirst().nets());
        assertEquals(
                List.of(
                        "contribution of ANNA that goes back",
                        "contribution of BORIS called after epoch 1",
                        "margin of account 4",
                        "margin of account 5"),
                cycle.obligations().stream().map(NettingCycle.Obligation::id).toList());
    }

    private static VaultAct asked(String payer, long epoch, long required) {
        return new VaultAct.Asked(payer, epoch, TIME, TIME.plus(Duration.ofDays(1)), required);
    }

    private static VaultAct paid(String payer, long units) {
        return new VaultAct.Paid(new PaymentReceipt(
                new Statement(
                        Digest.ZERO, Direction.RECEIVED, payer, PaymentReceipt.USD, units, "bank", payer + units, 0),
                new Evidence.Operator("test")));
    }

    private static MarginCall call(int account, long missing, Stage stage) {
        return new MarginCall(
                account,
                TIME,
                TIME.plus(Duration.ofHours(1)),
                Math.max(1, missing),
                missing,
                stage,
                stage == Stage.FAILED);
    }
}
