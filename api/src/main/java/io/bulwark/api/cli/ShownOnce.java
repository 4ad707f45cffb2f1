package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.inquiry.Expectation;
import io.bulwark.api.inquiry.HouseFile;
import io.bulwark.api.inquiry.NullifierFile;
import io.bulwark.api.inquiry.Verification;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.prover.wallet.SealedRequests;
import io.bulwark.prover.witness.PublicInputs;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a verifier who takes proofs of recent epochs only, and each account once an epoch. */
final class ShownOnce {
    @Option(
            names = "--house-file",
            paramLabel = "FILE",
            description = {
                "What everybody may know of the house, as 'bulwark export --house' writes it: the proof must be of one of its epochs. Digests and",
                "the quorum's signatures are checked; whose quorum it is, says --house."
            })
    private @Nullable Path epochs;

    @Option(
            names = "--house",
            paramLabel = "HEX",
            description = {
                "The house that the epochs must be of: its identity, which the founding document gives. Without it whoever wrote the file",
                "may have chosen the quorum too. Needs --house-file."
            })
    private @Nullable String house;

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description = {
                "The sealed requests that a proof by seal, then challenge, is under, as 'bulwark requests seal' writes them. The quorum's",
                "signatures are checked: they vouch for the rows at the seal's point, unless --table is given. Needs --house-file."
            })
    private @Nullable Path requests;

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = {
                "The published table of the proof's epoch: the rows at the seal's point are computed from it again, and nobody's signature on",
                "them is needed. Needs --requests."
            })
    private @Nullable Path table;

    @Option(
            names = "--oldest-epoch",
            paramLabel = "N",
            description =
                    "The oldest epoch that is taken. Needs --house-file, since a proof shows its epoch's digest, not its number.")
    private @Nullable Long oldest;

    @Option(
            names = "--nullifiers",
            paramLabel = "FILE",
            description = {
                "Remembers what was accepted: an account is accepted once per epoch and scope, with whatever proof. The file is made the",
                "first time and grows by a line for every accepted proof."
            })
    private @Nullable Path nullifiers;

    /** Refuses options that need one another. */
    void check() {
        if (oldest != null && epochs == null) {
            throw new BadInput("--oldest-epoch", oldest.toString(), "must stand beside --house-file");
        }
        if (requests != null && epochs == null) {
            throw new BadInput("--requests", requests.toString(), "must stand beside --house-file");
        }
        if (table != null && requests == null) {
            throw new BadInput("--table", table.toString(), "must stand beside --requests");
        }
        if (house != null && epochs == null) {
            throw new BadInput("--house", house, "must stand beside --house-file");
        }
    }

    /** What remains of a verification under these rules; only what they leave accepted is remembered. */
    Verification judge(Verification found, VerifyingKey key, PublicInputs shown) {
        if (!found.accepted()) {
            return found;
        }
        return stale(shown)
                .or(() -> shownBefore(shown))
                .map(reason -> Verification.refused(key, shown, reason))
                .orElse(found);
    }

    private Optional<String> stale(PublicInputs shown) {
        if (epochs == null) {
            return Optional.empty();
        }
        HouseFile list = HouseFile.read(ProverLibrary.load(), InputFile.bytes(epochs, HouseFile.BYTES_MAX));
        String signed = list.founding().house().hex();
        if (house != null && !Expectation.element("--house", house).hex().equals(signed)) {
            return Optional.of("epochs must be of house " + house + "; they are of house " + signed);
        }
        return list.refusal(epoch(list, shown.seal()), oldest == null ? 1 : oldest);
    }

    /** The epoch digest behind a seal: of the request seal that is given, else the seal itself. */
    private FieldElement epoch(HouseFile list, FieldElement seal) {
        if (requests == null) {
            return seal;
        }
        SealedRequests sealed = read(requests);
        if (!sealed.seal().value(ProverLibrary.load()).equals(seal)) {
            return seal;
        }
        if (table != null) {
            computeAgain(list, sealed, table);
        } else if (Quorum.of(list.founding()).verdict(sealed.statement(), sealed.signatures())
                instanceof Quorum.Verdict.Unattested(int valid, int threshold)) {
            throw new BadInput(
                    "--requests",
                    requests.toString(),
                    "must be signed by at least " + threshold + " members of the quorum; " + valid + " did");
        }
        return sealed.seal().epochDigest();
    }

    /** The rows at the seal's point, from the table that the epoch sealed; an epoch that is not in the list is refused later. */
    private static void computeAgain(HouseFile list, SealedRequests sealed, Path file) {
        RiskTable rows = TableFile.read(file);
        list.epochs().stream()
                .map(signed -> signed.sealed())
                .filter(epoch -> FieldElement.ofDigest(epoch.digest())
                        .equals(sealed.seal().epochDigest()))
                .findFirst()
                .ifPresent(epoch -> {
                    if (!rows.digest().equals(epoch.epoch().tableSha256())) {
                        throw new BadInput(
                                "--table",
                                file.toString(),
                                "must be the table of epoch " + epoch.epoch().number());
                    }
                    ProverLibrary library = ProverLibrary.load();
                    try (RiskTableTree tree = RiskTableTree.open(library, rows).orElseThrow()) {
                        sealed.check(library, tree);
                    } catch (IllegalArgumentException e) {
                        throw new BadInput("--requests", "", String.valueOf(e.getMessage()));
                    }
                });
    }

    private static SealedRequests read(Path file) {
        byte[] bytes = InputFile.bytes(file, SealedRequests.BYTES_MAX);
        try {
            return SealedRequests.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--requests", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> shownBefore(PublicInputs shown) {
        if (nullifiers == null) {
            return Optional.empty();
        }
        if (shown.nullifier().isZero()) {
            return Optional.of("nullifier is 0: the house proved, and nothing counts how often it is shown");
        }
        return new NullifierFile(nullifiers).add(shown.nullifier())
                ? Optional.empty()
                : Optional.of("nullifier was accepted before: this account has been shown in this epoch and scope");
    }
}
