package io.bulwark.api.verification;

import io.bulwark.api.door.HexInput;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.TableFile;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.proof.Ask;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Expectation.Once;
import io.bulwark.prover.proof.Judgement;
import io.bulwark.prover.wallet.SealedRequests;
import io.bulwark.prover.witness.PublicInputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a verifier knows beside the file that is checked, a conversation's proof above all. */
final class VerifierOptions {
    @Mixin
    private final AnchorOptions anchors = new AnchorOptions();

    @Mixin
    private final HouseTerms terms = new HouseTerms();

    @Option(
            names = "--ask",
            paramLabel = "FILE",
            description = {
                "What was asked for, as 'bulwark proof ask' wrote it. Which proof answered it is noted beside it: a second proof is refused, a",
                "second look at the same one says the same."
            })
    private @Nullable Path ask;

    @Option(names = "--challenge", paramLabel = "HEX", description = "For machines: the challenge that it must answer.")
    private @Nullable String challenge;

    @Option(names = "--scope", paramLabel = "HEX", description = "For machines: the scope that it must be made for.")
    private @Nullable String scope;

    @Option(
            names = "--statement",
            paramLabel = "HEX",
            description = "For machines: the whole statement that it must make.")
    private @Nullable String statement;

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description =
                    "The sealed requests that a proof by seal, then challenge, is under, as 'bulwark proof requests seal' writes them. Of margin proofs: FILE.requests.")
    private @Nullable Path requests;

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = {
                "The published table of the proof's epoch: the rows at the point of sealed requests are computed from it again, and with --tariff the",
                "terms of contagion vectors."
            })
    private @Nullable Path table;

    @Option(
            names = "--nullifiers",
            paramLabel = "FILE",
            description = {
                "Remembers which account answered which challenge: an account counts in one conversation at a time. Made the first time; only",
                "what is trusted is written there."
            })
    private @Nullable Path nullifiers;

    /** What was asked for. */
    Optional<Ask> ask() {
        return Optional.ofNullable(ask).map(path -> Ask.read(InputFile.bytes(path, Ask.BYTES_MAX)));
    }

    /** The house's file; empty where none is given. */
    byte[] houseFile() {
        return anchors.houseFile();
    }

    /** House, file, keys and time, for what is no single proof. */
    AnchorOptions anchors() {
        return anchors;
    }

    /** What stands beside a statement over a whole house. */
    HouseTerms terms() {
        return terms;
    }

    /** The published table that is named. */
    Optional<RiskTable> table() {
        return Optional.ofNullable(table).map(TableFile::read);
    }

    /**
     * Refuses what is said of one proof in a conversation where the file is none: nobody may take it for compared.
     *
     * @param what the file is
     */
    void refuseConversation(String what) {
        Map<String, Boolean> said = new LinkedHashMap<>();
        said.put("--ask", ask != null);
        said.put("--challenge", challenge != null);
        said.put("--scope", scope != null);
        said.put("--statement", statement != null);
        said.put("--nullifiers", nullifiers != null);
        refuse(said, what);
    }

    /** Refuses what is said of a table and of requests, where the file has neither. */
    void refuseTable(String what) {
        Map<String, Boolean> said = new LinkedHashMap<>();
        said.put("--requests", requests != null);
        said.put("--table", table != null);
        refuse(said, what);
    }

    private static void refuse(Map<String, Boolean> said, String what) {
        said.forEach((option, isGiven) -> {
            if (isGiven) {
                throw new BadInput(option, "", "must not stand beside " + what + ": nothing there is compared with it");
            }
        });
    }

    /**
     * Files of keys that were named, or the one in the home that a proof names.
     *
     * @throws BadInput if there is none
     */
    List<byte[]> keys(byte[] proof) {
        return anchors.namesKeys()
                ? anchors.keys()
                : anchors.keys(Digest.of(JsonFields.read(proof).bytes("key", Digest.LENGTH, Digest.LENGTH)));
    }

    /** What this verifier knows. */
    Expectation expectation(ProverLibrary library) {
        Optional<Ask> asked = ask();
        Expectation expected = anchors.expectation(
                asked.map(Ask::house), asked.map(Ask::oldestEpoch).orElse(0L));
        asked.ifPresent(a -> a.tell(expected));
        tellNumbers(expected, asked.isPresent());
        expected.once(once(asked.map(Ask::once).orElse(false)));
        terms.tellSigned(expected);
        if (requests == null && table != null && !terms.takeTable()) {
            throw new BadInput(
                    "--table", table.toString(), "must stand beside --requests, --tariff or --margin-proofs");
        }
        Optional.ofNullable(requests).ifPresent(path -> tell(expected, library, path, read(path)));
        return expected;
    }

    private void tellNumbers(Expectation expected, boolean asked) {
        if (asked && (challenge != null || scope != null || statement != null)) {
            throw new BadInput("--ask", "", "says challenge, scope and statement: none of them must stand beside it");
        }
        if (challenge != null) {
            expected.challenge(HexInput.element("--challenge", challenge));
        }
        if (scope != null) {
            expected.scope(HexInput.element("--scope", scope));
        }
        if (statement != null) {
            expected.statement(HexInput.element("--statement", statement));
        }
    }

    private Once once(boolean asked) {
        if (nullifiers != null) {
            return Once.FRESH;
        }
        return asked ? Once.UNKNOWN : Once.NOT_ASKED;
    }

    /** Tells of the sealed requests that margin proofs are under, those beside them where no others are named; gives them. */
    Optional<SealedRequests> tellRequestsOf(Path marginProofs, Expectation expected, ProverLibrary library) {
        Path beside = marginProofs.resolveSibling(marginProofs.getFileName() + ".requests");
        return Optional.ofNullable(requests)
                .or(() -> Optional.of(beside).filter(Files::exists))
                .map(path -> {
                    SealedRequests sealed = read(path);
                    tell(expected, library, path, sealed);
                    return sealed;
                });
    }

    private void tell(Expectation expected, ProverLibrary library, Path file, SealedRequests sealed) {
        boolean checked = table != null && checked(library, file, sealed, TableFile.read(table), table);
        expected.requests(sealed.seal(), checked, sealed.signatures());
    }

    private static SealedRequests read(Path file) {
        byte[] bytes = InputFile.bytes(file, SealedRequests.BYTES_MAX);
        return BadInput.refusing("--requests", file.toString(), () -> SealedRequests.decode(bytes));
    }

    /** Computes the rows at the seal's point again, from the table that the house's file says the epoch sealed. */
    private boolean checked(
            ProverLibrary library, Path requestsFile, SealedRequests sealed, RiskTable rows, Path file) {
        byte[] house = houseFile();
        if (house.length == 0) {
            throw new BadInput(
                    "--table", file.toString(), "must stand beside --house-file, which says which table it must be");
        }
        HouseFile.read(library, house)
                .epoch(sealed.seal().epochDigest().digest())
                .filter(epoch -> !rows.digest().equals(epoch.sealed().epoch().tableSha256()))
                .ifPresent(epoch -> {
                    throw new BadInput(
                            "--table",
                            file.toString(),
                            "must be the table of epoch "
                                    + epoch.sealed().epoch().number());
                });
        try (RiskTableTree tree = RiskTableTree.open(library, rows).orElseThrow()) {
            sealed.check(library, tree);
            return true;
        } catch (IllegalArgumentException e) {
            throw new BadInput("--requests", requestsFile.toString(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Holds a trusted proof against what was trusted before, and notes it: only then, since whoever can send one that is not anchored could else use up a nonce or an
     * account.
     *
     * @param proof SHA-256 of the proof's file
     * @return why it is refused all the same; empty if it is not
     */
    Optional<String> shownBefore(Judgement trusted, Digest proof) {
        PublicInputs shown = trusted.publicInputs();
        Optional<AskAnswer> answer = Optional.ofNullable(ask).map(AskAnswer::beside);
        if (answer.isPresent() && !answer.get().isFree(proof)) {
            return Optional.of("another proof answered this ask before");
        }
        if (nullifiers != null
                && !shown.nullifier().isZero()
                && !new NullifierFile(nullifiers)
                        .take(
                                shown.nullifier(),
                                shown.challenge(),
                                trusted.epoch().orElse(0L))) {
            return Optional.of("the nullifier answered another challenge: this account has been shown before");
        }
        return answer.filter(a -> !a.take(proof)).map(a -> "another proof answered this ask before");
    }
}
