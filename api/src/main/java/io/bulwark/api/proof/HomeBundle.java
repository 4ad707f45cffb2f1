package io.bulwark.api.proof;

import io.bulwark.api.door.HexInput;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.PinnedHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.Home;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.ProvingKeys;
import io.bulwark.prover.wallet.EncryptedBundle;
import io.bulwark.prover.wallet.OwnerWallet;
import io.bulwark.prover.wallet.RequestOpening;
import io.bulwark.prover.wallet.SealRequest;
import io.bulwark.prover.wallet.SealedRequests;
import io.bulwark.prover.wallet.WitnessBundle;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.ProofShape.TariffSize;
import io.bulwark.prover.witness.SealedRequest;
import io.bulwark.prover.witness.WitnessRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of an owner who proves at home: from files alone, without the house, its database or a network. */
final class HomeBundle {
    private static final long WALLET_BYTES_MAX = 4 << 10;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description =
                    "A witness bundle, as 'bulwark proof bundle' writes it: proves from it alone, without the house.")
    private @Nullable Path bundle;

    @Option(
            names = "--wallet",
            paramLabel = "FILE",
            description = "The owner's wallet that opens the bundle and makes the proof. Needed with --bundle.")
    private @Nullable Path wallet;

    @Option(
            names = "--keys",
            paramLabel = "FOLDER",
            description = "Where the house's proving keys lie, for --bundle. Default: keys in the home.")
    private @Nullable Path keys;

    @Option(
            names = "--seal",
            paramLabel = "HEX",
            description =
                    "The published epoch digest that the bundle must be of: a house could hand out an epoch of its own for one owner.")
    private @Nullable String seal;

    @Option(
            names = "--commit",
            description = {
                "Where the table is opened by seal, then challenge: writes what the house is asked to seal, and what its owner keeps until then;",
                "nothing is proved yet."
            })
    private boolean commit;

    @Option(
            names = "--opening",
            paramLabel = "FILE",
            description = "What --commit kept, where the house has sealed. Needed with --requests.")
    private @Nullable Path opening;

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description = "The sealed requests that the house published. Needed with --opening.")
    private @Nullable Path requests;

    /** Whether the owner proves at home. */
    boolean isGiven() {
        boolean more = wallet != null || keys != null || seal != null || commit || opening != null || requests != null;
        if (bundle == null && more) {
            throw new BadInput(
                    "--bundle",
                    "",
                    "must be given where --wallet, --keys, --seal, --commit, --opening or --requests is");
        }
        if ((opening == null) != (requests == null) || (commit && opening != null)) {
            throw new BadInput("--opening", "", "must stand beside --requests, and neither beside --commit");
        }
        return bundle != null;
    }

    /** A bundle that its wallet opened and whose every part leads to its epoch's roots. */
    record Opened(
            ProverLibrary library,
            OwnerWallet wallet,
            WitnessBundle bundle,
            WitnessBundle.Recomputed recomputed,
            Path file,
            Path keys,
            Optional<FieldElement> named,
            boolean commits,
            Optional<Sealing> sealing) {
        /** The account's number. */
        int account() {
            return Math.toIntExact(bundle.leaf().number());
        }

        /** The epoch's number. */
        long epoch() {
            return bundle.epoch().epoch();
        }

        /** The account's initial margin over the bundle's table, u. */
        long margin() {
            return MarginStatement.of(bundle.table(), bundle.leaf().account()).initialMargin();
        }

        /**
         * Refuses a claim that the bundle's key does not know.
         *
         * @throws BadInput if it is over the buffer and the bundle holds no tariff, or the other way round
         */
        void requireKind(Claim.Kind kind) {
            boolean charged = kind == Claim.Kind.EXCESS_OVER_BUFFER;
            if (charged != shape().tariff().isPresent()) {
                throw new BadInput(
                        "--claim",
                        ClaimWords.word(kind),
                        charged
                                ? "must be proved from a bundle that 'bulwark proof bundle --buffer' writes: this one names another key"
                                : "must be excess-over-buffer, as the bundle was written with --buffer");
            }
        }

        /**
         * The shape of the key that the house named.
         *
         * @throws BadInput if this program has no such circuit
         */
        private ProofShape shape() {
            ProofShape standard = ProofShape.standard(bundle.table());
            List<ProofShape> claims = List.of(standard, ProofShape.large(bundle.table()));
            Stream<ProofShape> charged = bundle.commitment(library).stream()
                    .flatMap(commitment -> claims.stream().map(shape -> shape.with(TariffSize.of(commitment))));
            return Stream.of(claims.stream(), ProofShape.small(bundle.table()).stream(), charged)
                    .flatMap(Function.identity())
                    .filter(one -> one.label().equals(bundle.keys().shape()))
                    .findFirst()
                    .orElseThrow(() -> new BadInput(
                            "--bundle",
                            bundle.keys().shape(),
                            "must be of a shape that this program has: " + standard.label()));
        }

        /** The epoch's digest, which everybody else must see too. */
        FieldElement seal() {
            return bundle.epoch().digest(library);
        }

        /**
         * Compares the bundle's epoch with the one that everybody sees.
         *
         * @return how it is tied, for people
         * @throws BadInput if it is another, or nothing says which it must be and nobody said that this is meant
         */
        String tie(Optional<Ask> ask, PinnedHouse pinned, boolean unpinned) {
            if (named.isPresent() && !named.get().equals(seal())) {
                throw new BadInput(
                        "--bundle",
                        file.toString(),
                        "must be of the epoch " + named.get().hex() + "; it is of " + seal());
            }
            ask.filter(a -> epoch() < a.oldestEpoch()).ifPresent(a -> {
                throw new BadInput(
                        "--bundle",
                        file.toString(),
                        "must be of epoch " + a.oldestEpoch() + " or later; it is of " + epoch());
            });
            Optional<Digest> house = pinned.house(ask.map(Ask::house));
            Optional<byte[]> known = pinned.file();
            if (house.isPresent() && known.isPresent()) {
                return signed(house.get(), HouseFile.read(library, known.get()));
            }
            if (named.isPresent()) {
                return "the epoch that --seal names";
            }
            if (!unpinned) {
                throw new BadInput(
                        "--house-file",
                        "",
                        "must be given with --house or --ask, or --seal: without it this epoch may have been made for this owner alone; --unpinned proves"
                                + " all the same");
            }
            return "NOT PINNED: it may have been made for this owner alone, and whoever made it would know the proof by it";
        }

        private String signed(Digest house, HouseFile known) {
            if (!known.house().equals(house)) {
                throw new BadInput("--house-file", known.house().hex(), "must be of house " + house.hex());
            }
            HouseFile.SignedEpoch signed = known.epoch(seal().digest())
                    .orElseThrow(() -> new BadInput(
                            "--bundle",
                            file.toString(),
                            "must be of an epoch in the house's file; epoch " + epoch() + " of seal " + seal()
                                    + " is none"));
            return "signed by " + signed.signatures().size() + " of "
                    + known.quorum(epoch()).members().size() + " members of house " + house.hex();
        }

        /** A file in the bundle's folder. */
        Path beside(String name) {
            return file.resolveSibling(name);
        }

        /**
         * The proving keys that the house named.
         *
         * @throws BadInput if this program has another circuit, or the folder has no such keys
         */
        ProvingKeys provingKeys() {
            ProofShape shape = shape();
            boolean challenge = shape.opening().sealed();
            if (challenge != (commits || sealing.isPresent())) {
                throw new BadInput(
                        "--bundle",
                        shape.label(),
                        challenge
                                ? "is opened by seal, then challenge: first --commit, then, when the house has sealed, --opening and"
                                        + " --requests"
                                : "is opened directly: --commit, --opening and --requests must not stand beside it");
            }
            return ProvingKeys.open(shape, keys, bundle.keys().verifyingKey())
                    .orElseThrow(() -> new BadInput(
                            "--keys",
                            keys.toString(),
                            "must hold the proving keys of verifying key "
                                    + bundle.keys().verifyingKey()));
        }

        /** Proves; nobody hears of it. */
        Proving prove(ProvingKeys keys, Claim claim, Challenge challenge, Scope scope) {
            WitnessRequest request = bundle.request(wallet.key(), challenge, scope, claim);
            try (RiskTableTree table =
                            RiskTableTree.open(library, bundle.table()).orElseThrow();
                    Prover prover = Prover.open(library, keys)) {
                return prover.prove(
                        table,
                        sealing.map(found -> request.sealedAs(found.of(library, claim.candidate(), table)))
                                .orElse(request));
            }
        }

        /** A commitment to what a proof of this candidate will show, with a fresh salt. */
        Answer<RequestOpening> commit(ProvingKeys keys, Claim.Candidate candidate) {
            FieldElement salt = AccountLeaf.drawSalt(new SecureRandom());
            try (RiskTableTree table =
                            RiskTableTree.open(library, bundle.table()).orElseThrow();
                    Prover prover = Prover.open(library, keys)) {
                return prover.constraints()
                        .commit(table, bundle.leaf(), candidate, salt)
                        .map(commitment -> new RequestOpening(
                                new SealRequest(keys.shape().opening(), seal(), commitment), candidate, salt));
            }
        }
    }

    /** What the owner kept and what the house sealed. */
    record Sealing(RequestOpening opening, SealedRequests requests) {
        private SealedRequest of(ProverLibrary library, Claim.Candidate candidate, RiskTableTree table) {
            if (opening.candidate() != candidate) {
                throw new BadInput(
                        "--candidate",
                        ClaimWords.word(candidate),
                        "must be the one that was committed to, " + ClaimWords.word(opening.candidate()));
            }
            return BadInput.refusing(
                    "--requests",
                    "",
                    () -> requests.find(library, opening, table)
                            .orElseThrow(() -> new BadInput(
                                    "--requests",
                                    "",
                                    "must hold the commitment of --opening, over the bundle's epoch")));
        }
    }

    /**
     * Opens the bundle with the wallet.
     *
     * @throws BadInput naming the file and what is wrong with it; no message holds a value of wallet or account
     */
    Opened open() {
        if (bundle == null) {
            throw new IllegalStateException("no bundle is given");
        }
        if (wallet == null) {
            throw new BadInput("--wallet", "", "must be given with --bundle");
        }
        ProverLibrary library = ProverLibrary.load();
        byte[] walletFile = InputFile.secretBytes(wallet, WALLET_BYTES_MAX);
        byte[] bundleFile = InputFile.bytes(bundle, EncryptedBundle.BYTES_MAX);
        OwnerWallet owner = read("--wallet", wallet, () -> OwnerWallet.decode(walletFile));
        Checked opened = read("--bundle", bundle, () -> {
            WitnessBundle read = owner.open(EncryptedBundle.decode(bundleFile));
            return new Checked(read, read.check(library, owner.key()));
        });
        Path folder = keys != null ? keys : Home.ofEnvironment().folder().resolve("keys");
        Optional<FieldElement> named = Optional.ofNullable(seal).map(text -> HexInput.element("--seal", text));
        return new Opened(
                library, owner, opened.bundle(), opened.recomputed(), bundle, folder, named, commit, sealing());
    }

    private record Checked(WitnessBundle bundle, WitnessBundle.Recomputed recomputed) {}

    private Optional<Sealing> sealing() {
        if (opening == null || requests == null) {
            return Optional.empty();
        }
        byte[] kept = InputFile.secretBytes(opening, RequestOpening.BYTES_MAX);
        byte[] published = InputFile.bytes(requests, SealedRequests.BYTES_MAX);
        return Optional.of(new Sealing(
                read("--opening", opening, () -> RequestOpening.decode(kept)),
                read("--requests", requests, () -> SealedRequests.decode(published))));
    }

    private static <T> T read(String option, Path file, Supplier<T> reading) {
        return BadInput.refusing(option, file.toString(), reading);
    }
}
