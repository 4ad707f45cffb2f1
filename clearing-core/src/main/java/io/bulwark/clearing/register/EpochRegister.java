package io.bulwark.clearing.register;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.event.Event;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Sealed epochs with their statements, signatures and proofs. Epochs are consecutive from 1, each names the digest of the one before, and none is sealed twice. */
public final class EpochRegister {
    private static final String EPOCH_KIND = "epoch";
    private static final String INPUTS_KIND = "epoch-inputs";
    private static final String STATEMENT_KIND = "statement";
    private static final String PROOF_KIND = "proof";
    private static final String FUND_PROOF_KIND = "fund-proof";
    private static final String VERIFYING_KEY_KIND = "verifying-key";

    private final Database database;
    private final NewestEpoch newest = new NewestEpoch(this::last);

    public EpochRegister(Database database) {
        this.database = database;
    }

    /** Begins the next term of who seals, from 1: whoever sealed before seals nothing any more. The holder is named for people. */
    public long beginTerm(String holder) {
        return database.write(transaction -> SealerTerms.begin(transaction, holder));
    }

    /** Who seals, or was the last to; empty before the first term. */
    public Optional<String> sealer() {
        return database.read(SealerTerms::holder);
    }

    /** Seals an epoch of books that one process alone works with: nobody was ever elected. */
    public SealingResult seal(EpochRecord epoch, List<AccountStatement> statements) {
        return seal(epoch, statements, 0);
    }

    /**
     * Seals an epoch with its inputs and statements in one transaction. Every document that the inputs name must be stored before.
     *
     * @param term that the caller was elected for; refused unless it is the last that began
     */
    public SealingResult seal(EpochRecord epoch, List<AccountStatement> statements, long term) {
        SealingResult result = database.write(transaction -> {
            long last = SealerTerms.last(transaction);
            if (term != last) {
                return new SealingResult.Refused(new Refusal(
                        "term",
                        String.valueOf(term),
                        "must be the last that began, " + last + " of "
                                + SealerTerms.holder(transaction).orElse("nobody")));
            }
            Optional<Digest> sealed =
                    SealingRules.digest(transaction, epoch.sealed().epoch().number());
            if (sealed.equals(Optional.of(epoch.sealed().digest()))) {
                return new SealingResult.Duplicate();
            }
            Optional<Refusal> refusal = SealingRules.refusal(transaction, epoch, sealed);
            if (refusal.isPresent()) {
                return new SealingResult.Refused(refusal.get());
            }
            write(transaction, epoch, statements);
            return new SealingResult.Sealed();
        });
        newest.forget();
        return result;
    }

    private static void write(DatabaseTransaction transaction, EpochRecord record, List<AccountStatement> statements) {
        Epoch epoch = record.sealed().epoch();
        Digest body = Documents.store(transaction, EPOCH_KIND, epoch.canonical().encode());
        Digest inputs = Documents.store(
                transaction, INPUTS_KIND, record.inputs().canonical().encode());
        transaction.update(
                "insert into epoch (number, epoch_time, digest, previous, body, inputs) values (?, ?, ?, ?, ?, ?)",
                epoch.number(),
                record.inputs().epochTimeMillis(),
                record.sealed().digest(),
                epoch.previous(),
                body,
                inputs);
        record.inputs()
                .documents()
                .forEach((name, digest) -> transaction.update(
                        "insert into epoch_document (epoch, name, digest) values (?, ?, ?)",
                        epoch.number(),
                        name,
                        digest));
        statements.forEach(statement -> write(transaction, epoch.number(), statement));
        OutboxTable.tell(
                transaction,
                new Event.EpochSealed(epoch.number(), record.sealed().digest(), body));
    }

    private static void write(DatabaseTransaction transaction, long epoch, AccountStatement statement) {
        Digest document = Documents.store(
                transaction, STATEMENT_KIND, statement.document().encode());
        switch (statement) {
            case AccountStatement.Margined m ->
                transaction.update(
                        "insert into statement (epoch, clearing_account, document, state, initial_margin, maintenance_margin, equity, excess_initial, excess_maintenance)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        epoch,
                        m.clearingAccount(),
                        document,
                        m.state(),
                        m.initialMargin(),
                        m.maintenanceMargin(),
                        m.equity(),
                        m.excessInitial(),
                        m.excessMaintenance());
            case AccountStatement.Unmargined u ->
                transaction.update(
                        "insert into statement (epoch, clearing_account, document, state) values (?, ?, ?, ?)",
                        epoch,
                        u.clearingAccount(),
                        document,
                        u.reason());
        }
        OutboxTable.tell(transaction, new Event.StatementIssued(epoch, statement.clearingAccount(), document));
    }

