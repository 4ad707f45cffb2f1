package io.bulwark.house.epoch;

import io.bulwark.adapter.Venues;
import io.bulwark.clearing.attestation.KeyList;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.house.epoch.Monitoring.MonitoredAccount;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.QuorumLists;
import io.bulwark.house.survey.SnapshotSet;
import io.bulwark.insurance.margincall.CallRecord;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultRecord;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.EarlierTariff;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.margin.ShortfallMonitor;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.volatility.PriceHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Sealed epochs, read from the books and recomputed from their inputs. Nothing is shown of an epoch that was not found again. */
public final class EpochArchive {
    /** Name of the founding file among an epoch's documents. */
    private static final String LISTING = "listing";

    /** Name of the parameter set among an epoch's documents. */
    public static final String PARAMETERS = "parameters";

    /** Name of the price history among an epoch's documents. */
    public static final String HISTORY = "history";

    /** What decides what a history says of a day: groups and sealed forecasts, governed numbers, prices. */
    static final Set<String> CALIBRATING = Set.of(LISTING, PARAMETERS, HISTORY);

    /** Name of the newest list of verifying keys at the time of sealing, among an epoch's documents; absent before the first list. */
    public static final String KEYS = "keys";

    /** Name of the tariff that the epoch before published, among an epoch's documents. */
    private static final String TARIFF = "tariff";

    /** Name of the epoch's market reports among its documents; absent in epochs that were sealed before houses observed their market. */
    static final String MARKET = "market";

    /** Name of the risk table of the epoch before, among an epoch's documents. */
    private static final String TABLE = "table";

    /** Name of what the epochs before observed, among an epoch's documents; absent where that table rests on no record. */
    private static final String RECORD = "record";

    /** Name of the record of the fund among an epoch's documents; absent while nothing was ever asked of anybody. */
    public static final String VAULT = "vault";

    /** Name of the margin calls of the epoch before, among an epoch's documents; absent where there were none. */
    static final String CALLS = "calls";

    /** Kind of the documents that are records of margin calls. */
    public static final String CALLS_KIND = "call-record";

    private static final String PARAMETERS_KIND = "parameters";
    private static final String MARKET_KIND = "market-reports";

    private final Ledger ledger;
    private final Documents documents;
    private final EpochRegister epochs;
    private final EpochComputation computation;
    private final QuorumLists listed;
    private final Venues venues;
    private final BookSeals seals;
    private final Map<Long, ComputedEpoch> recomputed = new ConcurrentHashMap<>();

    /** What replays have made of the documents themselves; nothing that sealed or showed an epoch is in it. */
    private final LastCalibration replayed = new LastCalibration();

    public EpochArchive(
            Ledger ledger,
            Documents documents,
            EpochRegister epochs,
            EpochComputation computation,
            QuorumLists listed,
            Venues venues) {
        this.ledger = ledger;
        this.documents = documents;
        this.epochs = epochs;
        this.computation = computation;
        this.listed = listed;
        this.venues = venues;
        this.seals = new BookSeals(ledger, documents, epochs, listed, this::founding);
    }

    /**
     * What the books say otherwise than any epoch sealed of them, and what does not hold of the journal: a line each, for people; empty if
     * nothing was changed.
     */
    public List<String> changes() {
        return seals.findings();
    }

    /** Which tables hold something else than epochs sealed of them; empty if none does. */
    public List<String> changedRows() {
        return seals.changedRows();
    }

    /** The last sealed epoch, recomputed. */
    public Optional<ComputedEpoch> latest() {
        return epochs.latest().map(this::found);
    }

    /** The epoch of a number, recomputed. */
    public Optional<ComputedEpoch> epoch(long number) {
        return Optional.ofNullable(recomputed.get(number))
                .or(() -> epochs.epoch(number).map(this::found));
    }

    /** The number of the last sealed epoch; 0 before the first. */
    public long last() {
        return epochs.latest().map(e -> e.sealed().epoch().number()).orElse(0L);
    }

