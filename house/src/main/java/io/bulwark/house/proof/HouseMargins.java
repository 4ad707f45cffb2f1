package io.bulwark.house.proof;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.AccountMargin;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.epoch.SealedLeaves;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginOpening;
import io.bulwark.prover.commitment.MarginSample;
import io.bulwark.prover.commitment.RequestTree;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.MarginProofs;
import io.bulwark.prover.proof.Proof;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.wallet.SealedRequests;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.SealedRequest;
import io.bulwark.prover.witness.WitnessRequest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Shows of the accounts of a sealed epoch that their leaves of the margin tree are the formula's: of all of them, since one false leaf falsifies
 * whatever is proved over the whole house.
 */
public final class HouseMargins {
    private static final int ACCOUNTS_MAX = 1 << (2 * RequestTree.DEPTH);

    private final ProverLibrary library;
    private final AccountProofs desk;
    private final RequestSeals requests;
    private final EpochComputation computation;
    private final EpochRegister epochs;
    private final SecureRandom random = new SecureRandom();

    public HouseMargins(
            ProverLibrary library,
            AccountProofs desk,
            RequestSeals requests,
            EpochComputation computation,
            EpochRegister epochs) {
        this.library = library;
        this.desk = desk;
        this.requests = requests;
        this.computation = computation;
        this.epochs = epochs;
    }

    /**
     * An account without such a proof.
     *
     * @param number the account's
     * @param reason why, in one line
     */
    public record Unproved(int number, String reason) {}

    /**
     * What was proved of an epoch.
     *
     * @param proofs what everybody may have
     * @param requests the seal that they stand under, where the table is opened by seal, then challenge
     * @param accounts how many accounts the epoch has
     * @param drawn how many of them were asked for: all, or a sample
     * @param unproved those of them that have no proof, each with the reason
     */
    public record Proved(
            MarginProofs proofs, Optional<SealedRequests> requests, int accounts, int drawn, List<Unproved> unproved) {}

    /**
     * Proves the margins of an epoch's accounts.
     *
     * @param epoch the epoch
     * @param sample which accounts, by randomness later than the epoch's signatures; empty for all
     * @param progress hears about once a second while keys are made
     * @param done hears after each proof how many there are
     * @throws BadInput if the epoch has more accounts than one seal holds, or none with a margin
     */
    public Proved prove(ComputedEpoch epoch, Optional<MarginSample> sample, SetupProgress progress, IntConsumer done) {
        List<AccountLeaf> leaves = SealedLeaves.of(epoch, epochs);
        if (leaves.size() > ACCOUNTS_MAX) {
            throw new BadInput(
                    "epoch",
                    String.valueOf(epoch.number()),
                    "must have at most " + ACCOUNTS_MAX + " accounts; has " + leaves.size());
        }
        EpochCommitment sealed = EpochComputation.commitment(epoch.sealed().epoch());
        SortedSet<Integer> places = sample.map(
                        drawn -> drawn.places(sealed.house(), sealed.epoch(), sealed.digest(library), leaves.size()))
                .orElseGet(() ->
                        new TreeSet<>(IntStream.range(0, leaves.size()).boxed().toList()));
        ProofShape shape = desk.ofMargins(epoch);
        List<Unproved> unproved = new ArrayList<>();
        SortedMap<Integer, WitnessRequest> asked = new TreeMap<>();
        try (AccountTree tree = computation.tree(epoch.accounts());
                AccountTree margins = computation.marginTree(epoch.margins());
                RiskTableTree table = RiskTableTree.open(library, epoch.table()).orElseThrow()) {
            for (int place : places) {
                AccountLeaf leaf = leaves.get(place);
                Optional<String> reason =
                        unprovable(epoch, shape, epoch.accounts().get(place));
                reason.ifPresent(why -> unproved.add(new Unproved((int) leaf.number(), why)));
                if (reason.isEmpty()) {
                    asked.put(
                            (int) leaf.number(),
                            charged(
                                    epoch,
                                    WitnessRequest.ofMargin(
                                            sealed,
                                            leaf,
                                            tree.path(leaf.number()),
                                            new MarginOpening(
                                                    epoch.marginOf(leaf.number()), margins.path(leaf.number())))));
                }
            }
            Prover prover = desk.prover(shape, progress);
            Optional<SealedRequests> under =
                    shape.opening().sealed() ? Optional.of(seal(epoch, prover, table, asked)) : Optional.empty();
            SortedMap<Long, Proof> proofs = proofs(prover, table, asked, unproved, done);
            if (proofs.isEmpty()) {
                throw new BadInput(
                        "epoch", String.valueOf(epoch.number()), "must have an account whose margin has a proof");
            }
            FieldElement seal =
                    under.map(requests -> requests.seal().value(library)).orElseGet(() -> sealed.digest(library));
            return new Proved(
                    new MarginProofs(prover.keys().verifyingKey().identity(), seal, proofs),
                    under,
                    leaves.size(),
                    places.size(),
                    List.copyOf(unproved));
        }
    }

    private static Optional<String> unprovable(ComputedEpoch epoch, ProofShape shape, AccountLine line) {
        return switch (line.margin()) {
            case AccountMargin.Without(List<String> reasons) ->
                Optional.of("has no margin: " + String.join("; ", reasons));
            case AccountMargin.Stated stated ->
                shape.fit(epoch.table(), line.lots()) instanceof ProofShape.Fit.NoProof none
                        ? Optional.of(none.message())
                        : Optional.empty();
        };
    }

    private static WitnessRequest charged(ComputedEpoch epoch, WitnessRequest request) {
        Optional<BufferTariff> tariff =
                epoch.buffer().map(buffer -> buffer.buffer().tariff());
        return tariff.map(request::chargedBy).orElse(request);
    }

    /** The first round of the challenge opening, for all at once: every account's losses are committed to and sealed together. */
    private SealedRequests seal(
            ComputedEpoch epoch, Prover prover, RiskTableTree table, SortedMap<Integer, WitnessRequest> asked) {
        List<FieldElement> salts = new ArrayList<>();
        List<FieldElement> commitments = new ArrayList<>();
        for (WitnessRequest request : asked.values()) {
            FieldElement salt = AccountLeaf.drawSalt(random);
            salts.add(salt);
            commitments.add(prover.constraints()
                    .commit(table, request.leaf(), request.claim().candidate(), salt)
                    .orElseThrow());
        }
        List<FieldElement> filled = RequestTree.filled(commitments, random);
        SealedRequests sealed = requests.seal(epoch, prover.keys().shape().opening(), filled, table);
        try (RequestTree tree = RequestTree.of(library, filled)) {
            int place = 0;
            for (var entry : asked.entrySet()) {
                entry.setValue(entry.getValue()
                        .sealedAs(new SealedRequest(sealed.seal(), salts.get(place), tree.path(place))));
                place++;
            }
        }
        return sealed;
    }

    private static SortedMap<Long, Proof> proofs(
            Prover prover,
            RiskTableTree table,
            SortedMap<Integer, WitnessRequest> asked,
            List<Unproved> unproved,
            IntConsumer done) {
        SortedMap<Long, Proof> proofs = new TreeMap<>();
        asked.forEach((number, request) -> {
            switch (prover.prove(table, request)) {
                case Proving.Proved proved ->
                    proofs.put((long) number, proved.bundle().proof());
                case Proving.NoProofInThisShape none -> unproved.add(new Unproved(number, none.reason()));
                case Proving.Refused refused ->
                    throw new IllegalStateException(
                            "a sealed margin must be the formula's; account " + number + ": " + refused.refusal());
            }
            done.accept(proofs.size());
        });
        return proofs;
    }
}
