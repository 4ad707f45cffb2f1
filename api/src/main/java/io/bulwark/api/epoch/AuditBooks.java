package io.bulwark.api.epoch;

import io.bulwark.adapter.Venues;
import io.bulwark.api.house.HouseBooks;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.house.House;
import io.bulwark.house.epoch.SealedMaterial;
import io.bulwark.house.node.NodeHome;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.ProofBundle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where epochs are published from: the books of a house, or the folder of a node. */
sealed interface AuditBooks {
    /** Where sealed epochs lie. */
    SealedMaterial.Source source();

    ProverLibrary library();

    Venues venues();

    /** What everybody may know, with the newest epochs. */
    HouseFile file(int newest);

    /** Who may answer for snapshots. */
    Set<Digest> readers();

    /** Who answers for some of them. */
    Map<Digest, EpochSignature> answers(Set<Digest> snapshots);

    /** Proofs of an epoch. */
    List<ProofBundle> proofs(long epoch);

    /** The file of a proof's verifying key. */
    Optional<byte[]> key(ProofBundle proof);

    /** What convicts nodes. */
    List<Evidence> evidence();

    /** Of a house. */
    record OfHouse(House house) implements AuditBooks {
        @Override
        public SealedMaterial.Source source() {
            return house.archive().material().source();
        }

        @Override
        public ProverLibrary library() {
            return house.library();
        }

        @Override
        public Venues venues() {
            return house.venues();
        }

        @Override
        public HouseFile file(int newest) {
            return HouseFile.of(house, newest);
        }

        @Override
        public Set<Digest> readers() {
            return house.listed().listedReaders();
        }

        @Override
        public Map<Digest, EpochSignature> answers(Set<Digest> snapshots) {
            return house.ledger().answers(snapshots);
        }

        @Override
        public List<ProofBundle> proofs(long epoch) {
            return new HouseBooks(house).proofs(epoch);
        }

        @Override
        public Optional<byte[]> key(ProofBundle proof) {
            return new VerifyingKeys(house.home().keys()).find(proof.key()).map(key -> key.encode());
        }

        @Override
        public List<Evidence> evidence() {
            return List.of();
        }
    }

    /** Of a node, which has neither readers, whose place its round has, nor proofs. */
    record OfNode(NodeHome home, ProverLibrary library) implements AuditBooks {
        @Override
        public SealedMaterial.Source source() {
            return home;
        }

        @Override
        public Venues venues() {
            return Venues.ofClassPath();
        }

        @Override
        public HouseFile file(int newest) {
            return HouseFile.of(home, newest);
        }

        @Override
        public Set<Digest> readers() {
            return Set.of();
        }

        @Override
        public Map<Digest, EpochSignature> answers(Set<Digest> snapshots) {
            return Map.of();
        }

        @Override
        public List<ProofBundle> proofs(long epoch) {
            return List.of();
        }

        @Override
        public Optional<byte[]> key(ProofBundle proof) {
            return Optional.empty();
        }

        @Override
        public List<Evidence> evidence() {
            return home.evidence();
        }
    }
}
