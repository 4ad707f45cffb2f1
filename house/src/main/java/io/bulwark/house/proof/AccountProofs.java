package io.bulwark.house.proof;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.register.EpochRegister;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.founding.OwnerWallets;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.MarginOpening;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.commitment.RequestSeal;
import io.bulwark.prover.commitment.RequestTree;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.commitment.TariffCommitment;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.ProvingKeys;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.wallet.BundleKey;
import io.bulwark.prover.wallet.EncryptedBundle;
import io.bulwark.prover.wallet.WitnessBundle;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.ProofShape.TariffSize;
import io.bulwark.prover.witness.SealedRequest;
import io.bulwark.prover.witness.WitnessRequest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Proves claims of owners who keep their keys on this machine, over sealed epochs. Keys of the circuit are opened at the first request. */
public final class AccountProofs implements AutoCloseable {
    private final ProverLibrary library;
    private final OwnerWallets wallets;
    private final EpochComputation computation;
    private final EpochRegister epochs;
    private final Map<ProofShape, Prover> provers = new HashMap<>();
    private final Map<Digest, TariffSize> sizes = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final HouseKeys keys;

    public AccountProofs(
            ProverLibrary library, Home home, EpochComputation computation, EpochRegister epochs, HouseKeys keys) {
        this.library = library;
        this.wallets = new OwnerWallets(home.owners());
        this.computation = computation;
        this.epochs = epochs;
        this.keys = keys;
    }

    /** Which key an owner proves with at home. */
    public enum HomeKey {
        /** That of the house's claims, or the large one where only that has room. */
        STANDARD,
        /** The small one. */
        SMALL,
        /** That of claims over margin and buffer together, and of no others. */
        BUFFER
    }

    /**
     * Opens the keys of the circuit for a kind of claim of an account over its epoch's table. A house whose founding file names
     * ceremonies has keys of one of these and no others; else they are made the first time, in about a minute, and are unsafe.
     *
     * @throws IllegalStateException if keys of a ceremony are named and not here
     */
    public synchronized Prover prover(ComputedEpoch epoch, AccountLine line, Claim.Kind kind, SetupProgress progress) {
        return prover(shape(epoch, line, kind), progress);
    }

    synchronized Prover prover(ProofShape shape, SetupProgress progress) {
        return provers.computeIfAbsent(shape, wanted -> Prover.open(library, keys(wanted, progress)));
    }

    private ProofShape shape(ComputedEpoch epoch, AccountLine line, Claim.Kind kind) {
        ProofShape claims = ProofShape.of(epoch.table(), line.lots());
        return switch (kind) {
            case EXCESS_OVER_INITIAL, EXCESS_OVER_MAINTENANCE, INITIAL_MARGIN -> claims;
            case BELOW_MAINTENANCE -> claims.call();
            case EXCESS_OVER_BUFFER -> claims.with(tariffSize(epoch));
            case MARGIN_IS_SEALED -> ofMargins(epoch);
        };
    }

    /**
     * The shape that an epoch's sealed margins are shown in: with the tariff where there is one, whose Buffer is in the leaves. All
     * stand under one key, so it is the large one where an account has room in no other.
     */
    ProofShape ofMargins(ComputedEpoch epoch) {
        ProofShape standard = ProofShape.standard(epoch.table());
        ProofShape claims = epoch.accounts().stream()
                .map(line -> ProofShape.of(epoch.table(), line.lots()))
                .filter(shape -> !shape.equals(standard))
                .findFirst()
                .orElse(standard);
        return epoch.buffer().isPresent() ? claims.with(tariffSize(epoch)) : claims;
    }

    /** The size of an epoch's tariff; its table is opened for it only where nobody has asked before. */
    private TariffSize tariffSize(ComputedEpoch epoch) {
        TariffSize known = sizes.get(epoch.sealed().epoch().buffer());
        if (known != null) {
            return known;
        }
        try (RiskTableTree table = RiskTableTree.open(library, epoch.table()).orElseThrow()) {
            return tariffSize(epoch, table);
        }
    }

    private TariffSize tariffSize(ComputedEpoch epoch, RiskTableTree table) {
        BufferTariff published = tariff(epoch);
        return sizes.computeIfAbsent(
                epoch.sealed().epoch().buffer(),
                digest -> TariffSize.of(TariffCommitment.of(table, published).orElseThrow()));
    }

