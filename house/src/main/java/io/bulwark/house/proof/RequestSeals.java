package io.bulwark.house.proof;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.founding.Home;
import io.bulwark.house.founding.SigningKeys;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.RequestSeal;
import io.bulwark.prover.commitment.RequestTree;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.wallet.SealRequest;
import io.bulwark.prover.wallet.SealedRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/**
 * Collects what owners want sealed and seals it, epoch by epoch. A request waits as an empty file with the commitment's name: nobody is asked
 * whose it is, and the same one twice is one.
 */
public final class RequestSeals {
    private static final String WAITING = "waiting-";

    private final ProverLibrary library;
    private final Home home;
    private final EpochArchive archive;
    private final SigningKeys signing;
    private final SecureRandom random = new SecureRandom();

    public RequestSeals(ProverLibrary library, Home home, EpochArchive archive, SigningKeys signing) {
        this.library = library;
        this.home = home;
        this.archive = archive;
        this.signing = signing;
    }

    /**
     * Takes a request; it waits until the requests of its epoch are sealed.
     *
     * @return the epoch's number
     * @throws BadInput if no sealed epoch has that digest
     */
    public long take(SealRequest request) {
        SealedEpoch epoch = archive.digested(request.epochDigest().digest())
                .orElseThrow(() -> new BadInput(
                        "epochDigest", request.epochDigest().hex(), "must be that of an epoch that this house sealed"));
        try {
            Path file = waiting(epoch.epoch().number(), request.opening())
                    .resolve(request.commitment().hex());
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            return epoch.epoch().number();
        } catch (IOException e) {
            throw new UncheckedIOException("request", e);
        }
    }

    /**
     * Seals the requests that wait for an epoch among fillers, in no order; the quorum's members on this machine sign.
     *
     * @param opening of the keys that the proofs will be made with
     * @throws BadInput if none waits
     */
    public SealedRequests seal(ComputedEpoch computed, Opening opening) {
        Epoch epoch = computed.sealed().epoch();
        try (Stream<Path> files = Files.list(waiting(epoch.number(), opening));
                RiskTableTree table =
                        RiskTableTree.open(library, computed.table()).orElseThrow()) {
            List<Path> waiting = files.toList();
            if (waiting.isEmpty()) {
                throw new BadInput("epoch", String.valueOf(epoch.number()), "must have requests that wait");
            }
            List<FieldElement> leaves = RequestTree.mixed(
                    waiting.stream()
                            .map(file -> FieldElement.ofDigest(
                                    Digest.parse(file.getFileName().toString())))
                            .toList(),
                    random);
            SealedRequests signed = seal(computed, opening, leaves, table);
            for (Path file : waiting) {
                Files.delete(file);
            }
            return signed;
        } catch (IOException e) {
            throw new UncheckedIOException("requests", e);
        }
    }

    /** Seals these leaves, in their order. */
    SealedRequests seal(ComputedEpoch computed, Opening opening, List<FieldElement> leaves, RiskTableTree table) {
        SealedEpoch sealed = computed.sealed();
        try (RequestTree tree = RequestTree.of(library, leaves)) {
            RequestSeal seal = RequestSeal.of(opening, FieldElement.ofDigest(sealed.digest()), tree.root(), table);
            SealedRequests unsigned =
                    new SealedRequests(sealed.epoch().house(), sealed.epoch().number(), seal, leaves, List.of());
            return unsigned.signed(signing.sign(unsigned.statement()));
        }
    }

    private Path waiting(long epoch, Opening opening) throws IOException {
        return Files.createDirectories(home.requests().resolve(WAITING + epoch + "-" + opening.label()));
    }
}
