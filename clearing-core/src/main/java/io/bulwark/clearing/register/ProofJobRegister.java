package io.bulwark.clearing.register;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.event.Event;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Proofs that were asked for, begun and ended. A job is told to the workers in the transaction that keeps it, each begin is counted, and the first outcome is the outcome:
 * a job that two workers did has one answer.
 */
public final class ProofJobRegister {
    private static final String SELECT =
            "select j.epoch, j.clearing_account, j.claim, j.challenge, j.scope, (select count(*) from proof_attempt a where a.job = j.id),"
                    + " (select count(*) from proof_failure f where f.job = j.id), o.kind, o.proof, o.field, o.value, o.rule"
                    + " from proof_job j left join proof_outcome o on o.job = j.id where ";

    private final Database database;

    /** The register of a database. */
    public ProofJobRegister(Database database) {
        this.database = database;
    }

    /** What a worker finds that begins with a job. */
    public sealed interface Begin {
        /** Work. */
        record Attempt(ProofJob job, int number) implements Begin {}

        /** Nothing to do: it has ended. */
        record Ended() implements Begin {}

        /** Nothing to do: it was begun as often as it may be, and is dead from now on. */
        record Exhausted() implements Begin {}

        /** The books know no such job. */
        record Unknown() implements Begin {}
    }

    /**
     * How often a job may be begun.
     *
     * @param failures attempts that ended without an outcome by the job's own doing, at most
     * @param cutShort attempts whose worker or prover was gone before they ended, at most: each may have been killed by anybody, but a
     *     job that kills whoever works on it must end too
     */
    public record Limits(int failures, int cutShort) {}

    /**
     * Keeps a job and tells the workers; the same again changes nothing.
     *
     * @param openMax jobs of one account without an outcome, at most
     * @return empty if the account has so many already
     */
    public Optional<ProofJobRecord> submit(ProofJob job, int openMax) {
        return database.write(transaction -> {
            Optional<ProofJobRecord> known = find(transaction, job.id());
            if (known.isPresent()) {
                return known;
            }
            long open = transaction.number(
                    "select count(*) from proof_job j where j.clearing_account = ?"
                            + " and not exists (select from proof_outcome o where o.job = j.id)",
                    job.clearingAccount());
            return open < openMax ? Optional.of(submit(transaction, job)) : Optional.empty();
        });
    }

    /** Keeps a job and tells the workers, however many the account has; the same again changes nothing. */
    public ProofJobRecord submit(ProofJob job) {
        return database.write(transaction -> submit(transaction, job));
    }

    private static ProofJobRecord submit(DatabaseTransaction transaction, ProofJob job) {
        int kept = transaction.update(
                "insert into proof_job (id, sequence, epoch, clearing_account, claim, challenge, scope)"
                        + " select ?, coalesce(max(sequence), 0) + 1, ?, ?, ?, ?, ? from proof_job on conflict (id) do nothing",
                job.id(),
                job.epoch(),
                job.clearingAccount(),
                job.claim(),
                job.challenge(),
                job.scope());
        if (kept == 1) {
            OutboxTable.tell(transaction, new Event.ProofRequested(job.id(), job.clearingAccount()));
        }
        return find(transaction, job.id()).orElseThrow();
    }

    /** Tells the workers of a job once more, which Kafka hands out so often and no more; of one that has ended nobody is told. */
    public void tellAgain(Digest id) {
        database.write(transaction -> {
            find(transaction, id)
                    .filter(record -> record.outcome().isEmpty())
                    .ifPresent(record -> OutboxTable.tell(
                            transaction,
                            new Event.ProofRequested(id, record.job().clearingAccount())));
            return id;
        });
    }

    /**
     * Begins with a job.
     *
     * @param limits how often it may be begun; who comes after finds it dead
     */
    public Begin begin(Digest id, Limits limits) {
        return database.write(transaction -> {
            Optional<ProofJobRecord> found = find(transaction, id);
            if (found.isEmpty()) {
                return new Begin.Unknown();
            }
            ProofJobRecord record = found.get();
            if (record.outcome().isPresent()) {
                return new Begin.Ended();
            }
            Optional<Refusal> exhausted = exhausted(record, limits);
            if (exhausted.isPresent()) {
                end(transaction, id, new ProofOutcome.Dead(exhausted.get()));
                return new Begin.Exhausted();
            }
            int number = record.attempts() + 1;
            transaction.update("insert into proof_attempt (job, number) values (?, ?)", id, number);
            return new Begin.Attempt(record.job(), number);
        });
    }