    private static BufferTariff tariff(ComputedEpoch epoch) {
        return epoch.buffer()
                .map(buffer -> buffer.buffer().tariff())
                .orElseThrow(() -> new BadInput(
                        "claim",
                        "excess-over-buffer",
                        "must be over an epoch whose house publishes a contagion buffer; epoch " + epoch.number()
                                + " seals none"));
    }

    private ProvingKeys keys(ProofShape shape, SetupProgress progress) {
        return ProvingKeys.of(shape, keys.of(shape, progress));
    }

    /** Whether one of the house's circuits has room for an account and its epoch's table: said before any key is opened. */
    public ProofShape.Fit fit(ComputedEpoch epoch, AccountLine line) {
        return ProofShape.of(epoch.table(), line.lots()).fit(epoch.table(), line.lots());
    }

    /**
     * Proves a claim of one account over a sealed epoch and keeps the proof.
     *
     * @param epoch the epoch
     * @param account the account's number
     * @param claim what is to be proved
     * @param challenge what ties the proof to one conversation
     * @param scope for whom and for what it is made
     * @throws BadInput if the account is not in the epoch or its owner's key is not here
     */
    public Proving prove(ComputedEpoch epoch, int account, Claim claim, Challenge challenge, Scope scope) {
        return prove(epoch, account, claim, challenge, scope, SetupProgress.SILENT);
    }

    /**
     * The same, telling of keys that are made on the way.
     *
     * @param progress hears about once a second while keys are made
     */
    public Proving prove(
            ComputedEpoch epoch, int account, Claim claim, Challenge challenge, Scope scope, SetupProgress progress) {
        AccountLine line = line(epoch, account);
        requireOfOne(claim);
        Optional<OwnerKey> owner = owner(account, claim);
        boolean charged = claim.kind() == Claim.Kind.EXCESS_OVER_BUFFER;
        if (charged) {
            tariff(epoch);
        }
        try (AccountTree tree = computation.tree(epoch.accounts());
                RiskTableTree table = RiskTableTree.open(library, epoch.table()).orElseThrow()) {
            if (charged) {
                tariffSize(epoch, table);
            }
            ProofShape shape = shape(epoch, line, claim.kind());
            if (shape.fit(epoch.table(), line.lots()) instanceof ProofShape.Fit.NoProof none) {
                return new Proving.NoProofInThisShape(none.message());
            }
            WitnessRequest request = new WitnessRequest(
                    EpochComputation.commitment(epoch.sealed().epoch()),
                    leaf(epoch, line),
                    owner,
                    tree.path(account),
                    challenge,
                    scope,
                    claim);
            if (charged) {
                request = request.chargedBy(tariff(epoch));
            }
            Prover prover = prover(shape, progress);
            Proving proving = prover.keys().shape().opening() == Opening.DIRECT
                    ? prover.prove(table, request)
                    : proveSealed(prover, table, request);
            if (proving instanceof Proving.Proved proved) {
                keep(epoch, proved);
            }
            return proving;
        }
    }

    /**
     * Refuses what no attempt could prove: said before anything is begun.
     *
     * @throws BadInput if the account is not in the epoch or its owner's key is not here
     */
    void requireProvable(ComputedEpoch epoch, int account, Claim claim) {
        line(epoch, account);
        requireOfOne(claim);
        owner(account, claim);
        if (claim.kind() == Claim.Kind.EXCESS_OVER_BUFFER) {
            tariff(epoch);
        }
    }

    private static void requireOfOne(Claim claim) {
        if (claim.kind() == Claim.Kind.MARGIN_IS_SEALED) {
            throw new BadInput(
                    "claim",
                    "margin-is-sealed",
                    "is shown of all accounts together, by 'bulwark proof prove account --margins'");
        }
    }

    /** The owner's key, where the claim takes one; the house proves calls by itself, and the margin of an account that it names. */
    private Optional<OwnerKey> owner(int account, Claim claim) {
        boolean call = claim.kind() == Claim.Kind.BELOW_MAINTENANCE;
        Optional<OwnerKey> owner = call ? Optional.empty() : wallets.find(account);
        boolean houseMayProve = call
                || (claim.kind() == Claim.Kind.INITIAL_MARGIN && claim.account().isPresent());
        if (owner.isEmpty() && !houseMayProve) {
            throw new BadInput("account", String.valueOf(account), "its owner's key must be kept on this machine");
        }
        return owner;
    }

