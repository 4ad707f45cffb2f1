package io.bulwark.house;

import io.bulwark.adapter.VenueReader;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.EpochInputs.SnapshotInput;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.event.IntakeWorker;
import io.bulwark.clearing.event.Topics;
import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.AcceptedSnapshot;
import io.bulwark.clearing.ledger.SnapshotIntake;
import io.bulwark.clearing.ledger.SnapshotIntake.Normalisation;
import io.bulwark.clearing.ledger.SupersededSnapshots;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.clearing.oracle.OracleParameters;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.register.EpochRegister.SealingResult;
import io.bulwark.clearing.register.LinkRegister;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.epoch.EpochMaterial;
import io.bulwark.house.epoch.StatementDocument;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.HistoryReader;
import io.bulwark.house.survey.Meanings;
import io.bulwark.house.survey.SnapshotSet;
import io.bulwark.house.survey.VenueMark;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.insurance.vault.Assessment;
import io.bulwark.netting.volatility.PriceHistory;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The margin cycle, read from top to bottom: found the house, survey its venues, take what they said into the books, seal an epoch over
 * it, and assess the fund. Every step may be repeated after a crash; what was done is found done.
 */
public final class MarginCycle {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String FOUNDING_KIND = "founding-file";
    private static final String HISTORY_KIND = "price-history";
    private static final String TABLE_KIND = "risk-table";
    private static final String RECORD_KIND = "market-record";
    private static final String VAULT_KIND = "vault-record";
    private static final String TARIFF_KIND = "buffer-tariff";

    private final House house;

    MarginCycle(House house) {
        this.house = house;
    }

    /**
     * Founds the house of a founding file whose price histories come with the program, or finds it founded: keeps the file and opens its
     * accounts.
     *
     * @throws BadInput naming field, value and rule
     */
    public Foundation found(byte[] json) {
        byte[] listed = listed(json);
        FoundingFile file = FoundingFile.read(listed, house.venues());
        return found(file, listed, HistoryReader.read(file));
    }

    /**
     * The same for a founding file that may name price histories of its own.
     *
     * @param folder where the files that it names lie
     */
    public Foundation found(byte[] json, Path folder) {
        byte[] listed = listed(json);
        FoundingFile file = FoundingFile.read(listed, house.venues());
        return found(file, listed, HistoryReader.read(file, folder));
    }

    /** The file with whatever the quorum admitted to it since. */
    private byte[] listed(byte[] json) {
        Digest given = Digest.sha256(json);
        Digest now = house.archive().admissions().current(given);
        return now.equals(given) ? json : house.documents().require(now);
    }

    private Foundation found(FoundingFile file, byte[] json, Optional<PriceHistory> history) {
        file.requireDeclared(GovernedNumbers.ofAllRooms());
        file.requireMembersOfOthers();
        Digest document = house.documents().store(FOUNDING_KIND, json);
        Optional<Digest> kept = history.map(h -> house.documents().store(HISTORY_KIND, h.canonical()));
        house.founders().document(file);
        house.founders().openAccounts(file);
        Foundation founded = new Foundation(file, document, kept);
        house.lists(founded);
        return founded;
    }

    /** A founded house with whatever its quorum, here or in another process, admitted to its listing since. */
    public Foundation current(Foundation founded) {
        Digest now = house.archive().admissions().current(founded.document());
        if (now.equals(founded.document())) {
            return founded;
        }
        Foundation listed = new Foundation(house.archive().admissions().read(now), now, founded.history());
        house.founders().openAccounts(listed.file());
        house.lists(listed);
        return listed;
    }

    /**
     * Has the quorum admit a proposal to the listing, and opens its accounts; the next epoch lists it.
     *
     * @throws BadInput naming the field of the proposal, or if nothing was sealed yet: found the house with it then
     */
    public FoundingFile admit(byte[] proposal) {
        Digest listed = house.archive()
                .listing()
                .orElseThrow(() -> new BadInput(
                        "house",
                        "no epoch",
                        "must have sealed an epoch; before the first, found it with what is proposed"));
        FoundingFile file = house.archive().admissions().admit(listed, proposal);
        house.founders().openAccounts(file);
        return file;
    }

    /** Begins a round, one trace to whoever collects them: of the steps that this thread takes until it is closed. */
    public Scope begin() {
        return CycleStep.round();
    }

    /** Reads every venue once: its market and each account that is linked to the house and not revoked by its owner. */
    public VenueSurvey survey(List<VenueReader> venues) throws InterruptedException {
        return survey(venues, PATIENCE);
    }

    /**
     * The same with another patience.
     *
     * @param patience when the round ends, whoever has not answered
     */
    public VenueSurvey survey(List<VenueReader> venues, Duration patience) throws InterruptedException {
        List<VenueAccount> linked = house.links().links().stream()
                .filter(link -> link.standing() != LinkRegister.Standing.REVOKED)
                .map(LinkRegister.Link::account)
                .toList();
        return CycleStep.SURVEY.take(() -> VenueSurvey.read(venues, linked, patience));
    }

