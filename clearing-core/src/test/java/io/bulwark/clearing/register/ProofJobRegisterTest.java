package io.bulwark.clearing.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.event.Event;
import io.bulwark.clearing.event.Outbox.OutboxRecord;
import io.bulwark.clearing.ledger.PostgresTestBed;
import io.bulwark.clearing.register.EpochRegister.SealingResult;
import io.bulwark.clearing.register.ProofJobRegister.Begin;
import io.bulwark.clearing.register.ProofJobRegister.Limits;
import io.bulwark.clearing.register.ProofJobRegister.ProofJob;
import io.bulwark.clearing.register.ProofJobRegister.ProofJobRecord;
import io.bulwark.clearing.register.ProofJobRegister.ProofOutcome;
import io.bulwark.tier.OfHouse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OfHouse
final class ProofJobRegisterTest {
    private static final Refusal REASON = new Refusal("claim", "excess-over-initial", "must be provable");
    private static final ProofJob JOB = new ProofJob(1, 7, digest("claim"), digest("challenge"), digest("scope"));

    private static final Limits LIMITS = new Limits(2, 3);

    private final Database database = Database.open(PostgresTestBed.freshDatabase());
    private final EpochRegister epochs = new EpochRegister(database);
    private final ProofJobRegister jobs = new ProofJobRegister(database);

    @BeforeEach
    void sealOneEpoch() {
        assertInstanceOf(SealingResult.Sealed.class, FirstEpoch.seal(database));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    private Digest proof(String content) {
        return epochs.keep(
                        1,
                        digest("key"),
                        Collections.nCopies(ProofRecord.PUBLIC_INPUTS, digest("input")),
                        content.getBytes(StandardCharsets.UTF_8))
                .digest();
    }

    private List<Event> told() {
        return new OutboxTable(database)
                .from(1, 100).stream()
                        .map(OutboxRecord::event)
                        .map(Event::of)
                        .filter(Event.ProofRequested.class::isInstance)
                        .toList();
    }

    @Test
    void shouldKeepAndTellAJobOnceHoweverOftenItIsAskedFor() {
        ProofJobRecord record = jobs.submit(JOB);
        assertEquals(new ProofJobRecord(JOB, 0, 0, Optional.empty()), record);
        assertEquals(record, jobs.submit(JOB));
        assertEquals(Optional.of(record), jobs.find(JOB.id()));
        assertEquals(List.of(new Event.ProofRequested(JOB.id(), 7)), told());
        ProofJob other = new ProofJob(1, 7, JOB.claim(), digest("another challenge"), JOB.scope());
        assertNotEquals(JOB.id(), other.id());
        jobs.submit(other);
        assertEquals(2, told().size());
    }

    @Test
    void shouldGiveOneAnswerToAJobThatTwoWorkersDid() {
        jobs.submit(JOB);
        assertEquals(new Begin.Attempt(JOB, 1), jobs.begin(JOB.id(), LIMITS));
        assertEquals(new Begin.Attempt(JOB, 2), jobs.begin(JOB.id(), LIMITS));
        Digest first = proof("first");
        jobs.end(JOB.id(), new ProofOutcome.Proved(first));
        jobs.end(JOB.id(), new ProofOutcome.Proved(proof("second")));
        jobs.end(JOB.id(), new ProofOutcome.Refused(REASON));
        assertEquals(
                new ProofJobRecord(JOB, 2, 0, Optional.of(new ProofOutcome.Proved(first))),
                jobs.find(JOB.id()).orElseThrow());
        assertEquals(new Begin.Ended(), jobs.begin(JOB.id(), LIMITS));
        assertEquals(2, jobs.submit(JOB).attempts(), "asked for again, it is not begun again");
        assertEquals(1, told().size());
    }

    /** Whoever works on it is killed each time: that is not its doing until it has happened too often. */
    @Test
    void shouldLetAJobDieThatKillsWhoeverWorksOnIt() {
        jobs.submit(JOB);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertEquals(new Begin.Attempt(JOB, attempt), jobs.begin(JOB.id(), LIMITS));
        }
        assertEquals(List.of(), jobs.dead(Optional.empty(), 10));
        assertEquals(new Begin.Exhausted(), jobs.begin(JOB.id(), LIMITS));
        assertEquals(
                new Refusal(
                        "attempts",
                        "3",
                        "must end with an outcome; so many were cut short: whoever worked on it was gone"),
                reasonOfDeath());
        assertEquals(new Begin.Ended(), jobs.begin(JOB.id(), LIMITS));
    }