    /** Both rounds of the challenge opening: commit, have it sealed among others, then prove. */
    private Proving proveSealed(Prover prover, RiskTableTree table, WitnessRequest request) {
        FieldElement salt = AccountLeaf.drawSalt(random);
        return switch (prover.constraints()
                .commit(table, request.leaf(), request.claim().candidate(), salt)) {
            case Answer.Refused<FieldElement> refused -> Prover.refused(refused.refusal());
            case Answer.Given<FieldElement> commitment -> {
                try (RequestTree requests = RequestTree.of(library, List.of(commitment.value()), random)) {
                    RequestSeal seal = RequestSeal.of(
                            prover.keys().shape().opening(), request.epoch().digest(library), requests.root(), table);
                    yield prover.prove(table, request.sealedAs(new SealedRequest(seal, salt, requests.path(0))));
                }
            }
        };
    }

    /**
     * What the owner of an account proves from at home, encrypted to the owner: the house then has no part in any proof, and keeps no
     * record of the bundle.
     *
     * @param epoch the epoch
     * @param account the account's number
     * @param recipient the owner's registered key
     * @param key which key the proof is to be made with
     * @param progress hears about once a second while keys of the circuit are made
     * @throws BadInput if the account is not in the epoch, or has no room in the circuit, or the epoch has no such key
     */
    public EncryptedBundle bundle(
            ComputedEpoch epoch, int account, BundleKey recipient, HomeKey key, SetupProgress progress) {
        AccountLine line = line(epoch, account);
        ProofShape shape = switch (key) {
            case STANDARD -> ProofShape.of(epoch.table(), line.lots());
            case SMALL ->
                ProofShape.small(epoch.table())
                        .orElseThrow(() -> new BadInput(
                                "small key", "", "is there for tables that are opened by seal, then challenge"));
            case BUFFER -> ProofShape.of(epoch.table(), line.lots()).with(tariffSize(epoch));
        };
        if (shape.fit(epoch.table(), line.lots()) instanceof ProofShape.Fit.NoProof none) {
            throw new BadInput("account", String.valueOf(account), none.message());
        }
        try (AccountTree tree = computation.tree(epoch.accounts());
                AccountTree margins = computation.marginTree(epoch.margins())) {
            WitnessBundle bundle = new WitnessBundle(
                    EpochComputation.commitment(epoch.sealed().epoch()),
                    leaf(epoch, line),
                    tree.path(account),
                    epoch.table(),
                    epoch.buffer().map(buffer -> buffer.buffer().tariff()),
                    new MarginOpening(epoch.marginOf(account), margins.path(account)),
                    new WitnessBundle.Keys(
                            shape.label(), keys(shape, progress).verifyingKey().identity()));
            return EncryptedBundle.of(bundle, recipient);
        }
    }

    private static AccountLine line(ComputedEpoch epoch, int account) {
        return epoch.account(account)
                .orElseThrow(
                        () -> new BadInput("account", String.valueOf(account), "must be in epoch " + epoch.number()));
    }

    private AccountLeaf leaf(ComputedEpoch epoch, AccountLine line) {
        AccountInput input = epochs.epoch(epoch.number()).orElseThrow().inputs().accounts().stream()
                .filter(a -> a.number() == line.number())
                .findFirst()
                .orElseThrow();
        return new AccountLeaf(
                AccountLeaf.Format.of(epoch.table()),
                line.number(),
                FieldElement.ofDigest(input.owner()),
                FieldElement.ofDigest(input.salt()),
                line.lots());
    }

    private void keep(ComputedEpoch epoch, Proving.Proved proved) {
        epochs.keep(
                epoch.number(),
                proved.bundle().key(),
                proved.bundle().publicInputs().elements().stream()
                        .map(FieldElement::digest)
                        .toList(),
                proved.bundle().proof().bytes());
    }

    @Override
    public synchronized void close() {
        provers.values().forEach(Prover::close);
    }
}