    /**
     * Whoever a round has nothing new of: those that did not answer, and those whose answer is not believed. Both keep what was
     * accepted last, and it ages.
     */
    public List<VenueMark> marks(VenueSurvey survey, FoundingFile file) {
        return VenueMark.of(survey, file, house.ledger().acceptedAt(Long.MAX_VALUE));
    }

    /**
     * Hands what was read to the broker and takes it into the books, each snapshot once. What was refused while it was read is kept in
     * quarantine, and so is what says that it is of a time to come.
     *
     * @return how many journal entries this made
     */
    public long intake(VenueSurvey survey, FoundingFile file) {
        house.sealer().required();
        return house.alone(() -> CycleStep.INTAKE.take(() -> {
            long before = house.verify().entries();
            survey.unread()
                    .forEach(u ->
                            u.refused().ifPresent(refused -> house.ledger().refuse(refused.raw(), refused.refusal())));
            house.producers().publish(survey.snapshots());
            drain(file);
            return house.verify().entries() - before;
        }));
    }

    private Topics.Brokers brokers() {
        return house.brokers().orElseThrow(() -> new IllegalStateException("a reader takes nothing in"));
    }

    /** Takes whatever is on its way into the books. One at a time: whoever comes second would be fenced. */
    void drain(FoundingFile file) {
        long skew = file.parameterSet().value(OracleParameters.CLOCK_SKEW);
        Meanings meanings = new Meanings(file);
        Function<RawSnapshot, Normalisation> taken = raw -> raw.horizon()
                .ahead(Instant.now(), skew)
                .<Normalisation>map(Normalisation.Malformed::new)
                .orElseGet(() -> meanings.meaning(raw));
        Set<Digest> readers = house.listed().readers();
        SnapshotIntake intake = new SnapshotIntake(house.database(), taken, readers::contains);
        try (IntakeWorker worker = IntakeWorker.of(brokers(), intake)) {
            if (worker.drain(POLL) instanceof IntakeWorker.Round.Fenced) {
                throw new IllegalStateException("another process takes snapshots into these books");
            }
        }
        house.relay();
    }

    /** Sees whether the broker still holds what was taken from it, before anything more is handed to it. */
    void align(Topics.Brokers brokers) {
        IntakeWorker.align(
                brokers,
                new SnapshotIntake(
                        house.database(),
                        raw -> {
                            throw new IllegalStateException("nothing is taken in here; have " + raw.id());
                        },
                        reader -> false));
    }

    /** Seals the next epoch over what is accepted now: tables, margins, roots, signatures, and what the fund must hold. */
    public ComputedEpoch seal(Foundation foundation) {
        return house.alone(() -> CycleStep.SEAL.take(() -> sealed(foundation)));
    }

    private ComputedEpoch sealed(Foundation foundation) {
        long term = house.sealer().required();
        EpochMaterial material = material(foundation);
        material.history()
                .ifPresent(history -> history.requireReaching(
                        Math.toIntExact(Duration.ofMillis(material.inputs().epochTimeMillis())
                                .toDays()),
                        material.parameters()));
        house.epochs().latest().ifPresent(last -> attest(last.sealed(), last.inputs()));
        ComputedEpoch computed = house.computation().compute(material);
        computed.requirePublishable();
        house.documents().store(TABLE_KIND, computed.table().encode());
        house.documents().store(TABLE_KIND, computed.vaultTable().encode());
        house.documents().store(RECORD_KIND, computed.market().inputs().record().canonical());
        house.documents().store(EpochArchive.CALLS_KIND, computed.calls().canonical());
        computed.buffer()
                .ifPresent(buffer -> house.documents()
                        .store(TARIFF_KIND, buffer.buffer().tariff().encode()));
        house.founders().found(house.founders().document(foundation.file()));
        house.listed().listReader();
        SealingResult result = house.epochs()
                .seal(
                        new EpochRecord(computed.sealed(), material.inputs()),
                        computed.accounts().stream().map(StatementDocument::of).toList(),
                        term);
        if (result instanceof SealingResult.Refused refused) {
            throw new IllegalStateException("epoch " + computed.number() + " was not sealed: " + refused.refusal());
        }
        attest(computed.sealed(), material.inputs());
        house.witness().see(List.of(computed.sealed()));
        house.relay();
        Span.current().setAttribute("bulwark.epoch", computed.number());
        return computed;
    }

    /**
     * Reviews the fund after an epoch and calls what members and the house itself must have in it, or says what may go back. The same
     * epoch asks once; nothing is received by it.
     */
    public Assessment assess(ComputedEpoch epoch) {
        house.sealer().required();
        Map<Integer, String> members =
                house.epochs().epoch(epoch.number()).orElseThrow().inputs().members();
        Map<Integer, String> all = new TreeMap<>(members);
        house.accounts().accounts().forEach(a -> all.putIfAbsent(a.number(), a.member()));
        Assessment assessment = house.contributions().fund(all).review(epoch).assessment();
        house.contributions().ask(epoch, assessment);
        house.contributions().cover(epoch.number(), assessment);
        house.relay();
        return assessment;
    }

