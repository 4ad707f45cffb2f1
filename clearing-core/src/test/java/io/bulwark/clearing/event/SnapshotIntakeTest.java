package io.bulwark.clearing.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.event.RecordSink.Taken;
import io.bulwark.clearing.ledger.IntakeTestBed;
import io.bulwark.clearing.ledger.LedgerVerification;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.ledger.Snapshots;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.tier.OfHouse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Dies at each single call of a record's way into the books, before and after the call, and counts what is there in the end. */
@OfHouse
final class SnapshotIntakeTest {
    private final IntakeTestBed bed = IntakeTestBed.fresh();

    @Test
    void shouldTakeEachRecordOnceWhereverTheProcessDies() {
        int records = killAtEveryCall(bed::intake);
        assertEquals(records, bed.entries());
        assertEquals(records, bed.outbox());
        assertInstanceOf(LedgerVerification.Sound.class, bed.ledger().verify());
    }

    /** The broken control: its marker is a transaction of its own. If this one passed, the test above would prove nothing. */
    @Test
    void shouldLoseRecordsWhenTheMarkerIsOutsideTheTransaction() {
        int records = killAtEveryCall(bed::markerBeforeBooking);
        assertTrue(
                bed.entries() < records, "the broken control must lose; it booked " + bed.entries() + " of " + records);
    }

    private int killAtEveryCall(Function<DataSource, RecordSink> sinks) {
        RecordSink healthy = sinks.apply(bed.source());
        int offset = 0;
        for (boolean afterTheCall : new boolean[] {false, true}) {
            boolean survived = false;
            for (int call = 1; !survived; call++) {
                byte[] record = IntakeTestBed.record(offset);
                FailingProxy proxy = new FailingProxy(call, afterTheCall);
                survived = survives(sinks.apply(proxy.wrap(bed.source())), offset, record);
                if (healthy.next(IntakeTestBed.TOPIC) == offset) {
                    assertEquals(Taken.TAKEN, healthy.take(IntakeTestBed.TOPIC, offset, offset, record));
                }
                offset++;
            }
        }
        System.out.println("killed at " + offset + " calls");
        return offset;
    }

    private static boolean survives(RecordSink sink, long offset, byte[] record) {
        try {
            return sink.take(IntakeTestBed.TOPIC, offset, offset, record) == Taken.TAKEN;
        } catch (FailingProxy.Killed killed) {
            return false;
        }
    }

    @Test
    void shouldFenceTheSlowerOfTwoWorkers() {
        RecordSink first = bed.intake(bed.source());
        RecordSink second = bed.intake(bed.source());
        assertEquals(0, first.next(IntakeTestBed.TOPIC));
        assertEquals(0, second.next(IntakeTestBed.TOPIC));
        assertEquals(Taken.TAKEN, first.take(IntakeTestBed.TOPIC, 0, 0, IntakeTestBed.record(0)));
        assertEquals(Taken.FENCED, second.take(IntakeTestBed.TOPIC, 0, 0, IntakeTestBed.record(0)));
        assertEquals(
                Taken.TAKEN,
                first.take(IntakeTestBed.TOPIC, 1, 3, IntakeTestBed.record(1)),
                "offsets 1 and 2 were marks");
        assertEquals(4, second.next(IntakeTestBed.TOPIC));
        assertEquals(2, bed.entries());
    }

    @Test
    void shouldReadATopicMadeAnewFromItsBeginning() {
        RecordSink intake = bed.intake(bed.source());
        intake.next(IntakeTestBed.TOPIC);
        intake.take(IntakeTestBed.TOPIC, 0, 0, IntakeTestBed.record(0));
        assertEquals(1, intake.next(IntakeTestBed.TOPIC));
        assertEquals(0, intake.next("another identity"));
        assertEquals(Taken.FENCED, intake.take(IntakeTestBed.TOPIC, 1, 1, IntakeTestBed.record(1)));
        assertEquals(Taken.TAKEN, intake.take("another identity", 0, 0, IntakeTestBed.record(0)));
        assertEquals(1, bed.entries());
    }

    @Test
    void shouldPutWhatItCannotReadIntoQuarantineAndGoOn() {
        RecordSink intake = bed.intake(bed.source());
        intake.next(IntakeTestBed.TOPIC);
        List<byte[]> records =
                List.of(new byte[0], new byte[] {1, 2, 3}, IntakeTestBed.malformed(), IntakeTestBed.record(0));
        for (int offset = 0; offset < records.size(); offset++) {
            assertEquals(Taken.TAKEN, intake.take(IntakeTestBed.TOPIC, offset, offset, records.get(offset)));
        }
        assertEquals(1, bed.entries());
        assertEquals(
                List.of("byte 0", "byte 1", "holdings"),
                bed.ledger().quarantine(1, 10).stream()
                        .map(q -> q.refusal().field())
                        .toList());
    }

    /** A bare snapshot, one that a stranger answers for, one whose bytes were changed after it was signed: kept, never booked. */
    @Test
    void shouldBookNothingThatNoReaderAnswersFor() {
        RecordSink intake = bed.intake(bed.source());
        intake.next(IntakeTestBed.TOPIC);
        RawSnapshot raw = Snapshots.raw(IntakeTestBed.ACCOUNT, 1_000, "collateral 3 10000000");
        byte[] honest = SnapshotPublisher.signed(
                Snapshots.raw(IntakeTestBed.ACCOUNT, 1_000, "collateral 3 1"), IntakeTestBed.READER);
        byte[] changed = new String(honest, StandardCharsets.ISO_8859_1)
                .replace("collateral 3 1", "collateral 3 9")
                .getBytes(StandardCharsets.ISO_8859_1);
        List<byte[]> lies =
                List.of(raw.canonical().encode(), SnapshotPublisher.signed(raw, QuorumKey.generate()), changed);
        for (int offset = 0; offset < lies.size(); offset++) {
            assertEquals(Taken.TAKEN, intake.take(IntakeTestBed.TOPIC, offset, offset, lies.get(offset)));
        }
        assertEquals(0, bed.entries());
        List<QuarantinedPayload> kept = bed.ledger().quarantine(1, 10);
        assertEquals(2, kept.size(), "the same bytes are kept once");
        kept.forEach(payload -> assertEquals("signature", payload.refusal().field()));
        intake.take(IntakeTestBed.TOPIC, 3, 3, honest);
        assertEquals(1, bed.entries());
        Digest booked =
                Snapshots.raw(IntakeTestBed.ACCOUNT, 1_000, "collateral 3 1").id();
        EpochSignature answer = Objects.requireNonNull(
                bed.ledger().answers(Set.of(booked, raw.id())).get(booked));
        assertTrue(answer.answersFor(booked));
        assertFalse(answer.answersFor(raw.id()));
    }
}
