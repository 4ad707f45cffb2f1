package io.bulwark.api.cycle;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.EpochInputs.SnapshotInput;
import io.bulwark.clearing.event.IntakeWorker;
import io.bulwark.clearing.event.OutboxRelay;
import io.bulwark.clearing.event.SnapshotPublisher;
import io.bulwark.clearing.event.Topic;
import io.bulwark.clearing.event.Topics;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.AcceptedSnapshot;
import io.bulwark.clearing.ledger.AccountRegister;
import io.bulwark.clearing.ledger.Documents;
import io.bulwark.clearing.ledger.EpochRecord;
import io.bulwark.clearing.ledger.EpochRegister;
import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.ledger.LedgerDatabase;
import io.bulwark.clearing.ledger.LedgerException;
import io.bulwark.clearing.ledger.LedgerVerification;
import io.bulwark.clearing.ledger.OutboxTable;
import io.bulwark.clearing.ledger.Refusal;
import io.bulwark.clearing.ledger.SealingResult;
import io.bulwark.clearing.ledger.SnapshotIntake;
import io.bulwark.clearing.ledger.SnapshotIntake.Normalisation;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.ledger.TransferResult;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.insurance.vault.Assessment;
import io.bulwark.insurance.vault.Vault;
import io.bulwark.netting.margin.PublishedMargins;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Violation;
import io.bulwark.prover.binding.ProverLibrary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;

/**
 * An open house: its books, its epochs, its prover, and the one margin cycle that fills them, read from top to bottom in {@link
 * #found}, {@link #survey}, {@link #intake} and {@link #seal}.
 */
