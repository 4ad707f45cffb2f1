package io.bulwark.house.epoch;

import io.bulwark.adapter.Venues;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.SupersededSnapshots;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.house.founding.Admissions;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.survey.SnapshotSet;
import io.bulwark.insurance.margincall.CallRecord;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultRecord;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.EarlierTariff;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.volatility.PriceHistory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All that the computation of an epoch may see, read from wherever sealed epochs lie and checked against the epoch before. */
public final class SealedMaterial {
    private final Source source;
    private final EpochComputation computation;
    private final Venues venues;

    /** Where sealed epochs lie, with everything that they name: the books of a house, or a bundle of files. */
    public interface Source {
        /** The sealed epoch of a number; empty if it is not there. */
        Optional<EpochRecord> epoch(long number);

        /** The bytes of a SHA-256; empty if they are not there. */
        Optional<byte[]> document(Digest digest);

        /** The snapshot of an id; empty if it is not there. */
        Optional<RawSnapshot> snapshot(Digest id);

        /**
         * Checks that a sealed document is one that the quorum of the house signed.
         *
         * @param subject keys or superseded snapshots
         * @throws IllegalStateException if it is not
         */
        void requireSigned(Subject subject, Digest document);
    }

    SealedMaterial(Source source, EpochComputation computation, Venues venues) {
        this.source = source;
        this.computation = computation;
        this.venues = venues;
    }