    /** Epochs as they were sealed, the newest first. */
    public List<EpochRecord> sealed(long newest, int limit) {
        List<EpochRecord> found = new ArrayList<>();
        for (long number = Math.min(newest, last()); number >= 1 && found.size() < limit; number--) {
            found.add(epochs.epoch(number).orElseThrow());
        }
        return found;
    }

    /** The sealed epoch with a digest. */
    public Optional<SealedEpoch> digested(Digest digest) {
        return sealed(Long.MAX_VALUE, Integer.MAX_VALUE).stream()
                .map(EpochRecord::sealed)
                .filter(epoch -> epoch.digest().equals(digest))
                .findFirst();
    }

    /** Recomputes an epoch from the books alone and compares it with what was sealed. */
    public Optional<Replay> replay(long number) {
        return epochs.epoch(number).map(record -> {
            ComputedEpoch again = computation.compute(material(record), replayed);
            return Replay.of(record, epochs.statements(number), again, epoch(number - 1), seals.findings(record));
        });
    }

    /**
     * Value at risk and expected shortfall of every account of an epoch that has a margin; empty if the epoch is not sealed.
     *
     * @throws BadInput if it was sealed without a price history
     */
    public Optional<List<MonitoredAccount>> monitor(long number, Monitoring monitoring) {
        return epochs.epoch(number).map(record -> {
            RiskTable table = computation.monitorTable(material(record), monitoring.rows(), monitoring.horizonDays());
            return found(record).accounts().stream()
                    .filter(line -> line.margin().stated().isPresent())
                    .map(line ->
                            new MonitoredAccount(line, ShortfallMonitor.of(table, line.lots(), monitoring.level())))
                    .toList();
        });
    }

    /** The ceremonies whose keys the house proves with, by the founding file of the last sealed epoch. */
    public List<Digest> transcripts() {
        return founding().map(FoundingFile::transcripts).orElse(List.of());
    }

    private ComputedEpoch found(EpochRecord record) {
        return recomputed.computeIfAbsent(record.sealed().epoch().number(), number -> {
            ComputedEpoch again = computation.compute(material(record));
            if (!again.sealed().equals(record.sealed())) {
                throw new IllegalStateException("epoch " + number + " was sealed as "
                        + record.sealed().digest() + " and follows from its inputs as "
                        + again.sealed().digest());
            }
            return again;
        });
    }

    /** The material of a sealed epoch, read from what its inputs name. */
    EpochMaterial material(EpochRecord record) {
        Epoch epoch = record.sealed().epoch();
        EpochInputs inputs = record.inputs();
        List<RawSnapshot> snapshots = inputs.snapshots().stream()
                .map(s -> ledger.snapshot(s.snapshot())
                        .orElseThrow(
                                () -> new IllegalStateException("snapshot " + s.snapshot() + " is not in the books")))
                .toList();
        FoundingFile founding = founding(inputs);
        Optional.ofNullable(inputs.documents().get(KEYS)).ifPresent(listed::requireSigned);
        return new EpochMaterial(
                new EpochMaterial.Place(epoch.house(), epoch.number(), epoch.previous()),
                inputs,
                founding,
                parameters(epoch, inputs),
                history(inputs),
                earlier(inputs, epoch.number()),
                before(inputs, epoch.number()),
                vault(inputs, epoch.number()),
                calls(inputs, epoch.number()),
                SnapshotSet.of(snapshots, founding));
    }

    private ParameterSet parameters(Epoch epoch, EpochInputs inputs) {
        ParameterSet named = ParameterSet.of(CanonicalReader.read(documents.require(named(inputs, PARAMETERS))));
        return SealedParameters.of(named, documents.find(epoch.tableSha256()).map(RiskTable::decode));
    }

