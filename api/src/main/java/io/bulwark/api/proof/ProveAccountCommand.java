package io.bulwark.api.proof;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.api.house.PinnedHouse;
import io.bulwark.api.key.KeyProgress;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.proof.KeyOrigin;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.ProvingKeys;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.wallet.RequestOpening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves one account's claim over a sealed epoch. */
@Command(
        name = "account",
        description = {
            "Proves a claim of one account over a sealed epoch. With --account the house proves, and the owner's key must be kept on its",
            "machine; with --bundle and --wallet the owner proves at home, without the house; with --margins the house shows of all accounts that",
            "what is sealed of their margins is the formula's.",
            "Exit code 0: the proof is written; 1: the claim is false or has no proof in this shape, or with --margins an account has none; 2: bad",
            "input."
        })
final class ProveAccountCommand extends VerbCommand {
    @Option(names = "--account", paramLabel = "N", description = "The account's number, where the house proves.")
    private @Nullable Integer account;

    @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.")
    private @Nullable Long epoch;

    @Mixin
    private final HomeBundle home = new HomeBundle();

    @Mixin
    private final MarginProving margins = new MarginProving();

    @Mixin
    private final PinnedHouse pinned = new PinnedHouse();

    @Option(
            names = "--unpinned",
            description = {
                "With --bundle, proves although neither --house-file nor --seal says that the epoch is the one that everybody sees: whoever wrote",
                "the bundle may have made it for this owner alone, and would know the proof by it."
            })
    private boolean unpinned;

    @Option(
            names = "--ask",
            paramLabel = "FILE",
            description =
                    "What the verifier asks for, as 'bulwark proof ask' wrote it. Takes the place of the options below.")
    private @Nullable Path ask;

    @Option(
            names = "--claim",
            paramLabel = "CLAIM",
            description =
                    "initial-margin, maintenance-margin, initial-margin-equals, or excess-over-buffer where the house publishes one; below-maintenance by the house.")
    private @Nullable String claim;

    @Option(names = "--candidate", paramLabel = "LOTS", description = "given, all-paid or returned. Default: given.")
    private @Nullable String candidate;

    @Option(
            names = "--m",
            paramLabel = "U",
            description = "Amount in u = 0.0001 USD. Default: the exact margin for initial-margin-equals, else 0.")
    private @Nullable Long m;

    @Option(names = "--named", description = "The proof names the account.")
    private boolean named;

    @Option(
            names = "--verifier",
            paramLabel = "ID",
            description =
                    "The verifier's https origin in lower case with nothing behind it, or its CAIP-10 identifier.")
    private @Nullable String verifier;

    @Option(names = "--purpose", paramLabel = "TEXT", description = "What the verifier uses the proof for.")
    private @Nullable String purpose;

    @Option(names = "--beneficiary", paramLabel = "TEXT", description = "Who shows the proof, or whom it serves.")
    private @Nullable String beneficiary;

