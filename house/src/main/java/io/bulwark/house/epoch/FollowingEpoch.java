package io.bulwark.house.epoch;

import io.bulwark.adapter.Venues;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.epoch.EpochInputs.SnapshotInput;
import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.observation.Observations;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.clearing.round.RoundRecord;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.survey.Meanings;
import io.bulwark.house.survey.SnapshotSet;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.risktable.RiskTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The epoch that follows a record of a round, for whoever has no books: what stands from before is read from what the epoch before
 * sealed. Every node makes it alike.
 *
 * @param sealed where sealed epochs lie
 * @param computation what makes roots of them
 * @param foundation what the house was founded on
 * @param accounts its accounts
 * @param store keeps a document, and gives its SHA-256
 */
public record FollowingEpoch(
        SealedMaterial sealed,
        EpochComputation computation,
        Foundation foundation,
        List<AccountInput> accounts,
        Store store) {
    /** Name of the record of the round among the documents of an epoch that nodes sealed. */
    public static final String ROUND = "round";

    /** Name of the list of nodes that sealed it, among its documents. */
    public static final String NODES = "nodes";

    /** Keeps documents. */
    public interface Store {
        /** Keeps one; gives its SHA-256. */
        Digest keep(byte[] document);
    }

    /**
     * Computes it.
     *
     * @param last the epoch before, as it follows from its own inputs; empty for the first
     * @return the epoch and what it was computed from; everything that it names is kept
     * @throws IllegalStateException if there is nothing to seal, or its table may not be published
     */
    public Made of(NodeList nodes, RoundRecord record, Optional<ComputedEpoch> last) {
        long number = last.map(ComputedEpoch::number).orElse(0L) + 1;
        Meanings meanings = new Meanings(foundation.file());
        SortedMap<VenueAccount, RawSnapshot> chosen =
                new RoundSnapshots(nodes, meanings).of(record, this::snapshot, before(sealed.source(), number));
        if (chosen.isEmpty()) {
            throw new IllegalStateException("epoch " + number + " must rest on an account that " + nodes.threshold()
                    + " nodes observed; none was");
        }
        SnapshotSet snapshots = SnapshotSet.of(List.copyOf(chosen.values()), foundation.file());
        ParameterSet parameters =
                GovernedNumbers.ofAllRooms().named(foundation.file().parameterSet());
        SortedMap<String, Digest> documents = fromBefore(last);
        documents.put(EpochArchive.LISTING, foundation.document());
        documents.put(EpochArchive.PARAMETERS, store.keep(parameters.canonical().encode()));
        foundation.history().ifPresent(history -> documents.put(EpochArchive.HISTORY, history));
        documents.put(
                EpochArchive.MARKET,
                store.keep(MarketReport.canonical(
                                snapshots.market(foundation.file().listing()))
                        .encode()));
        documents.put(NODES, store.keep(nodes.canonical().encode()));
        documents.put(ROUND, store.keep(record.canonical().encode()));
        OptionalLong before =
                last.map(epoch -> OptionalLong.of(epoch.timeMillis())).orElse(OptionalLong.empty());
        EpochInputs inputs = inputs(snapshots.timeMillis(parameters, before), chosen, snapshots, documents);
        EpochMaterial material = new EpochMaterial(
                new EpochMaterial.Place(
                        nodes.house(),
                        number,
                        last.map(l -> l.sealed().digest()).orElse(Digest.ZERO)),
                inputs,
                foundation.file(),
                parameters,
                foundation.history().map(sealed::history),
                sealed.earlier(inputs, number),
                sealed.before(inputs, number),
                Optional.empty(),
                sealed.calls(inputs, number),
                Optional.empty(),
                snapshots);
        material.history().ifPresent(history -> history.requireReaching(day(inputs), parameters));
        ComputedEpoch computed = computation.compute(material);
        computed.requirePublishable();
        keep(computed, inputs);
        return new Made(computed, inputs, List.copyOf(chosen.values()));
    }

    /**
     * An epoch that was computed.
     *
     * @param epoch what follows
     * @param inputs from what
     * @param snapshots that these name
     */
    public record Made(ComputedEpoch epoch, EpochInputs inputs, List<RawSnapshot> snapshots) {
        /** What nodes vote for and sign of it. */
        public Value value(RoundRecord record) {
            return new Value(
                    record.digest(),
                    inputs.canonical().sha256(),
                    EpochStatement.of(epoch.sealed(), epoch.timeMillis()));
        }
    }

    /**
     * What evidence of a round is judged by.
     *
     * @param last gives the epoch before that of the round; empty where it is the first, or is not here
     */
    public Evidence.Recomputation recomputation(NodeList nodes, Supplier<Optional<ComputedEpoch>> last) {
        Meanings meanings = new Meanings(foundation.file());
        return new Evidence.Recomputation() {
            @Override
            public Optional<VenueSnapshot> meaning(RawSnapshot raw) {
                return Observations.isSealed(raw) ? Optional.empty() : meanings.understood(raw);
            }

            @Override
            public Optional<Value> follows(RoundRecord record) {
                try {
                    Optional<ComputedEpoch> before = last.get();
                    boolean here = before.map(ComputedEpoch::number).orElse(0L) + 1
                            == record.turn().epoch();
                    return here ? Optional.of(of(nodes, record, before).value(record)) : Optional.empty();
                } catch (IllegalStateException | IllegalArgumentException | ArithmeticException e) {
                    return Optional.empty();
                }
            }
        };
    }

    /**
     * The same over a place where sealed epochs lie.
     *
     * @param venues the kinds of venue that the founding file may connect
     */
    public static FollowingEpoch over(
            SealedMaterial.Source source,
            EpochComputation computation,
            Venues venues,
            Foundation foundation,
            List<AccountInput> accounts,
            Store store) {
        return new FollowingEpoch(
                new SealedMaterial(source, computation, venues), computation, foundation, accounts, store);
    }

    /**
     * A sealed epoch as it follows from its own inputs.
     *
     * @throws IllegalStateException if it was sealed otherwise
     */
    public ComputedEpoch again(EpochRecord record) {
        ComputedEpoch again = computation.compute(sealed.of(record));
        if (!again.sealed().equals(record.sealed())) {
            throw new IllegalStateException("epoch " + again.number() + " was sealed as "
                    + record.sealed().digest() + " and follows from its inputs as "
                    + again.sealed().digest());
        }
        return again;
    }

    private RawSnapshot snapshot(Digest id) {
        return sealed.source()
                .snapshot(id)
                .orElseThrow(() -> new IllegalStateException("snapshot " + id + " is not there"));
    }

    /** The snapshots of the epoch before; empty for the first. */
    static Map<VenueAccount, RawSnapshot> before(SealedMaterial.Source source, long number) {
        Map<VenueAccount, RawSnapshot> before = new HashMap<>();
        Optional<EpochRecord> last = number == 1 ? Optional.empty() : source.epoch(number - 1);
        last.ifPresent(record -> record.inputs()
                .snapshots()
                .forEach(input -> before.put(
                        input.account(),
                        source.snapshot(input.snapshot())
                                .orElseThrow(() ->
                                        new IllegalStateException("snapshot " + input.snapshot() + " is not there")))));
        return before;
    }

    private EpochInputs inputs(
            long timeMillis,
            SortedMap<VenueAccount, RawSnapshot> chosen,
            SnapshotSet snapshots,
            SortedMap<String, Digest> documents) {
        return new EpochInputs(
                timeMillis,
                chosen.entrySet().stream()
                        .map(entry -> new SnapshotInput(
                                entry.getKey(), entry.getValue().id()))
                        .toList(),
                snapshots.reports().stream().map(PriceReport::id).toList(),
                documents,
                accounts);
    }

    private static int day(EpochInputs inputs) {
        return Math.toIntExact(Duration.ofMillis(inputs.epochTimeMillis()).toDays());
    }

    /** What stands from the epoch before, under the names that its own computation is checked by. */
    private static SortedMap<String, Digest> fromBefore(Optional<ComputedEpoch> last) {
        SortedMap<String, Digest> documents = new TreeMap<>();
        last.ifPresent(before -> {
            RiskTable table = before.table();
            documents.put(EpochArchive.TABLE, table.digest());
            MarketRecord.digest(table).ifPresent(record -> documents.put(EpochArchive.RECORD, record));
            before.buffer()
                    .ifPresent(buffer -> documents.put(
                            EpochArchive.TARIFF,
                            Digest.sha256(buffer.buffer().tariff().encode())));
            if (!before.calls().calls().isEmpty()) {
                documents.put(EpochArchive.CALLS, before.calls().digest());
            }
        });
        return documents;
    }

    private void keep(ComputedEpoch computed, EpochInputs inputs) {
        store.keep(inputs.canonical().encode());
        store.keep(computed.table().encode());
        store.keep(computed.vaultTable().encode());
        store.keep(computed.market().inputs().record().canonical().encode());
        store.keep(computed.calls().canonical().encode());
        computed.buffer()
                .ifPresent(buffer -> store.keep(buffer.buffer().tariff().encode()));
    }
}
