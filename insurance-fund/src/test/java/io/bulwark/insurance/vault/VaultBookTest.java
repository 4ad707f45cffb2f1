package io.bulwark.insurance.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.payment.PaymentReceipt.Direction;
import io.bulwark.clearing.payment.PaymentReceipt.Evidence;
import io.bulwark.clearing.payment.PaymentReceipt.Grade;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import io.bulwark.insurance.vault.ContributionCall.State;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@Sized
class VaultBookTest {
    private static final long SEED = 20_117;
    private static final int SEQUENCES = Tier.size(2_000, 100_000);
    private static final Digest HOUSE = Digest.sha256(new byte[] {7});
    private static final Digest DEFAULT = Digest.sha256(new byte[] {9});

    @Test
    void shouldCountWhatWasReceivedAndNothingElse() {
        VaultBook called = after(asked("A", 1, 100));
        assertEquals(0, called.vault().total(), "what is called is not there");
        assertEquals(List.of(State.CALLED, State.OVERDUE), states(called, 10, 11));
        VaultBook partly = called.after(List.of(received("A", 40, "1", 5)));
        assertEquals(40, partly.vault().contribution("A"));
        assertEquals(60, partly.of("A").missing());
        assertEquals(List.of(State.PARTLY_RECEIVED, State.OVERDUE), states(partly, 10, 11));
        assertEquals(60, partly.of("A").overdue(at(11)));
        VaultBook all = partly.after(List.of(received("A", 60, "2", 12)));
        assertEquals(List.of(State.RECEIVED, State.RECEIVED), states(all, 10, 11));
        assertTrue(all.of("A").calls().getFirst().isLate(), "the rest came at 12, due at 10");
        assertEquals(0, all.of("A").overdue(at(11)));
    }

    @Test
    void shouldRefuseAPaymentThatWasShownBeforeInWhateverWords() {
        VaultBook book = after(asked("A", 1, 100), asked("B", 1, 100), received("A", 40, "wire-1", 5));
        refused("reference", book, received("A", 40, "wire-1", 5));
        refused("reference", book, received("A", 7, "wire-1", 6));
        refused("reference", book, received("B", 40, "wire-1", 5));
        refused("reference", book, signed("A", 40, "wire-1"));
    }

    @Test
    void shouldRefuseMoreThanIsCalled() {
        VaultBook book = after(asked("A", 1, 100));
        refused("amount", book, received("A", 101, "1", 5));
        refused("amount", book, received("nobody", 1, "1", 5));
        book.after(List.of(received("A", 100, "1", 5)));
    }

    @Test
    void shouldLetGoBackWhatAReviewReleasedAndNoMore() {
        VaultBook full = after(asked("A", 1, 100), received("A", 100, "1", 5));
        refused("amount", full, returned("A", 1, "2"));
        VaultBook less = full.after(List.of(asked("A", 2, 70)));
        assertEquals(30, less.of("A").releasable());
        assertEquals(100, less.vault().total(), "it stays until it went");
        refused("amount", less, returned("A", 31, "2"));
        VaultBook back = less.after(List.of(returned("A", 30, "2")));
        assertEquals(70, back.vault().total());
        refused("amount", back, returned("A", 1, "3"));
        VaultBook none = back.after(List.of(asked("A", 3, 0), returned("A", 70, "4")));
        assertEquals(List.of(State.RETURNED, State.RETURNED), states(none, 10, 11));
    }

    @Test
    void shouldTakeAFallingDemandOffTheNewestCalls() {
        VaultBook book = after(asked("A", 1, 100), asked("A", 2, 150), received("A", 20, "1", 5));
        assertEquals(List.of(100L, 50L), amounts(book));
        VaultBook less = book.after(List.of(asked("A", 3, 60)));
        assertEquals(List.of(60L), amounts(less), "the second call is gone, and 40 of the first");
        assertEquals(40, less.of("A").missing());
        assertEquals(List.of(20L), amounts(book.after(List.of(asked("A", 3, 5)))), "never below what came");
    }

