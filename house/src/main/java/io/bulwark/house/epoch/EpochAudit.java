package io.bulwark.house.epoch;

import io.bulwark.adapter.Venues;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.round.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sealed epochs computed again in their order, by one who has no books: everything that he reads is named by its digest, and what an epoch
 * left out that the one before had is a finding.
 */
public final class EpochAudit {
    private final SealedMaterial.Source source;
    private final SealedMaterial material;
    private final EpochComputation computation;
    private final Answered answered;
    private final RoundAudit rounds;

    /** His own: nothing that sealed or showed an epoch is in it. */
    private final LastCalibration calibration = new LastCalibration();

    private Optional<ComputedEpoch> before = Optional.empty();

    /**
     * An epoch and what was found of it.
     *
     * @param again the epoch as it follows from its inputs
     * @param replay beside what was sealed
     */
    public record Audited(ComputedEpoch again, Replay replay) {}

    /**
     * Who may answer for snapshots, and who does.
     *
     * @param readers that the quorum listed
     * @param answers by the snapshot
     */
    public record Answered(Set<Digest> readers, Map<Digest, EpochSignature> answers) {}

    /** An audit of what lies at a source. */
    public EpochAudit(SealedMaterial.Source source, EpochComputation computation, Venues venues, Answered answered) {
        this.source = source;
        this.answered = answered;
        this.computation = computation;
        this.material = new SealedMaterial(source, computation, venues);
        this.rounds = new RoundAudit(material, computation);
    }

    /**
     * Computes an epoch again. Epochs come in their order; the margin calls of the first that comes are compared only if it is number 1.
     *
     * @throws IllegalStateException naming what is missing, or does not follow from the epoch before
     */
    public Audited epoch(long number) {
        EpochRecord record =
                source.epoch(number).orElseThrow(() -> new IllegalStateException("epoch " + number + " is not there"));
        EpochMaterial read = material.of(record);
        ComputedEpoch again = computation.compute(read, calibration);
        Replay replay =
                Replay.of(record, again, before.filter(last -> last.number() == number - 1), findings(record, read));
        before = Optional.of(again);
        return new Audited(again, replay);
    }

    /**
     * Judges evidence against a node that sealed an epoch: what it says, or why it convicts nobody.
     *
     * @throws IllegalStateException if the epoch of its round is not there
     */
    public Judged judge(Evidence evidence) {
        return new Judged(rounds.inWords(evidence), rounds.flaw(evidence));
    }

    /**
     * Evidence, judged.
     *
     * @param words what it says
     * @param flaw why it convicts nobody; empty if it does
     */
    public record Judged(String words, Optional<String> flaw) {}

    private List<String> findings(EpochRecord record, EpochMaterial read) {
        List<String> findings = new ArrayList<>();
        long number = record.sealed().epoch().number();
        Optional<EpochRecord> last = number == 1 ? Optional.empty() : source.epoch(number - 1);
        Digest previous = last.map(epoch -> epoch.sealed().digest()).orElse(Digest.ZERO);
        if (!record.sealed().epoch().previous().equals(previous)) {
            findings.add("epoch " + number + " must follow epoch " + (number - 1) + " with digest " + previous);
        }
        long follows = read.snapshots()
                .timeMillis(
                        read.parameters(),
                        last.stream()
                                .mapToLong(epoch -> epoch.inputs().epochTimeMillis())
                                .findFirst());
        if (record.inputs().epochTimeMillis() != follows) {
            findings.add("the time of epoch " + number + " must be the one that follows from its snapshots, " + follows
                    + "; have " + record.inputs().epochTimeMillis());
        }
        if (record.inputs().documents().containsKey(BookSeals.BOOKS)) {
            BookSeals.unanswered(BookSeals.come(record, last), answered.readers(), answered.answers())
                    .forEach(id -> findings.add(
                            "no reader that the quorum listed answers for snapshot " + id + " of epoch " + number));
        }
        last.ifPresent(epoch -> findings.addAll(lost(epoch.inputs(), read)));
        findings.addAll(rounds.findings(record, read.founding(), last));
        return findings;
    }

    /** What the epoch before had and this one left out, or took an older one of. */
    private List<String> lost(EpochInputs last, EpochMaterial read) {
        long number = read.place().number();
        List<String> findings = new ArrayList<>();
        Map<VenueAccount, Long> horizons = new TreeMap<>(EpochAudit::compare);
        read.snapshots()
                .raw()
                .forEach(snapshot ->
                        horizons.put(snapshot.account(), snapshot.horizon().timeMillis()));
        for (EpochInputs.SnapshotInput input : last.snapshots()) {
            Long now = horizons.get(input.account());
            long then = source.snapshot(input.snapshot())
                    .map(RawSnapshot::horizon)
                    .orElseThrow(() -> new IllegalStateException("snapshot " + input.snapshot() + " is not there"))
                    .timeMillis();
            if (read.superseded()
                    .filter(list -> list.contains(input.snapshot()))
                    .isPresent()) {
                continue;
            }
            if (now == null) {
                findings.add("epoch " + number + " must have a snapshot of " + input.account()
                        + ", as the one before; it has none");
            } else if (now < then) {
                findings.add("the snapshot of " + input.account() + " in epoch " + number
                        + " must not be older than in the one before, " + then + "; have " + now);
            }
        }
        Map<Integer, Digest> owners =
                read.inputs().accounts().stream().collect(Collectors.toMap(AccountInput::number, AccountInput::owner));
        for (AccountInput account : last.accounts()) {
            if (!owners.containsKey(account.number())) {
                findings.add("epoch " + number + " must have account " + account.number() + ", as the one before");
            }
        }
        return findings;
    }

    private static int compare(VenueAccount left, VenueAccount right) {
        int venues = Integer.compare(left.venue(), right.venue());
        return venues != 0 ? venues : left.address().compareTo(right.address());
    }
}