    /**
     * The documents that an epoch names which is sealed now, by name: what the house was founded on, its governed numbers, and what
     * stands from before. The governed numbers and the market reports are stored with this.
     */
    public SortedMap<String, Digest> documents(
            Foundation foundation, ParameterSet parameters, List<MarketReport> market) {
        SortedMap<String, Digest> named = new TreeMap<>();
        named.put(LISTING, foundation.document());
        named.put(PARAMETERS, documents.store(PARAMETERS_KIND, parameters.canonical()));
        foundation.history().ifPresent(history -> named.put(HISTORY, history));
        keyList().ifPresent(keys -> named.put(KEYS, keys));
        tariff().ifPresent(tariff -> named.put(TARIFF, tariff));
        named.put(MARKET, documents.store(MARKET_KIND, MarketReport.canonical(market)));
        epochs.latest().map(this::table).ifPresent(table -> {
            named.put(TABLE, table.digest());
            MarketRecord.digest(table).ifPresent(record -> named.put(RECORD, record));
        });
        named.put(
                BookSeals.BOOKS,
                documents.store(BookSeals.BOOKS_KIND, seals.next().canonical()));
        latest().map(ComputedEpoch::calls)
                .filter(calls -> !calls.calls().isEmpty())
                .ifPresent(calls -> named.put(CALLS, documents.store(CALLS_KIND, calls.canonical())));
        return named;
    }

    /** The founding file of the last sealed epoch; empty before the first. */
    public Optional<FoundingFile> founding() {
        return epochs.latest().map(record -> founding(record.inputs()));
    }

    private FoundingFile founding(EpochInputs inputs) {
        return FoundingFile.read(documents.require(named(inputs, LISTING)), venues);
    }

    private Optional<PriceHistory> history(EpochInputs inputs) {
        return Optional.ofNullable(inputs.documents().get(HISTORY)).map(this::history);
    }

    /** Digest of the newest list of keys; empty before the first. */
    private Optional<Digest> keyList() {
        return listed.newest().map(KeyList::digest);
    }

    /** The tariff that the last sealed epoch published; empty where it published none. */
    private Optional<Digest> tariff() {
        return epochs.latest()
                .filter(record -> !record.sealed().epoch().buffer().equals(Digest.ZERO))
                .flatMap(record -> found(record).buffer())
                .map(buffer -> Digest.sha256(buffer.buffer().tariff().encode()));
    }

    /**
     * The tariff that the epoch before published, which the inputs of an epoch name; empty where it published none.
     *
     * @throws IllegalStateException if the inputs name another, or none where there is one
     */
    public Optional<EarlierTariff> earlier(EpochInputs inputs, long number) {
        Optional<EpochRecord> before = number == 1 ? Optional.empty() : epochs.epoch(number - 1);
        Optional<BufferTariff> tariff = Optional.ofNullable(inputs.documents().get(TARIFF))
                .map(digest -> BufferTariff.of(CanonicalReader.read(documents.require(digest))));
        Digest sealed = before.map(e -> e.sealed().epoch().buffer()).orElse(Digest.ZERO);
        Digest named = tariff.map(t -> computation.bufferDigest(table(before.orElseThrow()), t))
                .orElse(Digest.ZERO);
        if (!named.equals(sealed)) {
            throw new IllegalStateException("the tariff that epoch " + number
                    + " starts from must be the one that the epoch before sealed as " + sealed + "; have " + named);
        }
        return tariff.map(t -> new EarlierTariff(
                t,
                Duration.ofMillis(Math.max(
                        0,
                        inputs.epochTimeMillis() - before.orElseThrow().inputs().epochTimeMillis()))));
    }

    /**
     * What the epoch before published of its market, which the inputs of an epoch name; empty in the first, and in epochs that were sealed
     * before houses observed their market.
     *
     * @throws IllegalStateException if the inputs name another table or record than the epoch before sealed, or leave one out
     */
    public Optional<EpochMaterial.Before> before(EpochInputs inputs, long number) {
        Optional<RiskTable> sealed =
                number == 1 ? Optional.empty() : epochs.epoch(number - 1).map(this::table);
        Optional<Digest> record = sealed.flatMap(MarketRecord::digest);
        boolean observes = inputs.documents().containsKey(MARKET);
        require(inputs, TABLE, number, observes ? sealed.map(RiskTable::digest) : Optional.empty());
        require(inputs, RECORD, number, record);
        return observes
                ? sealed.map(table -> new EpochMaterial.Before(
                        table,
                        record.map(digest -> MarketRecord.of(CanonicalReader.read(documents.require(digest))))
                                .orElse(MarketRecord.NONE)))
                : Optional.empty();
    }

