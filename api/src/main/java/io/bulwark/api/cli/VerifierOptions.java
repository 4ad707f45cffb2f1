package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.Home;
import io.bulwark.api.inquiry.Ask;
import io.bulwark.api.inquiry.AskAnswer;
import io.bulwark.api.inquiry.HexInput;
import io.bulwark.api.inquiry.HouseFile;
import io.bulwark.api.inquiry.JsonFields;
import io.bulwark.api.inquiry.NullifierFile;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Expectation.Once;
import io.bulwark.prover.proof.Judgement;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.prover.wallet.SealedRequests;
import io.bulwark.prover.witness.PublicInputs;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a verifier knows beside the file that is checked. */
final class VerifierOptions {
    @Mixin
    private final PinnedHouse pinned = new PinnedHouse();

    @Option(
            names = "--key",
            paramLabel = "VK",
            description =
                    "A file of a verifying key; may stand more than once. Default: the one that the file names, in the home.")
    private List<Path> keys = new ArrayList<>();

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

    @Option(names = "--oldest-epoch", paramLabel = "N", description = "The oldest epoch that is taken.")
    private @Nullable Long oldest;

    @Option(
            names = "--max-age",
            paramLabel = "HOURS",
            defaultValue = "48",
            description =
                    "How old the newest epoch of the house's file may be by this machine's clock. Default: ${DEFAULT-VALUE}")
    private long maxAgeHours = 48;

    @Option(
            names = "--at",
            paramLabel = "DATE",
            description =
                    "A date in place of the clock, for recorded houses (2024-05-23T18:11:00Z); the answer says so.")
    private @Nullable String at;

    @Option(names = "--test", description = "Takes keys made on one machine, of a house that is founded with such.")
    private boolean test;

    @Option(
            names = "--compiled",
            paramLabel = "FILE",
            description = "Circuits that 'bulwark proof keys check' compiled. Default: its file in the home.")
    private @Nullable Path compiled;

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description =
                    "The sealed requests that a proof by seal, then challenge, is under, as 'bulwark requests seal' writes them.")
    private @Nullable Path requests;

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description =
                    "The published table of the proof's epoch: the rows at the point of --requests are computed from it again.")
    private @Nullable Path table;

    @Option(
            names = "--nullifiers",
            paramLabel = "FILE",
            description = {
                "Remembers which account answered which challenge: an account counts in one conversation at a time. Made the first time; only",
                "what is trusted is written there."
            })
    private @Nullable Path nullifiers;

    @Option(
            names = "--margins",
            paramLabel = "signed",
            description =
                    "Takes the signers' replay for what stands behind the margins of fund and contagion, where they are not proved.")
    private @Nullable String margins;

    /** What was asked for. */
    Optional<Ask> ask() {
        return Optional.ofNullable(ask).map(path -> Ask.read(InputFile.bytes(path, Ask.BYTES_MAX)));
    }

    /** The house's file; empty where none is given. */
    byte[] houseFile() {
        return pinned.file().orElseGet(() -> new byte[0]);
    }

    /**
     * Files of keys that were named, or the one in the home that a proof names.
     *
     * @throws BadInput if there is none
     */
    List<byte[]> keys(byte[] proof) {
        if (!keys.isEmpty()) {
            return keys.stream()
                    .map(path -> InputFile.bytes(path, VerifyingKey.FILE_BYTES_MAX))
                    .toList();
        }
        Digest identity = Digest.of(JsonFields.read(proof).bytes("key", Digest.LENGTH, Digest.LENGTH));
        return List.of(VerifyingKey.named(Home.ofEnvironment().folder().resolve("keys"), identity)
                .orElseThrow(() -> new BadInput(
                        "--key", "", "name the file of the verifying key " + identity.hex() + "; this home has none"))
                .encode());
    }

    /** What this verifier knows. */
    Expectation expectation(ProverLibrary library) {
        Expectation expected =
                new Expectation().maxAge(Duration.ofHours(maxAgeHours).toMillis());
        Optional<Ask> asked = ask();
        pinned.house(asked.map(Ask::house)).ifPresent(expected::house);
        if (at == null) {
            expected.clock(System.currentTimeMillis());
        } else {
            expected.at(date(at));
        }
        expected.oldestEpoch(
                oldest != null ? oldest : asked.map(Ask::oldestEpoch).orElse(0L));
        asked.ifPresent(a -> a.tell(expected));
        tellNumbers(expected, asked.isPresent());
        expected.once(once(asked.map(Ask::once).orElse(false)));
        expected.compiled(new CompiledCircuits(compiled != null ? compiled : CompiledCircuits.ofHome()).known());
        if (test) {
            expected.test();
        }
        if (margins != null) {
            if (!margins.equals("signed")) {
                throw new BadInput("--margins", margins, "must be signed");
            }
            expected.signedMargins();
        }
        tellRequests(expected, library);
        return expected;
    }

    private static long date(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException e) {
            throw new BadInput("--at", text, "must be a date such as 2024-05-23T18:11:00Z");
        }
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

    private void tellRequests(Expectation expected, ProverLibrary library) {
        if (requests == null) {
            if (table != null) {
                throw new BadInput("--table", table.toString(), "must stand beside --requests");
            }
            return;
        }
        SealedRequests sealed = read(requests);
        boolean checked = table != null && checked(library, sealed, TableFile.read(table), table);
        expected.requests(sealed.seal(), checked, sealed.signatures());
    }

    private static SealedRequests read(Path file) {
        byte[] bytes = InputFile.bytes(file, SealedRequests.BYTES_MAX);
        try {
            return SealedRequests.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--requests", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    /** Computes the rows at the seal's point again, from the table that the house's file says the epoch sealed. */
    private boolean checked(ProverLibrary library, SealedRequests sealed, RiskTable rows, Path file) {
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
            throw new BadInput("--requests", "", String.valueOf(e.getMessage()));
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