    @Option(
            names = "--nonce",
            paramLabel = "TEXT",
            description = "What the verifier has not seen before: drawn by the verifier.")
    private @Nullable String nonce;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Where the proof goes. Default: in the home's folder of proofs; with --bundle, beside the bundle.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        if (home.isGiven()) {
            if (account != null || epoch != null) {
                throw new BadInput(
                        "--bundle",
                        "",
                        "says account and epoch itself: --account and --epoch must not stand beside it");
            }
            return proveAtHome(home.open());
        }
        if (margins.isGiven()) {
            return OpenHouse.ask(house -> margins.prove(house, OpenHouse.epoch(house, epoch), file, out(), err()));
        }
        if (account == null) {
            throw new BadInput("--account", "", "must be given, or --bundle and --wallet, or --margins");
        }
        Wish wish = wish(account);
        return OpenHouse.ask(house -> prove(house, wish));
    }

    /** What is to be proved, and of which house's account where that is said. */
    private record Wish(ProofInquiry inquiry, Optional<Ask> ask) {}

    private Wish wish(int account) {
        OptionalLong sealed = epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
        if (ask == null) {
            return new Wish(
                    new ProofInquiry(
                            account,
                            sealed,
                            ClaimWords.kind("--claim", required("--claim", claim)),
                            ClaimWords.candidate("--candidate", candidate == null ? "given" : candidate),
                            m == null ? OptionalLong.empty() : OptionalLong.of(m),
                            named,
                            new Conversation(
                                    required("--verifier", verifier),
                                    required("--purpose", purpose),
                                    required("--beneficiary", beneficiary),
                                    required("--nonce", nonce))),
                    Optional.empty());
        }
        boolean words = Stream.of(claim, candidate, verifier, purpose, beneficiary, nonce)
                .anyMatch(Objects::nonNull);
        if (words || m != null || named) {
            throw new BadInput(
                    "--ask", ask.toString(), "says what is to be proved: no such option must stand beside it");
        }
        Ask asked = Ask.read(InputFile.bytes(ask, Ask.BYTES_MAX));
        OptionalLong name = asked.claim().account();
        if (name.isPresent() && name.getAsLong() != account) {
            throw new BadInput(
                    "--ask", ask.toString(), "asks for account " + name.getAsLong() + "; this is " + account);
        }
        return new Wish(ProofInquiry.of(asked, account, sealed), Optional.of(asked));
    }

    private static String required(String option, @Nullable String text) {
        if (text == null) {
            throw new BadInput(option, "", "must be given, or --ask");
        }
        return text;
    }

    private int proveAtHome(HomeBundle.Opened opened) {
        Wish wish = wish(opened.account());
        Claim whole = wish.ask().map(Ask::claim).orElseGet(() -> wish.inquiry().claim(opened::margin));
        if (whole.kind() == Claim.Kind.BELOW_MAINTENANCE) {
            throw new BadInput(
                    "--claim",
                    ClaimWords.word(whole.kind()),
                    "is the house's to prove: it must not stand beside --bundle");
        }
        String tied = opened.tie(wish.ask(), pinned, unpinned);
        opened.requireKind(whole.kind());
        ProvingKeys keys = opened.provingKeys();
        if (opened.commits()) {
            return committed(opened, keys, whole.candidate());
        }
        Path target = file != null ? file : opened.beside(name(opened.epoch(), opened.account(), whole));
        out().println("epoch " + opened.epoch() + ", seal " + opened.seal() + ": " + tied);
        Conversation held = wish.inquiry().conversation();
        return answer(opened.prove(keys, whole, held.challenge(), held.scope()), whole, keys::origin, target);
    }

    /** The first round of the challenge opening: what the house seals names neither account nor claim. */
    private int committed(HomeBundle.Opened opened, ProvingKeys keys, Claim.Candidate candidate) {
        return switch (opened.commit(keys, candidate)) {
            case Answer.Refused<RequestOpening> refused ->
                refused(refused.refusal().toString());
            case Answer.Given<RequestOpening>(RequestOpening opening) -> {
                Path request = file != null ? file : opened.beside("epoch-" + opened.epoch() + ".request");
                Path kept = request.resolveSibling(request.getFileName() + ".opening");
                try {
                    Files.deleteIfExists(kept);
                    Files.createFile(
                            kept, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    Files.write(kept, opening.encode());
                    Files.write(request, opening.request().encode());
                } catch (IOException e) {
                    throw new UncheckedIOException("request " + request, e);
                }
                out().println("epoch " + opened.epoch() + ", seal " + opened.seal());
                out().println("committed: give the house " + request + " to seal, and keep " + kept);
                yield ExitCode.OK;
            }
        };
    }

    private int prove(House house, Wish wish) {
        ProofInquiry inquiry = wish.inquiry();
        int account = inquiry.account();
        ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
        requireAsked(sealed.sealed().epoch(), wish.ask());
        AccountLine line = sealed.account(account)
                .orElseThrow(() ->
                        new BadInput("--account", String.valueOf(account), "must be in epoch " + sealed.number()));
        Claim whole = wish.ask().map(Ask::claim).orElseGet(() -> inquiry.claim(line));
        SetupProgress progress = KeyProgress.on(err());
        Path target = file != null ? file : house.home().proofs().resolve(name(sealed.number(), account, whole));
        Conversation held = inquiry.conversation();
        return answer(
                house.desk().prove(sealed, account, whole, held.challenge(), held.scope(), progress),
                whole,
                () -> house.desk()
                        .prover(sealed, line, whole.kind(), progress)
                        .keys()
                        .origin(),
                target);
    }

    /** The house that proves is the one whose home this is; an ask for another, or for a later epoch, is not its to answer. */
    private void requireAsked(Epoch sealed, Optional<Ask> asked) {
        pinned.house(asked.map(Ask::house))
                .filter(h -> !h.equals(sealed.house()))
                .ifPresent(other -> {
                    throw new BadInput(
                            "--house",
                            other.hex(),
                            "must be this home's, " + sealed.house().hex());
                });
        asked.filter(a -> sealed.number() < a.oldestEpoch()).ifPresent(a -> {
            throw new BadInput(
                    "--ask",
                    String.valueOf(ask),
                    "takes no epoch before " + a.oldestEpoch() + "; this is " + sealed.number());
        });
    }

    private int answer(Proving proving, Claim whole, Supplier<KeyOrigin> origin, Path target) {
        return switch (proving) {
            case Proving.Proved proved -> written(proved, whole, origin.get(), target);
            case Proving.NoProofInThisShape none -> refused(none.reason());
            case Proving.Refused refused -> refused(refused.refusal().toString());
        };
    }

    private static String name(long epoch, int account, Claim whole) {
        return "epoch-" + epoch + "-account-" + account + "-" + ClaimWords.word(whole.kind()) + ".json";
    }

    private int written(Proving.Proved proved, Claim whole, KeyOrigin origin, Path target) {
        OutputFile.write(target, proved.bundle().toJson());
        out().println("proved: " + ClaimWords.of(whole));
        out().println("  " + proved.bundle().proof().bytes().length + " bytes, "
                + proved.cost().constraints() + " constraints, " + proved.cost().proveMillis() + " ms ("
                + proved.cost().cpuMillis() + " ms of processor)");
        out().println("  key: " + origin);
        out().println("  written to " + target);
        return ExitCode.OK;
    }

    private int refused(String reason) {
        err().println("bulwark: not proved: " + reason);
        return ExitCode.NEGATIVE;
    }
}