    /** The record of the fund of the last sealed epoch; empty where it has none. */
    public Optional<VaultRecord> lastVault() {
        return epochs.latest().flatMap(last -> named(last.inputs()));
    }

    private Optional<VaultRecord> named(EpochInputs inputs) {
        return Optional.ofNullable(inputs.documents().get(VAULT))
                .map(digest -> VaultRecord.of(CanonicalReader.read(documents.require(digest))));
    }

    /**
     * The record of the fund that the inputs of an epoch name: what follows from the record of the epoch before and the acts since.
     *
     * @throws IllegalStateException if the named one does not follow, leaves an act of the record before out, or is left out itself
     */
    public Optional<VaultRecord> vault(EpochInputs inputs, long number) {
        Optional<VaultRecord> before =
                number == 1 ? Optional.empty() : epochs.epoch(number - 1).flatMap(last -> named(last.inputs()));
        Optional<VaultRecord> named = named(inputs);
        if (named.isEmpty()) {
            if (before.isPresent()) {
                throw new IllegalStateException(
                        "the inputs of epoch " + number + " must name a record of the fund: the epoch before has one");
            }
            return named;
        }
        List<VaultAct> acts = named.get().acts().stream()
                .map(act -> VaultAct.of(CanonicalReader.read(documents.require(act))))
                .toList();
        VaultRecord again = VaultRecord.next(before, acts);
        boolean dated = acts.stream().allMatch(act -> act.at().toEpochMilli() <= inputs.epochTimeMillis());
        if (!again.equals(named.get()) || !dated) {
            throw new IllegalStateException("the record of the fund of epoch " + number
                    + " must follow from the one before and its acts, none dated after the epoch: "
                    + again.digest() + "; have " + named.get().digest());
        }
        return named;
    }

    /**
     * The margin calls of the epoch before, which the inputs of an epoch name; empty where there were none. That they follow from that
     * epoch is for a replay to find: it takes its margins.
     *
     * @throws IllegalStateException if what they name is of another epoch
     */
    public Optional<CallRecord> calls(EpochInputs inputs, long number) {
        Optional<CallRecord> named = Optional.ofNullable(inputs.documents().get(CALLS))
                .map(digest -> CallRecord.of(CanonicalReader.read(documents.require(digest))));
        named.filter(record -> record.epoch() != number - 1).ifPresent(record -> {
            throw new IllegalStateException("the margin calls that epoch " + number
                    + " starts from must be those of the epoch before; have those of " + record.epoch());
        });
        return named;
    }

    private static void require(EpochInputs inputs, String name, long number, Optional<Digest> sealed) {
        Optional<Digest> named = Optional.ofNullable(inputs.documents().get(name));
        if (!named.equals(sealed)) {
            throw new IllegalStateException("the " + name + " that epoch " + number
                    + " starts from must be the one that the epoch before sealed: " + sealed + "; have " + named);
        }
    }

    /** The risk table that an epoch sealed. */
    private RiskTable table(EpochRecord record) {
        return RiskTable.decode(documents.require(record.sealed().epoch().tableSha256()));
    }

    /** The price history of a digest. */
    public PriceHistory history(Digest digest) {
        return PriceHistory.of(CanonicalReader.read(documents.require(digest)));
    }

    private static Digest named(EpochInputs inputs, String name) {
        return Optional.ofNullable(inputs.documents().get(name))
                .orElseThrow(() -> new IllegalStateException("the sealed inputs name no document " + name));
    }
}
