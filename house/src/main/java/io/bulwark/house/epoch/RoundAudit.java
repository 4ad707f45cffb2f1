package io.bulwark.house.epoch;

import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.EpochInputs.SnapshotInput;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage.Turn;
import io.bulwark.clearing.round.RoundRecord;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.survey.Meanings;
import java.util.List;
import java.util.Optional;

/** The rounds of epochs that nodes sealed: whether what was sealed is what their record says, and whether evidence of them convicts. */
record RoundAudit(SealedMaterial material, EpochComputation computation) {
    /**
     * What of an epoch's round does not hold, for people; nothing of an epoch that no nodes sealed, unless nodes sealed the one
     * before.
     */
    List<String> findings(EpochRecord record, FoundingFile founding, Optional<EpochRecord> last) {
        EpochInputs inputs = record.inputs();
        long number = record.sealed().epoch().number();
        Optional<NodeList> nodes = nodes(inputs);
        Optional<RoundRecord> round = round(inputs);
        if (nodes.isEmpty() && round.isEmpty()) {
            return last.flatMap(before -> nodes(before.inputs())).isPresent()
                    ? List.of("epoch " + number + " must have been sealed by nodes, as the one before")
                    : List.of();
        }
        if (nodes.isEmpty() || round.isEmpty()) {
            return List.of("epoch " + number + " must name both its nodes and the record of their round");
        }
        Turn turn = new Turn(record.sealed().epoch().house(), number, 0);
        Optional<String> flaw = round.get().flaw(nodes.get(), turn);
        if (flaw.isPresent()) {
            return List.of("the round of epoch " + number + ": " + flaw.get());
        }
        List<Digest> chosen = new RoundSnapshots(nodes.get(), new Meanings(founding))
                .of(round.get(), this::snapshot, FollowingEpoch.before(material.source(), number)).values().stream()
                        .map(RawSnapshot::id)
                        .toList();
        List<Digest> named =
                inputs.snapshots().stream().map(SnapshotInput::snapshot).toList();
        return chosen.equals(named)
                ? List.of()
                : List.of("epoch " + number + " must rest on what its nodes agreed on: " + chosen + "; it does on "
                        + named);
    }

    private RawSnapshot snapshot(Digest id) {
        return material.source()
                .snapshot(id)
                .orElseThrow(() -> new IllegalStateException("snapshot " + id + " is not there"));
    }

    private Optional<NodeList> nodes(EpochInputs inputs) {
        return document(inputs, FollowingEpoch.NODES).map(bytes -> NodeList.of(CanonicalReader.read(bytes)));
    }

    private Optional<RoundRecord> round(EpochInputs inputs) {
        return document(inputs, FollowingEpoch.ROUND).map(bytes -> RoundRecord.of(CanonicalReader.read(bytes)));
    }

    private Optional<byte[]> document(EpochInputs inputs, String name) {
        return Optional.ofNullable(inputs.documents().get(name))
                .map(digest -> material.source()
                        .document(digest)
                        .orElseThrow(() -> new IllegalStateException("document " + digest + " is not there")));
    }

    /** What evidence says; the nodes are those of its epoch, which must lie there. */
    String inWords(Evidence evidence) {
        return evidence.inWords(nodes(record(evidence).inputs()).orElseThrow());
    }

    /** Why evidence convicts nobody, in words; empty if it does. */
    Optional<String> flaw(Evidence evidence) {
        EpochInputs inputs = record(evidence).inputs();
        Optional<NodeList> nodes = nodes(inputs);
        if (nodes.isEmpty()) {
            return Optional.of("epoch " + evidence.turn().epoch() + " was sealed by no nodes");
        }
        Foundation foundation = new Foundation(
                material.founding(inputs),
                inputs.documents().getOrDefault(EpochArchive.LISTING, Digest.ZERO),
                Optional.ofNullable(inputs.documents().get(EpochArchive.HISTORY)));
        FollowingEpoch following =
                new FollowingEpoch(material, computation, foundation, inputs.accounts(), Digest::sha256);
        return evidence.flaw(
                nodes.get(),
                following.recomputation(
                        nodes.get(),
                        () -> material.source()
                                .epoch(evidence.turn().epoch() - 1)
                                .map(following::again)));
    }

    private EpochRecord record(Evidence evidence) {
        long number = evidence.turn().epoch();
        return material.source()
                .epoch(number)
                .orElseThrow(() -> new IllegalStateException("epoch " + number + " is not there"));
    }
}
