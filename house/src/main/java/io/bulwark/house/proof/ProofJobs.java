package io.bulwark.house.proof;

import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.event.Event;
import io.bulwark.clearing.event.ShareWorker;
import io.bulwark.clearing.event.ShareWorker.Verdict;
import io.bulwark.clearing.event.Topic;
import io.bulwark.clearing.event.Topics;
import io.bulwark.clearing.register.ProofJobRegister;
import io.bulwark.clearing.register.ProofJobRegister.Begin;
import io.bulwark.clearing.register.ProofJobRegister.ProofJob;
import io.bulwark.clearing.register.ProofJobRegister.ProofJobRecord;
import io.bulwark.clearing.register.ProofJobRegister.ProofOutcome;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverException;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.proof.Prover.Proving;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proofs as jobs: kept in the books, told to a queue that workers share, proved by whichever of them is free, with one answer each.
 *
 * <p>A worker that dies lets go of its job, and another begins; a job that failed {@value #FAILURES_MAX} times by its own doing, or was cut
 * short {@value #CUT_SHORT_MAX} times, by whomever, is dead and stays to be looked at. Nothing
 * secret is in a job: the owner's key is read where it lies when the job is proved.
 */
public final class ProofJobs implements AutoCloseable {
    /** How often a job may fail by its own doing. */
    public static final int FAILURES_MAX = 5;

    /** How often its worker or its prover may be gone before it ends: whoever kills them may mean others. */
    public static final int CUT_SHORT_MAX = 20;

    /** Jobs of one account without an outcome, at most. */
    public static final int OPEN_MAX = 32;

    private static final ProofJobRegister.Limits LIMITS = new ProofJobRegister.Limits(FAILURES_MAX, CUT_SHORT_MAX);

    private static final Logger LOG = LoggerFactory.getLogger(ProofJobs.class);
    private static final String GROUP = "bulwark-provers";

    /** As many as the prover makes proofs at once. */
    private static final int WORKERS = 2;

    /** Longer than the prover's patience, with which it ends a proof that hangs. */
    private static final Duration LOCK = Duration.ofMinutes(15);

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Shown by whoever serves metrics; decides nothing. */
    private static final Timer PROVING = Timer.builder("bulwark.proof")
            .description("From the begin of an attempt at a proof job to its end")
            .serviceLevelObjectives(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5))
            .register(Metrics.globalRegistry);

    private final ProofJobRegister register;
    private final EpochArchive archive;
    private final AccountProofs desk;
    private final Runnable relay;
    private final Runnable relayWhatIsLeft;
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean closed;

    /** An account asked for more proofs than are made for one at a time. */
    public static final class OverQuota extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Of this account. */
        public OverQuota(int account) {
            super("Account " + account + " has " + OPEN_MAX + " proofs waiting already; ask again when one is made.");
        }
    }

    /**
     * Jobs over these books.
     *
     * @param relay tells the workers what was asked for
     * @param relayWhatIsLeft tells them what could not be told then
     */
    public ProofJobs(
            ProofJobRegister register,
            EpochArchive archive,
            AccountProofs desk,
            Runnable relay,
            Runnable relayWhatIsLeft) {
        this.register = register;
        this.archive = archive;
        this.desk = desk;
        this.relay = relay;
        this.relayWhatIsLeft = relayWhatIsLeft;
    }

    /** Has workers work, until this is closed. */
    public void start(Topics.Brokers brokers) {
        ShareWorker.prepare(brokers, GROUP, LOCK);
        for (int number = 1; number <= WORKERS; number++) {
            workers.add(
                    Thread.ofPlatform().daemon().name("proof-worker-" + number).start(() -> work(brokers)));
        }
    }

    /**
     * Asks for a proof. What was asked for before is found, with its answer.
     *
     * @throws BadInput if the account is not in the epoch, or its owner's key is needed and not here
     * @throws OverQuota if the account has as many open jobs as it may
     */
    public ProofJobRecord submit(ComputedEpoch epoch, int account, Claim claim, Challenge challenge, Scope scope) {
        desk.requireProvable(epoch, account, claim);
        ProofJob asked = new ProofJob(
                epoch.number(),
                account,
                claim.value().digest(),
                challenge.value().digest(),
                scope.value().digest());
        ProofJobRecord submitted = register.submit(asked, OPEN_MAX).orElseThrow(() -> new OverQuota(account));
        if (submitted.outcome().isEmpty()) {
            relay.run();
        }
        return submitted;
    }

    /** A job after it ended, or as it is after this time. */
    public ProofJobRecord await(ProofJob job, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            ProofJobRecord record = register.find(job.id()).orElseThrow();
            if (record.outcome().isPresent() || System.nanoTime() >= end) {
                return record;
            }
            Thread.sleep(LOOK);
        }
    }

    /** A job by its id. */
    public Optional<ProofJobRecord> find(Digest id) {
        return register.find(id);
    }

    /**
     * The jobs that died last.
     *
     * @param before those that were asked for before this one; empty: all
     */
    public List<ProofJobRecord> dead(Optional<Digest> before, int most) {
        return register.dead(before, most);
    }

    /** How much work there is now. */
    public ProofJobRegister.Backlog backlog() {
        return register.backlog();
    }

    /** One worker's life: a broker or books that fail are tried again, and the job with them. */
    private void work(Topics.Brokers brokers) {
        while (!closed) {
            try (ShareWorker worker = ShareWorker.of(brokers, GROUP, Topic.PROOF_JOBS)) {
                while (!closed) {
                    worker.work(POLL, this::work);
                    relayWhatIsLeft.run();
                }
            } catch (RuntimeException e) {
                LOG.warn("a worker for proofs begins again", e);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Works on one record of the queue. */
    Verdict work(byte[] value, int delivery) {
        if (!(Event.of(value) instanceof Event.ProofRequested(Digest job, int account))) {
            return Verdict.REJECT;
        }
        if (delivery >= ShareWorker.DELIVERIES_MAX - 1) {
            // Kafka hands a record out so often and then no more; how often a job is tried, the books decide.
            register.tellAgain(job);
            relay.run();
            return Verdict.ACCEPT;
        }
        return switch (register.begin(job, LIMITS)) {
            case Begin.Ended() -> Verdict.ACCEPT;
            case Begin.Exhausted(), Begin.Unknown() -> Verdict.REJECT;
            case Begin.Attempt attempt -> PROVING.record(() -> traced(job, attempt));
        };
    }

    private Verdict traced(Digest id, Begin.Attempt attempt) {
        Span span = GlobalOpenTelemetry.getOrNoop()
                .getTracer("io.bulwark")
                .spanBuilder("proof")
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("bulwark.proof.job", id.hex())
                .startSpan();
        try (var _ = span.makeCurrent()) {
            return prove(id, attempt);
        } finally {
            span.end();
        }
    }

    private Verdict prove(Digest id, Begin.Attempt attempt) {
        try {
            register.end(id, outcome(attempt.job()));
            return Verdict.ACCEPT;
        } catch (BadInput refused) {
            register.end(id, new ProofOutcome.Refused(new Refusal(refused.field(), refused.value(), refused.rule())));
            return Verdict.ACCEPT;
        } catch (ProverException e) {
            return given(id, attempt, e);
        } catch (DatabaseException away) {
            LOG.warn("attempt {} at proof job {} was cut short: {}", attempt.number(), id, away.getMessage());
            return Verdict.RELEASE;
        } catch (RuntimeException e) {
            LOG.warn("attempt {} at proof job {}", attempt.number(), id, e);
            register.fail(id, attempt.number(), e.getClass().getSimpleName());
            return Verdict.RELEASE;
        }
    }

    /** What the prover gave up: for another attempt, or for somebody to look at. */
    private Verdict given(Digest id, Begin.Attempt attempt, ProverException failure) {
        LOG.warn("attempt {} at proof job {}: {}", attempt.number(), id, failure.refusal());
        return switch (failure.category()) {
            // The prover was gone, or had too much to do: whose doing that was nobody knows.
            case RETRY -> Verdict.RELEASE;
            case REFUSE, HALT -> {
                register.end(
                        id,
                        new ProofOutcome.Dead(new Refusal(
                                "prover", failure.refusal().toString(), "must not refuse the house's own request")));
                yield Verdict.REJECT;
            }
        };
    }

    private ProofOutcome outcome(ProofJob job) {
        ComputedEpoch epoch = archive.epoch(job.epoch()).orElseThrow();
        Claim claim = Claim.of(FieldElement.ofDigest(job.claim()));
        return switch (desk.prove(
                epoch,
                job.clearingAccount(),
                claim,
                new Challenge(FieldElement.ofDigest(job.challenge())),
                new Scope(FieldElement.ofDigest(job.scope())))) {
            case Proving.Proved proved ->
                new ProofOutcome.Proved(Digest.sha256(proved.bundle().proof().bytes()));
            case Proving.NoProofInThisShape none ->
                new ProofOutcome.Unfit(new Refusal("account", String.valueOf(job.clearingAccount()), none.reason()));
            case Proving.Refused refused ->
                new ProofOutcome.Refused(
                        new Refusal("claim", word(claim.kind()), "must be provable: " + refused.refusal()));
        };
    }

    /** As requests write it: excess-over-initial. */
    private static String word(Claim.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Lets the workers end what they are at. */
    @Override
    public void close() {
        closed = true;
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