    /** Attempts that were cut short do not bring it nearer to its end, those that failed by its own doing do. */
    @Test
    void shouldCountFailuresOfItsOwnAlone() {
        jobs.submit(JOB);
        jobs.begin(JOB.id(), LIMITS);
        jobs.begin(JOB.id(), LIMITS);
        assertEquals(new Begin.Attempt(JOB, 3), jobs.begin(JOB.id(), LIMITS));
        jobs.fail(JOB.id(), 3, "no room");
        jobs.fail(JOB.id(), 3, "no room");
        assertEquals(1, jobs.find(JOB.id()).orElseThrow().failures());
        assertEquals(new Begin.Attempt(JOB, 4), jobs.begin(JOB.id(), LIMITS));
        jobs.fail(JOB.id(), 4, "no room");
        assertEquals(new Begin.Exhausted(), jobs.begin(JOB.id(), LIMITS));
        assertEquals(
                new Refusal("attempts", "2", "must end with an outcome; so many failed by the job's own doing"),
                reasonOfDeath());
    }

    private Refusal reasonOfDeath() {
        ProofJobRecord dead = jobs.dead(Optional.empty(), 10).getFirst();
        assertEquals(JOB, dead.job());
        return assertInstanceOf(ProofOutcome.Dead.class, dead.outcome().orElseThrow())
                .reason();
    }

    @Test
    void shouldTellOfAnOpenJobAgainAndOfAnEndedOneNever() {
        jobs.submit(JOB);
        jobs.tellAgain(JOB.id());
        assertEquals(2, told().size());
        jobs.end(JOB.id(), new ProofOutcome.Refused(REASON));
        jobs.tellAgain(JOB.id());
        assertEquals(2, told().size());
    }

    @Test
    void shouldTakeNoMoreOpenJobsOfAnAccountThanItMayHave() {
        assertEquals(0, jobs.submit(JOB, 1).orElseThrow().attempts());
        ProofJob second = new ProofJob(1, 7, JOB.claim(), digest("second"), JOB.scope());
        assertEquals(Optional.empty(), jobs.submit(second, 1));
        assertEquals(JOB, jobs.submit(JOB, 1).orElseThrow().job(), "what was asked for before is found");
        assertEquals(1, told().size());
        jobs.end(JOB.id(), new ProofOutcome.Refused(REASON));
        assertEquals(second, jobs.submit(second, 1).orElseThrow().job());
    }

    @Test
    void shouldKeepEveryKindOfOutcome() {
        List<ProofOutcome> outcomes = List.of(
                new ProofOutcome.Proved(proof("p")),
                new ProofOutcome.Unfit(REASON),
                new ProofOutcome.Refused(REASON),
                new ProofOutcome.Dead(REASON));
        for (ProofOutcome outcome : outcomes) {
            ProofJob job = new ProofJob(1, 7, JOB.claim(), digest(outcome.toString()), JOB.scope());
            jobs.submit(job);
            jobs.end(job.id(), outcome);
            assertEquals(Optional.of(outcome), jobs.find(job.id()).orElseThrow().outcome());
        }
    }

    @Test
    void shouldKnowNoJobThatNobodyAskedFor() {
        assertEquals(new Begin.Unknown(), jobs.begin(digest("no job"), LIMITS));
        assertEquals(Optional.empty(), jobs.find(digest("no job")));
        ProofJob ofNoEpoch = new ProofJob(2, 7, JOB.claim(), JOB.challenge(), JOB.scope());
        assertThrows(DatabaseException.class, () -> jobs.submit(ofNoEpoch));
    }
}