    /** The epoch of a number. */
    public Optional<EpochRecord> epoch(long number) {
        return database.read(transaction -> epoch(transaction, number));
    }

    /** The last sealed epoch. */
    public Optional<EpochRecord> latest() {
        return epoch(last());
    }

    /** The number of the last sealed epoch; 0 before the first. */
    public long last() {
        return database.read(transaction -> transaction.number("select coalesce(max(number), 0) from epoch"));
    }

    /** The same for readers: what another process sealed is seen within ten milliseconds. */
    public long newest() {
        return newest.number();
    }

    /** Sealed epochs in their order, from a number on, without their inputs. */
    public List<SealedEpoch> epochs(long fromNumber, int limit) {
        return database.read(transaction -> transaction.query(
                "select b.body, e.digest from epoch e join document b on b.digest = e.body where e.number >= ? order by e.number limit ?",
                row -> new SealedEpoch(Epoch.of(CanonicalReader.read(row.bytes(1))), row.digest(2)),
                fromNumber,
                limit));
    }

    private static Optional<EpochRecord> epoch(DatabaseTransaction transaction, long number) {
        return transaction.first(
                "select e.digest, b.body, i.body from epoch e join document b on b.digest = e.body join document i on i.digest = e.inputs where e.number = ?",
                row -> new EpochRecord(
                        new SealedEpoch(Epoch.of(CanonicalReader.read(row.bytes(2))), row.digest(1)),
                        EpochInputs.of(CanonicalReader.read(row.bytes(3)))),
                number);
    }

    /**
     * Whether the row of an epoch, and the documents that rows name beside it, say what its sealed body and inputs say.
     *
     * @return what they say otherwise, for people; empty if nothing
     */
    public List<String> findings(EpochRecord record) {
        Epoch epoch = record.sealed().epoch();
        return database.read(transaction -> {
            List<String> findings = new ArrayList<>();
            long rows = transaction.number(
                    "select count(*) from epoch where number = ? and epoch_time = ? and digest = ? and previous = ?",
                    epoch.number(),
                    record.inputs().epochTimeMillis(),
                    record.sealed().digest(),
                    epoch.previous());
            if (rows != 1) {
                findings.add("table epoch: the row of epoch " + epoch.number()
                        + " must have the number, the time, the digest and the previous digest that it sealed");
            }
            if (!SealingRules.digest(transaction, epoch.number() - 1)
                    .orElse(Digest.ZERO)
                    .equals(epoch.previous())) {
                findings.add("table epoch: the row of epoch " + (epoch.number() - 1) + " must have the digest "
                        + epoch.previous() + ", which epoch " + epoch.number() + " follows");
            }
            SortedMap<String, Digest> named = new TreeMap<>();
            transaction.each(
                    "select name, digest from epoch_document where epoch = ?",
                    row -> Map.entry(row.text(1), row.digest(2)),
                    row -> named.put(row.getKey(), row.getValue()),
                    epoch.number());
            if (!named.equals(record.inputs().documents())) {
                findings.add("table epoch_document: epoch " + epoch.number() + " must name "
                        + record.inputs().documents() + "; have " + named);
            }
            return findings;
        });
    }

    /** All statements of an epoch, by clearing account. */
    public List<AccountStatement> statements(long epoch) {
        return database.read(transaction ->
                transaction.query(SELECT_STATEMENTS + " order by s.clearing_account", EpochRegister::statement, epoch));
    }

    /** One account's statement in an epoch. */
    public Optional<AccountStatement> statement(long epoch, int clearingAccount) {
        return database.read(transaction -> transaction.first(
                SELECT_STATEMENTS + " and s.clearing_account = ?", EpochRegister::statement, epoch, clearingAccount));
    }

    private static final String SELECT_STATEMENTS =
            "select s.clearing_account, s.state, s.initial_margin, s.maintenance_margin, s.equity, s.excess_initial, s.excess_maintenance, d.body"
                    + " from statement s join document d on d.digest = s.document where s.epoch = ?";

    private static AccountStatement statement(DatabaseTransaction.Row row) throws SQLException {
        CanonicalValue document = CanonicalReader.read(row.bytes(8));
        if (row.optionalNumber(3).isEmpty()) {
            return new AccountStatement.Unmargined(row.integer(1), row.text(2), document);
        }
        return new AccountStatement.Margined(
                row.integer(1),
                row.text(2),
                row.number(3),
                row.number(4),
                row.number(5),
                row.number(6),
                row.number(7),
                document);
    }