    private static Optional<Refusal> exhausted(ProofJobRecord record, Limits limits) {
        int cutShort = record.attempts() - record.failures();
        if (record.failures() >= limits.failures()) {
            return Optional.of(new Refusal(
                    "attempts",
                    String.valueOf(record.failures()),
                    "must end with an outcome; so many failed by the job's own doing"));
        }
        return cutShort < limits.cutShort()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "attempts",
                        String.valueOf(cutShort),
                        "must end with an outcome; so many were cut short: whoever worked on it was gone"));
    }

    /**
     * Keeps that an attempt failed, by the job's own doing; the same again changes nothing.
     *
     * @param attempt its number
     * @param reason for people
     */
    public void fail(Digest id, int attempt, String reason) {
        database.write(transaction -> transaction.update(
                "insert into proof_failure (job, number, reason) values (?, ?, ?) on conflict (job, number) do nothing",
                id,
                attempt,
                reason));
    }

    /** Ends a job, unless it has ended. */
    public void end(Digest id, ProofOutcome outcome) {
        database.write(transaction -> {
            end(transaction, id, outcome);
            return id;
        });
    }

    private static void end(DatabaseTransaction transaction, Digest id, ProofOutcome outcome) {
        switch (outcome) {
            case ProofOutcome.Proved(Digest proof) ->
                transaction.update(
                        "insert into proof_outcome (job, kind, proof) values (?, 'PROVED', ?) on conflict (job) do nothing",
                        id,
                        proof);
            case ProofOutcome.Unfit(Refusal reason) -> end(transaction, id, "UNFIT", reason);
            case ProofOutcome.Refused(Refusal reason) -> end(transaction, id, "REFUSED", reason);
            case ProofOutcome.Dead(Refusal reason) -> end(transaction, id, "DEAD", reason);
        }
    }

    private static void end(DatabaseTransaction transaction, Digest id, String kind, Refusal reason) {
        transaction.update(
                "insert into proof_outcome (job, kind, field, value, rule) values (?, ?, ?, ?, ?) on conflict (job) do nothing",
                id,
                kind,
                reason.field(),
                reason.value(),
                reason.rule());
    }

    /** A job. */
    public Optional<ProofJobRecord> find(Digest id) {
        return database.read(transaction -> find(transaction, id));
    }

    /**
     * Jobs that are dead, the latest first.
     *
     * @param before those that were asked for before this one; empty: all
     */
    public List<ProofJobRecord> dead(Optional<Digest> before, int limit) {
        return database.read(transaction -> transaction.query(
                SELECT
                        + "o.kind = 'DEAD' and j.sequence < coalesce((select b.sequence from proof_job b where b.id = ?), "
                        + Long.MAX_VALUE + ") order by j.sequence desc limit ?",
                ProofJobRegister::record,
                before.map(Digest::bytes).orElse(new byte[0]),
                limit));
    }

    /**
     * How much work there is.
     *
     * @param waiting jobs that nobody has begun
     * @param working jobs that were begun and have not ended
     * @param dead jobs that ended without an answer, of all times
     */
    public record Backlog(long waiting, long working, long dead) {}

    /** How much work there is now. */
    public Backlog backlog() {
        return database.read(transaction -> transaction
                .first(
                        "select count(*) filter (where o.job is null and a.job is null), count(*) filter (where o.job is null and a.job is not null),"
                                + " count(*) filter (where o.kind = 'DEAD') from proof_job j left join proof_outcome o on o.job = j.id"
                                + " left join (select distinct job from proof_attempt) a on a.job = j.id",
                        row -> new Backlog(row.number(1), row.number(2), row.number(3)))
                .orElseThrow());
    }

    private static Optional<ProofJobRecord> find(DatabaseTransaction transaction, Digest id) {
        return transaction.first(SELECT + "j.id = ?", ProofJobRegister::record, id);
    }

    private static ProofJobRecord record(DatabaseTransaction.Row row) throws SQLException {
        ProofJob job = new ProofJob(row.number(1), row.integer(2), row.digest(3), row.digest(4), row.digest(5));
        Optional<String> kind = row.optionalText(8);
        return new ProofJobRecord(
                job,
                row.integer(6),
                row.integer(7),
                kind.isEmpty() ? Optional.empty() : Optional.of(outcome(kind.get(), row)));
    }

    private static ProofOutcome outcome(String kind, DatabaseTransaction.Row row) throws SQLException {
        if (kind.equals("PROVED")) {
            return new ProofOutcome.Proved(row.digest(9));
        }
        Refusal reason = new Refusal(row.text(10), row.text(11), row.text(12));
        return switch (kind) {
            case "UNFIT" -> new ProofOutcome.Unfit(reason);
            case "REFUSED" -> new ProofOutcome.Refused(reason);
            case "DEAD" -> new ProofOutcome.Dead(reason);
            default -> throw new SQLException("kind of outcome must be a known one; have " + kind);
        };
    }

    /**
     * A proof job as the books know it.
     *
     * @param job what is to be proved
     * @param attempts how often a worker began
     * @param failures how many of these failed by the job's own doing
     * @param outcome how it ended; empty while it has not
     */
    public record ProofJobRecord(ProofJob job, int attempts, int failures, Optional<ProofOutcome> outcome) {}

    /**
     * A proof that somebody asked for. It holds no secret: who proves finds the owner's key where the owner keeps it.
     *
     * @param epoch number of the sealed epoch
     * @param clearingAccount number of the account
     * @param claim the whole claim, a field element
     * @param challenge what ties the proof to one conversation, a field element
     * @param scope for whom and for what it is made, a field element
     */
    public record ProofJob(long epoch, int clearingAccount, Digest claim, Digest challenge, Digest scope) {
        /** SHA-256 of all of it in canonical form: who asks for the same asks for the same job. */
        public Digest id() {
            return CanonicalValue.array(
                            CanonicalValue.text("bulwark-proof-job"),
                            CanonicalValue.integer(1),
                            CanonicalValue.integer(epoch),
                            CanonicalValue.integer(clearingAccount),
                            CanonicalValue.bytes(claim),
                            CanonicalValue.bytes(challenge),
                            CanonicalValue.bytes(scope))
                    .sha256();
        }
    }

    /** How a proof job ended. */
    public sealed interface ProofOutcome {
        /**
         * With a proof, which the register of epochs keeps.
         *
         * @param proof SHA-256 of the proof
         */
        record Proved(Digest proof) implements ProofOutcome {}

        /** Without: the account has no room in the house's circuit. */
        record Unfit(Refusal reason) implements ProofOutcome {}

        /** Without: the claim is false, or its owner's key is not here. */
        record Refused(Refusal reason) implements ProofOutcome {}

        /** Without: every attempt failed for reasons that are not the job's. It is kept for somebody to look at. */
        record Dead(Refusal reason) implements ProofOutcome {}
    }
}
