package io.bulwark.house.epoch;

import io.bulwark.adapter.Venues;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.attestation.KeyList;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.house.epoch.Monitoring.MonitoredAccount;
import io.bulwark.house.founding.Admissions;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.QuorumLists;
import io.bulwark.insurance.vault.VaultRecord;
import io.bulwark.netting.calibration.Calibration;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.margin.ShortfallMonitor;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sealed epochs, read from the books and recomputed from their inputs. Nothing is shown of an epoch that was not found again. */
public final class EpochArchive {
    /** Name of the founding file among an epoch's documents. */
    static final String LISTING = "listing";

    /** Name of the parameter set among an epoch's documents. */
    public static final String PARAMETERS = "parameters";

    /** Name of the price history among an epoch's documents. */
    public static final String HISTORY = "history";

    /** What decides what a history says of a day: groups and sealed forecasts, governed numbers, prices. */
    static final Set<String> CALIBRATING = Set.of(LISTING, PARAMETERS, HISTORY);

    /** Name of the newest list of verifying keys at the time of sealing, among an epoch's documents; absent before the first list. */
    public static final String KEYS = "keys";

    /** Name of what the quorum admitted last to the listing, among an epoch's documents; absent before the first admission. */
    static final String ADMISSION = "admission";

    /** Name of the tariff that the epoch before published, among an epoch's documents. */
    static final String TARIFF = "tariff";

    /** Name of the epoch's market reports among its documents; absent in epochs that were sealed before houses observed their market. */
    static final String MARKET = "market";

    /** Name of the risk table of the epoch before, among an epoch's documents. */
    static final String TABLE = "table";

    /** Name of what the epochs before observed, among an epoch's documents; absent where that table rests on no record. */
    static final String RECORD = "record";

    /** Name of the record of the fund among an epoch's documents; absent while nothing was ever asked of anybody. */
    public static final String VAULT = "vault";

    /** Name of the margin calls of the epoch before, among an epoch's documents; absent where there were none. */
    static final String CALLS = "calls";

    /** Name of the list of superseded snapshots among an epoch's documents; absent while nothing was ever superseded. */
    static final String SUPERSEDED = "superseded";

    /** Kind of the documents that are records of margin calls. */
    public static final String CALLS_KIND = "call-record";

    /** How many epochs are kept as they were recomputed. */
    private static final int RECOMPUTED_MAX = 8;

    private static final String PARAMETERS_KIND = "parameters";
    private static final String MARKET_KIND = "market-reports";

    private final Documents documents;
    private final EpochRegister epochs;
    private final EpochComputation computation;
    private final QuorumLists listed;
    private final Admissions admissions;
    private final SealedMaterial material;
    private final BookSeals seals;
    private final Map<Long, ComputedEpoch> recomputed = new ConcurrentHashMap<>();
    private final Queue<Long> order = new ConcurrentLinkedQueue<>();

    /** What replays have made of the documents themselves; nothing that sealed or showed an epoch is in it. */
    private final LastCalibration replayed = new LastCalibration();

    public EpochArchive(
            Ledger ledger,
            Documents documents,
            EpochRegister epochs,
            EpochComputation computation,
            QuorumLists listed,
            Venues venues) {
        this.documents = documents;
        this.epochs = epochs;
        this.computation = computation;
        this.listed = listed;
        this.admissions = new Admissions(listed, documents, venues);
        this.material = new SealedMaterial(new InBooks(ledger, documents, epochs, listed), computation, venues);
        this.seals = new BookSeals(ledger, documents, epochs, listed, material::founding);
    }

    /** Sealed epochs and what they name, as the database keeps them. */
    private record InBooks(Ledger ledger, Documents documents, EpochRegister epochs, QuorumLists listed)
            implements SealedMaterial.Source {
        @Override
        public Optional<EpochRecord> epoch(long number) {
            return epochs.epoch(number);
        }

        @Override
        public Optional<byte[]> document(Digest digest) {
            return documents.find(digest);
        }

        @Override
        public Optional<RawSnapshot> snapshot(Digest id) {
            return ledger.snapshot(id);
        }

        @Override
        public void requireSigned(Subject subject, Digest document) {
            if (subject == Subject.SUPERSEDED) {
                listed.requireSuperseded(document);
            } else {
                listed.requireSigned(document);
            }
        }
    }

    /**
     * What the books say otherwise than any epoch sealed of them, and what does not hold of the journal: a line each, for people; empty if
     * nothing was changed.
     */
    public List<String> changes() {
        return seals.findings();
    }