    @Test
    void shouldAskNothingOfWhoIsFrozenUntilItIsReadmitted() {
        VaultBook failed = after(
                asked("A", 1, 100),
                received("A", 80, "1", 5),
                new VaultAct.Drawn("A", at(6), DEFAULT, "OWN_CONTRIBUTION", 80),
                new VaultAct.Frozen("A", at(6), DEFAULT, 300));
        assertEquals(0, failed.vault().total());
        assertEquals(20, failed.of("A").missing(), "what it owes stands");
        assertEquals(300, failed.of("A").owed());
        refused("payer", failed, asked("A", 2, 100));
        refused("payer", failed, new VaultAct.Frozen("A", at(6), HOUSE, 1));
        refused("payer", failed, new VaultAct.Readmitted("A", at(7), HOUSE, "another default"));
        refused("payer", after(asked("B", 1, 1)), new VaultAct.Readmitted("B", at(7), DEFAULT, "not frozen"));
        VaultBook back = failed.after(List.of(new VaultAct.Readmitted("A", at(7), DEFAULT, "recapitalised")));
        assertEquals(300, back.of("A").owed(), "readmission forgives nothing");
        assertEquals(100, back.after(List.of(asked("A", 2, 100))).of("A").missing());
    }

    @Test
    void shouldTakeTheBestShownFirstSoThatTheRestIsNeverShownBetter() {
        VaultBook book = after(asked("A", 1, 100), received("A", 60, "1", 5), signed("A", 40, "2"));
        assertEquals(Map.of(Grade.SIGNED, 40L, Grade.OPERATOR, 60L), book.standing());
        VaultBook drawn = book.after(List.of(new VaultAct.Drawn("A", at(6), DEFAULT, "OWN_CONTRIBUTION", 50)));
        assertEquals(Map.of(Grade.OPERATOR, 50L), drawn.standing());
        refused("units", drawn, new VaultAct.Drawn("A", at(6), DEFAULT, "JUNIOR_CONTRIBUTIONS", 51));
    }

    @Test
    void shouldKeepTheHousesOwnCapitalApart() {
        VaultBook book = after(asked(VaultAct.HOUSE, 1, 50), received(VaultAct.HOUSE, 50, "1", 5));
        assertEquals(50, book.houseCapital());
        assertEquals(0, book.vault().total());
    }

    @Test
    void shouldFindTheSameRecordFromTheOneBeforeAndItsActs() {
        List<VaultAct> acts = List.of(
                asked("A", 1, 100),
                received("A", 40, "1", 5),
                asked("B", 1, 10),
                signed("B", 10, "2"),
                asked("B", 2, 4),
                returned("B", 6, "3"),
                new VaultAct.Frozen("A", at(6), DEFAULT, 3));
        VaultRecord first = VaultRecord.next(Optional.empty(), acts.subList(0, 3));
        VaultRecord second = VaultRecord.next(Optional.of(first), acts.subList(3, 7));
        assertEquals(7, second.upTo());
        assertEquals(VaultBook.EMPTY.after(acts).standing(), second.book().standing());
        assertEquals(VaultBook.EMPTY.after(acts).frozen(), second.book().frozen());
        assertEquals(
                second, VaultRecord.of(CanonicalReader.read(second.canonical().encode())));
        assertFalse(second.equals(VaultRecord.next(Optional.of(first), acts.subList(3, 6))), "an act is missing");
        for (VaultAct act : acts) {
            assertEquals(act, VaultAct.of(CanonicalReader.read(act.canonical().encode())));
        }
    }