    private EpochMaterial material(Foundation founded) {
        FoundingFile file = founded.file();
        // Prices that the quorum signed since continue those of the founding.
        Foundation foundation =
                new Foundation(file, founded.document(), house.listed().prices().or(founded::history));
        takeBack(file);
        List<AcceptedSnapshot> accepted = house.ledger().acceptedAt(Long.MAX_VALUE);
        Optional<EpochRecord> last = house.epochs().latest();
        requireAnswered(accepted, last);
        SnapshotSet snapshots = SnapshotSet.of(
                accepted.stream()
                        .map(a -> house.ledger().snapshot(a.id()).orElseThrow())
                        .toList(),
                file);
        ParameterSet parameters = GovernedNumbers.ofAllRooms().named(file.parameterSet());
        long timeMillis = snapshots.timeMillis(
                parameters,
                last.stream().mapToLong(e -> e.inputs().epochTimeMillis()).findFirst());
        long number = last.map(e -> e.sealed().epoch().number()).orElse(0L) + 1;
        SortedMap<String, Digest> documents =
                house.archive().documents(foundation, parameters, snapshots.market(file.listing()));
        house.contributions()
                .record(house.archive().lastVault(), timeMillis)
                .ifPresent(record ->
                        documents.put(EpochArchive.VAULT, house.documents().store(VAULT_KIND, record.canonical())));
        Digest identity = house.founders().document(file).house();
        EpochInputs inputs = new EpochInputs(
                timeMillis,
                accepted.stream()
                        .map(a -> new SnapshotInput(a.account(), a.id()))
                        .toList(),
                snapshots.reports().stream().map(PriceReport::id).toList(),
                documents,
                house.accounts().inputs());
        return new EpochMaterial(
                new EpochMaterial.Place(
                        identity, number, last.map(e -> e.sealed().digest()).orElse(Digest.ZERO)),
                inputs,
                file,
                parameters,
                foundation.history().map(house.archive().material()::history),
                house.archive().material().earlier(inputs, number),
                house.archive().material().before(inputs, number),
                house.archive().material().vault(inputs, number),
                house.archive().material().calls(inputs, number),
                house.archive().material().superseded(inputs, number, identity),
                snapshots);
    }

    /**
     * Has the quorum supersede an accepted snapshot: it stays in the books, an entry takes back what it moved, and the one before it counts
     * from the next epoch on. What is sealed stands.
     *
     * @param wrong the snapshot's id
     * @param reason for people
     * @return how many entries this made; 0 if it was superseded before
     * @throws BadInput if it was never accepted
     */
    public int supersede(FoundingFile file, Digest wrong, String reason) {
        VenueAccount account = house.ledger()
                .accepted(wrong)
                .orElseThrow(() ->
                        new BadInput("snapshot", wrong.hex(), "must be an accepted one: nothing else was believed"));
        house.listed().supersede(new Superseding(account, wrong, reason));
        int made = takeBack(file);
        house.relay();
        return made;
    }

    /** Books what the quorum superseded: also what a process that died in between has left. */
    private int takeBack(FoundingFile file) {
        Optional<SupersededSnapshots> list = house.listed().superseded();
        if (list.isEmpty() && !house.ledger().reversed().isEmpty()) {
            throw new IllegalStateException("table superseded_snapshot: what is taken back must be on a list that the"
                    + " quorum signed; there is none");
        }
        return list.map(said -> house.ledger().supersede(said, new Meanings(file)::normalise))
                .orElse(0);
    }

    /**
     * Nothing is sealed over what no reader of the house answers for, but what the epoch before was sealed over.
     *
     * @throws IllegalStateException naming the first snapshot
     */
    private void requireAnswered(List<AcceptedSnapshot> accepted, Optional<EpochRecord> last) {
        Set<Digest> before = last.stream()
                .flatMap(record -> record.inputs().snapshots().stream())
                .map(SnapshotInput::snapshot)
                .collect(Collectors.toSet());
        List<AcceptedSnapshot> come = accepted.stream()
                .filter(snapshot -> !before.contains(snapshot.id()))
                .toList();
        Set<Digest> readers = house.listed().readers();
        Map<Digest, EpochSignature> answers =
                house.ledger().answers(come.stream().map(AcceptedSnapshot::id).collect(Collectors.toSet()));
        for (AcceptedSnapshot snapshot : come) {
            EpochSignature answer = answers.get(snapshot.id());
            if (answer == null || !readers.contains(answer.signer()) || !answer.answersFor(snapshot.id())) {
                throw new IllegalStateException("snapshot " + snapshot.id() + " of " + snapshot.account()
                        + " must be answered for by a reader of the house; it is not, and no epoch is sealed over it");
            }
        }
    }

    /** Signs with the quorum's keys that are kept here. An epoch whose sealing was cut short before this is signed with the next. */
    private void attest(SealedEpoch sealed, EpochInputs inputs) {
        house.signing()
                .sign(EpochStatement.of(sealed, inputs.epochTimeMillis()))
                .forEach(signature -> house.epochs().attest(sealed, signature));
    }
}