public final class House implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String FOUNDING_KIND = "founding-file";
    private static final String PARAMETERS_KIND = "parameters";
    private static final String TABLE_KIND = "risk-table";

    private final Home home;
    private final HouseServers servers;
    private final LedgerDatabase database;
    private final Ledger ledger;
    private final AccountRegister accounts;
    private final EpochRegister epochs;
    private final Documents documents;
    private final EpochArchive archive;
    private final EpochComputation computation;
    private final ProvingDesk desk;
    private final Founders founders;

    private House(Home home, HouseServers servers, LedgerDatabase database) {
        ProverLibrary library = ProverLibrary.load();
        this.home = home;
        this.servers = servers;
        this.database = database;
        this.ledger = new Ledger(database);
        this.accounts = new AccountRegister(database);
        this.epochs = new EpochRegister(database);
        this.documents = new Documents(database);
        this.computation = new EpochComputation(library);
        this.archive = new EpochArchive(ledger, documents, epochs, computation);
        this.desk = new ProvingDesk(library, home, computation, epochs);
        this.founders = new Founders(library, home, accounts);
    }

    /** Opens a house that takes in snapshots: PostgreSQL and the broker start in this process, and the books are verified. */
    public static House open(Home home) {
        return over(home, HouseServers.start(home));
    }

    /** Opens a house for reading only, beside the process that runs it, or alone. */
    public static House forReading(Home home) {
        return over(home, HouseServers.forReading(home));
    }

    private static House over(Home home, HouseServers servers) {
        try {
            LedgerDatabase database = LedgerDatabase.open(servers.database());
            servers.kafka().ifPresent(kafka -> Topics.create(kafka.bootstrapServers(), 1));
            return new House(home, servers, database);
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    // ---- the margin cycle, from top to bottom -------------------------------------------------------------------

    /** Founds the house of a founding file, or finds it founded: keeps the file and opens its accounts. */
    public FoundingFile found(byte[] json) {
        FoundingFile file = FoundingFile.read(json);
        documents.store(FOUNDING_KIND, json);
        founders.openAccounts(file);
        return file;
    }

    /** Reads every venue once: its market and each account that is linked to the house. */
    public VenueSurvey survey(List<VenueAdapter> venues) throws InterruptedException {
        List<VenueAccount> linked = accounts.accounts().stream()
                .flatMap(a -> a.venueAccounts().stream())
                .toList();
        return VenueSurvey.read(venues, linked, PATIENCE);
    }

    /**
     * Hands what was read to the broker and takes it into the books, each snapshot once. What was refused while it was read is kept in
     * quarantine.
     *
     * @return how many journal entries this made
     */
    public long intake(VenueSurvey survey, FoundingFile file) {
        long before = verify().entries();
        String brokers = servers.kafka()
                .orElseThrow(() -> new IllegalStateException("a reader takes nothing in"))
                .bootstrapServers();
        survey.unread().forEach(u -> u.refused().ifPresent(refused -> ledger.refuse(refused.raw(), refused.refusal())));
        try (SnapshotPublisher publisher = SnapshotPublisher.to(brokers)) {
            survey.snapshots().forEach(publisher::publish);
        }
        try (Venues venues = new Venues(file);
                IntakeWorker worker =
                        IntakeWorker.of(brokers, new SnapshotIntake(database, raw -> normalisation(raw, venues)))) {
            if (worker.drain(POLL) instanceof IntakeWorker.Round.Fenced) {
                throw new IllegalStateException("another process takes snapshots into these books");
            }
        }
        relay();
        return verify().entries() - before;
    }

    private static Normalisation normalisation(RawSnapshot raw, Venues venues) {
        try {
            return new Normalisation.Normalised(venues.normalise(raw));
        } catch (PayloadRefused e) {
            return new Normalisation.Malformed(new Refusal(e.field(), e.value(), e.rule()));
        }
    }

    /** Seals the next epoch over what is accepted now: tables, margins, roots, signatures, and what the fund must hold. */
    public ComputedEpoch seal(FoundingFile file, byte[] json) {
        EpochInputs inputs = inputs(file, json);
        Optional<EpochRecord> last = epochs.latest();
        EpochMaterial material = archive.material(
                founders.document(file).house(),
                last.map(e -> e.sealed().epoch().number()).orElse(0L) + 1,
                last.map(e -> e.sealed().digest()).orElse(Digest.ZERO),
                inputs);
        ComputedEpoch computed = computation.compute(material);
        requirePublishable(computed.table());
        documents.store(TABLE_KIND, computed.table().encode());
        documents.store(TABLE_KIND, computed.vaultTable().encode());
        SealingResult result = epochs.seal(
                new EpochRecord(computed.sealed(), inputs),
                computed.accounts().stream().map(StatementDocument::of).toList());
        if (result instanceof SealingResult.Refused refused) {
            throw new IllegalStateException("epoch " + computed.number() + " was not sealed: " + refused.refusal());
        }
        attest(computed);
        relay();
        return computed;
    }

    /** Reviews the fund after an epoch and posts what members pay in or are paid back. The same epoch posts once. */
    public Assessment assess(ComputedEpoch epoch) {
        TreeMap<String, Long> standing = new TreeMap<>();
        accounts.accounts()
                .forEach(a -> standing.put(a.member(), Usd.floor(ledger.balance(Vault.account(a.member())))));
        Assessment assessment = Assessment.of(
                epoch.number(), epoch.cover(), standing.keySet(), new Vault(standing), epoch.parameters());
        for (Transfer transfer : assessment.transfers()) {
            if (ledger.post(transfer) instanceof TransferResult.Rejected rejected) {
                throw new IllegalStateException(transfer.purpose() + ": " + rejected.reason());
            }
        }
        relay();
        return assessment;
    }

    /** A table that fails a publication check is not published, and nothing is sealed over it. */
    private static void requirePublishable(RiskTable table) {
        List<Violation> violations = PublishedMargins.violations(table);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("the risk table must pass every publication check; it fails " + violations);
        }
    }

    private EpochInputs inputs(FoundingFile file, byte[] json) {
        List<AcceptedSnapshot> accepted = ledger.acceptedAt(Long.MAX_VALUE);
        List<RawSnapshot> snapshots = accepted.stream()
                .map(a -> ledger.snapshot(a.id()).orElseThrow())
                .toList();
        ParameterSet parameters = file.parameterSet();
        return new EpochInputs(
                accepted.stream()
                        .mapToLong(AcceptedSnapshot::horizonTimeMillis)
                        .max()
                        .orElse(0),
                accepted.stream()
                        .map(a -> new SnapshotInput(a.account(), a.id()))
                        .toList(),
                EpochComputation.reports(snapshots, file).stream()
                        .map(PriceReport::id)
                        .toList(),
                new TreeMap<>(Map.of(
                        EpochArchive.LISTING, documents.store(FOUNDING_KIND, json),
                        EpochArchive.PARAMETERS, documents.store(PARAMETERS_KIND, parameters.canonical()))),
                accounts.inputs());
    }

    private void attest(ComputedEpoch computed) {
        for (QuorumKey key : founders.quorumKeys()) {
            epochs.attest(computed.sealed(), key.sign(EpochStatement.of(computed.sealed())));
        }
    }

    /** Tells the broker what the outbox holds. */
    private void relay() {
        servers.kafka().ifPresent(kafka -> {
            try (OutboxRelay relay = OutboxRelay.of(kafka.bootstrapServers(), new OutboxTable(database))) {
                relay.drain();
            }
        });
    }

    // ---- what people and programs ask ---------------------------------------------------------------------------

    /**
     * Recomputes the journal's chain and every balance.
     *
     * @throws IllegalStateException if something does not hold: such books are not served from
     */
    public LedgerVerification.Sound verify() {
        return switch (ledger.verify()) {
            case LedgerVerification.Sound sound -> sound;
            case LedgerVerification.Broken(List<String> findings) ->
                throw new IllegalStateException("the ledger does not verify: " + String.join("; ", findings));
        };
    }

    /** The sealed epochs. */
    public EpochArchive archive() {
        return archive;
    }

    /** Where claims are proved. */
    public ProvingDesk desk() {
        return desk;
    }

    /** The books. */
    public Ledger ledger() {
        return ledger;
    }

    /** The register of epochs: statements, signatures, proofs. */
    public EpochRegister epochs() {
        return epochs;
    }

    /** Anything that was stored by its digest. */
    public Optional<byte[]> document(Digest digest) {
        return documents.find(digest);
    }

    /** Where the house lives. */
    public Home home() {
        return home;
    }

    /** Whether the database answers. */
    public boolean databaseAnswers() {
        try {
            epochs.latest();
            return true;
        } catch (LedgerException e) {
            return false;
        }
    }

    /** Whether the broker answers; a reader has none. */
    public boolean brokerAnswers() {
        try {
            servers.kafka().ifPresent(kafka -> Topics.identity(kafka.bootstrapServers(), Topic.SNAPSHOTS));
            return servers.kafka().isPresent();
        } catch (KafkaException e) {
            return false;
        }
    }

    /** The prover, then the database's connections, then the servers. */
    @Override
    public void close() {
        desk.close();
        database.close();
        servers.close();
    }
}