    /**
     * Random sequences of reviews, receipts, returns, defaults and readmissions of four members and the house: what came is what
     * stands, what went back and what was drawn, to the unit and for each;
     * nobody falls below 0; an act moves its own payer alone; the record in steps is the record at once.
     */
    @Test
    void shouldCreateNothingAndLoseNothing() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        long taken = 0;
        long refused = 0;
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            VaultBook book = VaultBook.EMPTY;
            List<VaultAct> acts = new ArrayList<>();
            TreeMap<String, Long> expected = new TreeMap<>();
            for (int step = 1; step <= 24; step++) {
                VaultAct act = random(random, step, book);
                VaultBook next;
                try {
                    next = book.after(List.of(act));
                } catch (BadInput e) {
                    refused++;
                    continue;
                }
                taken++;
                expected.merge(act.payer(), moved(act), Math::addExact);
                for (Map.Entry<String, PayerAccount> other : book.payers().entrySet()) {
                    if (!other.getKey().equals(act.payer())) {
                        assertEquals(other.getValue(), next.of(other.getKey()), "moved by another's act: " + act);
                    }
                }
                acts.add(act);
                book = next;
            }
            for (Map.Entry<String, PayerAccount> payer : book.payers().entrySet()) {
                PayerAccount account = payer.getValue();
                assertEquals(expected.getOrDefault(payer.getKey(), 0L), account.total(), payer.getKey());
                assertTrue(account.total() >= 0 && account.missing() >= 0, payer.getKey());
            }
            long all = book.vault().total() + book.houseCapital();
            assertEquals(
                    all,
                    book.standing().values().stream().mapToLong(Long::longValue).sum());
            int cut = random.nextInt(acts.size() + 1);
            VaultRecord first = VaultRecord.next(Optional.empty(), acts.subList(0, cut));
            assertEquals(
                    VaultRecord.next(Optional.empty(), acts).payers(),
                    VaultRecord.next(Optional.of(first), acts.subList(cut, acts.size()))
                            .payers());
        }
        System.out.println(taken + " acts taken, " + refused + " refused");
        assertTrue(taken > 8L * SEQUENCES && refused > SEQUENCES, taken + " and " + refused);
    }

    private static long moved(VaultAct act) {
        return switch (act) {
            case VaultAct.Paid(PaymentReceipt receipt) ->
                receipt.statement().direction() == Direction.RECEIVED
                        ? receipt.statement().units()
                        : -receipt.statement().units();
            case VaultAct.Drawn drawn -> -drawn.units();
            case VaultAct.Asked ignored -> 0;
            case VaultAct.Frozen ignored -> 0;
            case VaultAct.Readmitted ignored -> 0;
        };
    }

    private static VaultAct random(Random random, int step, VaultBook book) {
        String payer = random.nextInt(5) == 0 ? VaultAct.HOUSE : "m" + random.nextInt(4);
        PayerAccount account = book.of(payer);
        String reference = "p" + random.nextInt(40);
        return switch (random.nextInt(8)) {
            // A review that asks nothing is how a member leaves: what stands is released and goes back.
            case 0, 1 -> asked(payer, step, random.nextInt(6) == 0 ? 0 : random.nextLong(1_000));
            case 2, 3 ->
                random.nextBoolean()
                        ? received(payer, 1 + random.nextLong(Math.max(1, account.missing() + 20)), reference, step)
                        : signed(payer, Math.max(1, account.missing()), reference);
            case 4 -> returned(payer, 1 + random.nextLong(Math.max(1, account.releasable() + 20)), reference);
            case 5 ->
                new VaultAct.Drawn(
                        payer,
                        at(step),
                        DEFAULT,
                        "LAYER-" + step,
                        1 + random.nextLong(Math.max(1, account.total() + 20)));
            case 6 -> new VaultAct.Frozen(payer, at(step), DEFAULT, random.nextLong(100));
            default -> new VaultAct.Readmitted(payer, at(step), DEFAULT, "again");
        };
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static VaultBook after(VaultAct... acts) {
        return VaultBook.EMPTY.after(List.of(acts));
    }

    private static void refused(String field, VaultBook book, VaultAct act) {
        BadInput refused = assertThrows(BadInput.class, () -> book.after(List.of(act)));
        assertEquals(field, refused.field(), refused.getMessage());
        assertFalse(refused.rule().isBlank());
    }

    private static List<State> states(VaultBook book, long... times) {
        ContributionCall call = book.of("A").calls().getFirst();
        List<State> states = new ArrayList<>();
        for (long time : times) {
            states.add(call.state(at(time)));
        }
        return states;
    }

    private static List<Long> amounts(VaultBook book) {
        return book.of("A").calls().stream().map(ContributionCall::amount).toList();
    }

    private static VaultAct asked(String payer, long epoch, long required) {
        return new VaultAct.Asked(payer, epoch, at(0), at(10), required);
    }

    private static VaultAct received(String payer, long units, String reference, long at) {
        return paid(payer, units, reference, at, Direction.RECEIVED, new Evidence.Operator("test"));
    }

    private static VaultAct signed(String payer, long units, String reference) {
        return paid(
                payer,
                units,
                reference,
                5,
                Direction.RECEIVED,
                new Evidence.Signed(new EpochSignature(HOUSE, new byte[EpochSignature.LENGTH])));
    }

    private static VaultAct returned(String payer, long units, String reference) {
        return paid(payer, units, reference, 8, Direction.RETURNED, new Evidence.Operator("test"));
    }

    private static VaultAct paid(
            String payer, long units, String reference, long at, Direction direction, Evidence evidence) {
        return new VaultAct.Paid(new PaymentReceipt(
                new Statement(HOUSE, direction, payer, PaymentReceipt.USD, units, "bank", reference, at), evidence));
    }
}