    /**
     * Keeps a member's signature on a sealed epoch; the same again changes nothing.
     *
     * @throws IllegalArgumentException if it does not sign this epoch with its time
     */
    public void attest(SealedEpoch sealed, EpochSignature signature) {
        database.write(transaction -> {
            long time = transaction
                    .first(
                            "select epoch_time from epoch where number = ? and digest = ?",
                            row -> row.number(1),
                            sealed.epoch().number(),
                            sealed.digest())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "epoch " + sealed.epoch().number() + " must be sealed with digest " + sealed.digest()));
            if (!signature.signs(EpochStatement.of(sealed, time))) {
                throw new IllegalArgumentException("signature of " + signature.signer() + " must be on epoch "
                        + sealed.epoch().number() + " with its time, " + time);
            }
            return transaction.update(
                    "insert into epoch_signature (epoch, signer, signature) values (?, ?, ?) on conflict (epoch, signer) do nothing",
                    sealed.epoch().number(),
                    signature.signer(),
                    signature.signature());
        });
    }

    /** The signatures on an epoch, by signer. */
    public List<EpochSignature> signatures(long epoch) {
        return database.read(transaction -> transaction.query(
                "select signer, signature from epoch_signature where epoch = ? order by signer",
                row -> new EpochSignature(row.digest(1), row.bytes(2)),
                epoch));
    }

    /** Keeps a proof; the same again changes nothing. */
    public ProofRecord keep(long epoch, Digest verifyingKey, List<Digest> publicInputs, byte[] proof) {
        ProofRecord record = new ProofRecord(Digest.sha256(proof), epoch, verifyingKey, publicInputs);
        ByteArrayOutputStream inputs = new ByteArrayOutputStream();
        publicInputs.forEach(input -> inputs.writeBytes(input.bytes()));
        return database.write(transaction -> {
            Documents.store(transaction, PROOF_KIND, proof);
            transaction.update(
                    "insert into proof (digest, epoch, verifying_key, public_inputs, sequence)"
                            + " select ?, ?, ?, ?, coalesce(max(sequence), 0) + 1 from proof on conflict (digest) do nothing",
                    record.digest(),
                    epoch,
                    verifyingKey,
                    inputs.toByteArray());
            return record;
        });
    }

    /** The proofs that speak of an epoch, in the order in which they were kept. */
    public List<ProofRecord> proofs(long epoch) {
        return database.read(transaction -> transaction.query(
                "select digest, verifying_key, public_inputs from proof where epoch = ? order by sequence",
                row -> new ProofRecord(row.digest(1), epoch, row.digest(2), split(row.bytes(3))),
                epoch));
    }

    /** Keeps a proof of the fund beside the key that checks it; the same again changes nothing. */
    public FundProofRecord keepFund(long epoch, byte[] proof, byte[] verifyingKey) {
        return database.write(transaction -> {
            FundProofRecord record = new FundProofRecord(
                    Documents.store(transaction, FUND_PROOF_KIND, proof),
                    epoch,
                    Documents.store(transaction, VERIFYING_KEY_KIND, verifyingKey));
            transaction.update(
                    "insert into fund_proof (digest, epoch, verifying_key, sequence)"
                            + " select ?, ?, ?, coalesce(max(sequence), 0) + 1 from fund_proof on conflict (digest) do nothing",
                    record.digest(),
                    epoch,
                    record.verifyingKey());
            return record;
        });
    }

    /** The proofs of the fund of an epoch, in the order in which they were kept. */
    public List<FundProofRecord> fundProofs(long epoch) {
        return database.read(transaction -> transaction.query(
                "select digest, verifying_key from fund_proof where epoch = ? order by sequence",
                row -> new FundProofRecord(row.digest(1), epoch, row.digest(2)),
                epoch));
    }

    private static List<Digest> split(byte[] inputs) {
        return IntStream.range(0, inputs.length / Digest.LENGTH)
                .mapToObj(i -> Digest.of(Arrays.copyOfRange(inputs, i * Digest.LENGTH, (i + 1) * Digest.LENGTH)))
                .toList();
    }

    /**
     * An epoch as the ledger keeps it.
     *
     * @param sealed the epoch and its digest
     * @param inputs its sealed inputs; with the documents that they name, all that a replay needs
     */
    public record EpochRecord(SealedEpoch sealed, EpochInputs inputs) {}

    /**
     * A proof of the fund as the ledger keeps it: its file form and the verifying key are the documents of their digests.
     *
     * @param digest SHA-256 of the file form
     * @param epoch number of the epoch that it speaks of
     * @param verifyingKey SHA-256 of the verifying key
     */
    public record FundProofRecord(Digest digest, long epoch, Digest verifyingKey) {}

    /** What became of an epoch that was to be sealed. */
    public sealed interface SealingResult {
        /** Sealed. */
        record Sealed() implements SealingResult {}

        /** The same epoch was sealed before; nothing changed. */
        record Duplicate() implements SealingResult {}

        /** Not sealed. */
        record Refused(Refusal refusal) implements SealingResult {}
    }
}