    /** How many rows came to each table since the last epoch was sealed, its own rows among them: the next one seals them. */
    public SortedMap<String, Integer> sinceSealed() {
        return seals.next().counts();
    }

    /** Which tables hold something else than epochs sealed of them; empty if none does. */
    public List<String> changedRows() {
        return seals.changedRows();
    }

    /** The last sealed epoch, recomputed. */
    public Optional<ComputedEpoch> latest() {
        return epoch(last());
    }

    /** The same for readers, who ask often: what another process sealed is seen within ten milliseconds. */
    public Optional<ComputedEpoch> newest() {
        return epoch(epochs.newest());
    }

    /** The epoch of a number, recomputed. */
    public Optional<ComputedEpoch> epoch(long number) {
        return Optional.ofNullable(recomputed.get(number))
                .or(() -> epochs.epoch(number).map(this::found));
    }

    /** The number of the last sealed epoch; 0 before the first. */
    public long last() {
        return epochs.last();
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
            ComputedEpoch again = computation.compute(material.of(record), replayed);
            return Replay.of(record, again, epoch(number - 1), seals.findings(record))
                    .with(epochs.statements(number), again);
        });
    }

    /**
     * Value at risk and expected shortfall of every account of an epoch that has a margin; empty if the epoch is not sealed.
     *
     * @throws BadInput if it was sealed without a price history
     */
    public Optional<List<MonitoredAccount>> monitor(long number, Monitoring monitoring) {
        return epochs.epoch(number).map(record -> {
            RiskTable table =
                    computation.monitorTable(material.of(record), monitoring.rows(), monitoring.horizonDays());
            return found(record).accounts().stream()
                    .filter(line -> line.margin().stated().isPresent())
                    .map(line ->
                            new MonitoredAccount(line, ShortfallMonitor.of(table, line.lots(), monitoring.level())))
                    .toList();
        });
    }

    /** What the sealed price history of an epoch says on its day; empty if the epoch is not sealed or was sealed without one. */
    public Optional<Calibration> calibration(long number) {
        return epochs.epoch(number).flatMap(record -> EpochComputation.calibration(material.of(record)));
    }

    /** The ceremonies whose keys the house proves with, by the founding file of the last sealed epoch. */
    public List<Digest> transcripts() {
        return founding().map(FoundingFile::transcripts).orElse(List.of());
    }

    private ComputedEpoch found(EpochRecord record) {
        ComputedEpoch found = recomputed.computeIfAbsent(record.sealed().epoch().number(), number -> {
            ComputedEpoch again = computation.compute(material.of(record));
            if (!again.sealed().equals(record.sealed())) {
                throw new IllegalStateException("epoch " + number + " was sealed as "
                        + record.sealed().digest() + " and follows from its inputs as "
                        + again.sealed().digest());
            }
            order.add(number);
            return again;
        });
        // A house that seals every minute has no room for all of them.
        while (order.size() > RECOMPUTED_MAX) {
            Optional.ofNullable(order.poll()).ifPresent(recomputed::remove);
        }
        return found;
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
        admissions.newest().ifPresent(admission -> named.put(ADMISSION, admission));
        foundation.history().ifPresent(history -> named.put(HISTORY, history));
        keyList().ifPresent(keys -> named.put(KEYS, keys));
        listed.superseded().ifPresent(list -> named.put(SUPERSEDED, list.digest()));
        tariff().ifPresent(tariff -> named.put(TARIFF, tariff));
        named.put(MARKET, documents.store(MARKET_KIND, MarketReport.canonical(market)));
        epochs.latest().map(material::table).ifPresent(table -> {
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

    /** What the quorum admits to the listing. */
    public Admissions admissions() {
        return admissions;
    }

    /** SHA-256 of the founding file of the last sealed epoch; empty before the first. */
    public Optional<Digest> listing() {
        return epochs.latest().map(record -> record.inputs().documents().get(LISTING));
    }

    /** The founding file of the last sealed epoch; empty before the first. */
    public Optional<FoundingFile> founding() {
        return epochs.latest().map(record -> material.founding(record.inputs()));
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

    /** The record of the fund of the last sealed epoch; empty where it has none. */
    public Optional<VaultRecord> lastVault() {
        return epochs.latest().flatMap(last -> material.vaultNamed(last.inputs()));
    }

    /** The material of sealed epochs, and of the one that is sealed next, as the books hold it. */
    public SealedMaterial material() {
        return material;
    }
}