    /**
     * The material of a sealed epoch, read from what its inputs name.
     *
     * @throws IllegalStateException naming what is missing, or does not follow from the epoch before
     */
    public EpochMaterial of(EpochRecord record) {
        Epoch epoch = record.sealed().epoch();
        EpochInputs inputs = record.inputs();
        List<RawSnapshot> snapshots =
                inputs.snapshots().stream().map(this::snapshot).toList();
        FoundingFile founding = founding(inputs);
        Optional.ofNullable(inputs.documents().get(EpochArchive.KEYS))
                .ifPresent(keys -> source.requireSigned(Subject.KEYS, keys));
        requireAdmitted(epoch, inputs);
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
                superseded(inputs, epoch.number(), epoch.house()),
                SnapshotSet.of(snapshots, founding));
    }

    /** What is listed follows from what the quorum admitted last, once it admitted anything; that it signed it, who seals has seen. */
    private void requireAdmitted(Epoch epoch, EpochInputs inputs) {
        Optional<Digest> named = Optional.ofNullable(inputs.documents().get(EpochArchive.ADMISSION));
        Digest listing = named(inputs, EpochArchive.LISTING);
        if (named.isPresent()) {
            Admissions.Admitted admitted = Admissions.Admitted.of(require(named.get()));
            if (!admitted.house().equals(epoch.house()) || !admitted.after().equals(listing)) {
                throw new IllegalStateException("the listing of epoch " + epoch.number() + " must be the one that the"
                        + " quorum of its house admitted last, " + admitted.after() + "; have " + listing);
            }
        } else if (epoch.number() > 1
                && source.epoch(epoch.number() - 1)
                        .filter(before -> before.inputs().documents().containsKey(EpochArchive.ADMISSION))
                        .isPresent()) {
            throw new IllegalStateException(
                    "epoch " + epoch.number() + " must name what was admitted to its listing: the epoch before does");
        }
    }

    private RawSnapshot snapshot(EpochInputs.SnapshotInput input) {
        RawSnapshot snapshot = source.snapshot(input.snapshot())
                .orElseThrow(() -> new IllegalStateException("snapshot " + input.snapshot() + " is not there"));
        if (!snapshot.account().equals(input.account())) {
            throw new IllegalStateException("snapshot " + input.snapshot() + " must be of " + input.account()
                    + "; it is of " + snapshot.account());
        }
        return snapshot;
    }

    private ParameterSet parameters(Epoch epoch, EpochInputs inputs) {
        ParameterSet named = ParameterSet.of(CanonicalReader.read(require(named(inputs, EpochArchive.PARAMETERS))));
        return SealedParameters.of(named, source.document(epoch.tableSha256()).map(RiskTable::decode));
    }

    /** Where it is read from. */
    public Source source() {
        return source;
    }

    /** The founding file that inputs name. */
    FoundingFile founding(EpochInputs inputs) {
        return FoundingFile.read(require(named(inputs, EpochArchive.LISTING)), venues);
    }

    private Optional<PriceHistory> history(EpochInputs inputs) {
        return Optional.ofNullable(inputs.documents().get(EpochArchive.HISTORY)).map(this::history);
    }

    /**
     * The tariff that the epoch before published, which the inputs of an epoch name; empty where it published none.
     *
     * @throws IllegalStateException if the inputs name another, or none where there is one
     */
    public Optional<EarlierTariff> earlier(EpochInputs inputs, long number) {
        Optional<EpochRecord> before = number == 1 ? Optional.empty() : source.epoch(number - 1);
        Optional<BufferTariff> tariff = Optional.ofNullable(inputs.documents().get(EpochArchive.TARIFF))
                .map(digest -> BufferTariff.of(CanonicalReader.read(require(digest))));
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
                number == 1 ? Optional.empty() : source.epoch(number - 1).map(this::table);
        Optional<Digest> record = sealed.flatMap(MarketRecord::digest);
        boolean observes = inputs.documents().containsKey(EpochArchive.MARKET);
        require(inputs, EpochArchive.TABLE, number, observes ? sealed.map(RiskTable::digest) : Optional.empty());
        require(inputs, EpochArchive.RECORD, number, record);
        return observes
                ? sealed.map(table -> new EpochMaterial.Before(
                        table,
                        record.map(digest -> MarketRecord.of(CanonicalReader.read(require(digest))))
                                .orElse(MarketRecord.NONE)))
                : Optional.empty();
    }

    /** The record of the fund that inputs name, whatever it follows from. */
    Optional<VaultRecord> vaultNamed(EpochInputs inputs) {
        return Optional.ofNullable(inputs.documents().get(EpochArchive.VAULT))
                .map(digest -> VaultRecord.of(CanonicalReader.read(require(digest))));
    }

    /**
     * The record of the fund that the inputs of an epoch name: what follows from the record of the epoch before and the acts since.
     *
     * @throws IllegalStateException if the named one does not follow, leaves an act of the record before out, or is left out itself
     */
    public Optional<VaultRecord> vault(EpochInputs inputs, long number) {
        Optional<VaultRecord> before =
                number == 1 ? Optional.empty() : source.epoch(number - 1).flatMap(last -> vaultNamed(last.inputs()));
        Optional<VaultRecord> named = vaultNamed(inputs);
        if (named.isEmpty()) {
            if (before.isPresent()) {
                throw new IllegalStateException(
                        "the inputs of epoch " + number + " must name a record of the fund: the epoch before has one");
            }
            return named;
        }
        List<VaultAct> acts = named.get().acts().stream()
                .map(act -> VaultAct.of(CanonicalReader.read(require(act))))
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
        Optional<CallRecord> named = Optional.ofNullable(inputs.documents().get(EpochArchive.CALLS))
                .map(digest -> CallRecord.of(CanonicalReader.read(require(digest))));
        named.filter(record -> record.epoch() != number - 1).ifPresent(record -> {
            throw new IllegalStateException("the margin calls that epoch " + number
                    + " starts from must be those of the epoch before; have those of " + record.epoch());
        });
        return named;
    }

    /**
     * What the quorum superseded until an epoch was sealed; empty while it was nothing.
     *
     * @throws IllegalStateException if a list was not signed, is another house's, does not follow the one of the epoch before, says another
     *     account of a snapshot than its bytes, or the inputs name a snapshot that is on it
     */
    public Optional<SupersededSnapshots> superseded(EpochInputs inputs, long number, Digest house) {
        Optional<SupersededSnapshots> before =
                number == 1 ? Optional.empty() : source.epoch(number - 1).flatMap(last -> superseded(last.inputs()));
        Optional<SupersededSnapshots> named = superseded(inputs);
        before.filter(last -> named.filter(list -> list.follows(last)).isEmpty())
                .ifPresent(last -> {
                    throw new IllegalStateException("the superseded snapshots of epoch " + number
                            + " must follow those of the epoch before, " + last.digest());
                });
        named.ifPresent(list -> {
            source.requireSigned(Subject.SUPERSEDED, list.digest());
            requireSuperseded(list, inputs, number, house);
        });
        return named;
    }

    private Optional<SupersededSnapshots> superseded(EpochInputs inputs) {
        return Optional.ofNullable(inputs.documents().get(EpochArchive.SUPERSEDED))
                .map(digest -> SupersededSnapshots.of(CanonicalReader.read(require(digest))));
    }

    private void requireSuperseded(SupersededSnapshots list, EpochInputs inputs, long number, Digest house) {
        if (!list.house().equals(house)) {
            throw new IllegalStateException("the superseded snapshots of epoch " + number + " must be of house " + house
                    + "; have those of " + list.house());
        }
        list.all().forEach(one -> snapshot(new EpochInputs.SnapshotInput(one.account(), one.snapshot())));
        inputs.snapshots().stream()
                .map(EpochInputs.SnapshotInput::snapshot)
                .filter(list::contains)
                .findFirst()
                .ifPresent(wrong -> {
                    throw new IllegalStateException(
                            "epoch " + number + " must not rest on snapshot " + wrong + ", which is superseded");
                });
    }

    private static void require(EpochInputs inputs, String name, long number, Optional<Digest> sealed) {
        Optional<Digest> named = Optional.ofNullable(inputs.documents().get(name));
        if (!named.equals(sealed)) {
            throw new IllegalStateException("the " + name + " that epoch " + number
                    + " starts from must be the one that the epoch before sealed: " + sealed + "; have " + named);
        }
    }

    /** The risk table that an epoch sealed. */
    RiskTable table(EpochRecord record) {
        return RiskTable.decode(require(record.sealed().epoch().tableSha256()));
    }

    /** The price history of a digest. */
    public PriceHistory history(Digest digest) {
        return PriceHistory.of(CanonicalReader.read(require(digest)));
    }

    private static Digest named(EpochInputs inputs, String name) {
        return Optional.ofNullable(inputs.documents().get(name))
                .orElseThrow(() -> new IllegalStateException("the sealed inputs name no document " + name));
    }

    private byte[] require(Digest digest) {
        return source.document(digest)
                .orElseThrow(() -> new IllegalStateException("document " + digest + " is not there"));
    }
}
