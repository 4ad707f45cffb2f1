package io.bulwark.api.cli;

import io.bulwark.api.cycle.AccountLine;
import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.api.cycle.House;
import io.bulwark.api.inquiry.ClaimWords;
import io.bulwark.api.inquiry.ProofInquiry;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.proof.KeyOrigin;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.ProvingKeys;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.wallet.RequestOpening;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves one account's claim over a sealed epoch. */
@Command(
        name = "prove",
        description = {
            "Proves a claim of one account over a sealed epoch. With --account the house proves, and the owner's key must be kept on its",
            "machine; with --bundle and --wallet the owner proves at home, without the house; with --margins the house shows of all accounts that",
            "what is sealed of their margins is the formula's.",
            "Exit code 0: the proof is written; 1: the claim is false or has no proof in this shape, or with --margins an account has none; 2: bad",
            "input."
        })
public final class ProveCommand implements Callable<Integer> {
    private static final int NONCE_BYTES = 16;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--account", paramLabel = "N", description = "The account's number, where the house proves.")
    private @Nullable Integer account;

    @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.")
    private @Nullable Long epoch;

    @Mixin
    private final HomeBundle home = new HomeBundle();

    @Mixin
    private final MarginProving margins = new MarginProving();

    @Option(
            names = "--claim",
            paramLabel = "CLAIM",
            defaultValue = "excess-over-initial",
            description =
                    "excess-over-initial, excess-over-maintenance, initial-margin, or excess-over-buffer where the house publishes one. Default: ${DEFAULT-VALUE}")
    private String claim = "excess-over-initial";

    @Option(
            names = "--candidate",
            paramLabel = "LOTS",
            defaultValue = "given",
            description = "given, all-paid or returned. Default: ${DEFAULT-VALUE}")
    private String candidate = "given";

    @Option(
            names = "--m",
            paramLabel = "U",
            description = "Amount in u = 0.0001 USD. Default: the exact margin for initial-margin, else 0.")
    private @Nullable Long m;

    @Option(names = "--named", description = "The proof names the account.")
    private boolean named;

    @Option(
            names = "--verifier",
            paramLabel = "ID",
            defaultValue = "https://localhost",
            description = "The verifier's CAIP-10 identifier or https origin. Default: ${DEFAULT-VALUE}")
    private String verifier = "https://localhost";

    @Option(
            names = "--purpose",
            paramLabel = "TEXT",
            defaultValue = "solvency",
            description = "What the verifier uses the proof for. Default: ${DEFAULT-VALUE}")
    private String purpose = "solvency";

    @Option(
            names = "--beneficiary",
            paramLabel = "TEXT",
            defaultValue = "anybody",
            description = "Who shows the proof, or whom it serves. Default: ${DEFAULT-VALUE}")
    private String beneficiary = "anybody";

    @Option(
            names = "--nonce",
            paramLabel = "TEXT",
            description = "What the verifier has not seen before. Default: 16 random bytes.")
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
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            return OpenHouse.ask(house -> margins.prove(house, OpenHouse.epoch(house, epoch), file, out, err));
        }
        if (account == null) {
            throw new BadInput("--account", "", "must be given, or --bundle and --wallet, or --margins");
        }
        ProofInquiry inquiry = inquiry(account);
        return OpenHouse.ask(house -> prove(house, inquiry));
    }

    private ProofInquiry inquiry(int account) {
        String fresh = nonce != null ? nonce : randomNonce();
        return new ProofInquiry(
                account,
                epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch),
                ProofInquiry.named("--claim", claim, Claim.Kind.values()),
                ProofInquiry.named("--candidate", candidate, Claim.Candidate.values()),
                m == null ? OptionalLong.empty() : OptionalLong.of(m),
                named,
                Challenge.of(verifier, beneficiary, fresh),
                Scope.of(verifier, purpose));
    }

    private static String randomNonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }

    private int proveAtHome(HomeBundle.Opened opened) {
        ProofInquiry inquiry = inquiry(opened.account());
        Claim whole = inquiry.claim(opened::margin);
        if (whole.kind() == Claim.Kind.BELOW_MAINTENANCE) {
            throw new BadInput("--claim", claim, "is the house's to prove: it must not stand beside --bundle");
        }
        opened.requireKind(whole.kind());
        ProvingKeys keys = opened.provingKeys();
        if (opened.commits()) {
            return committed(opened, keys, whole.candidate());
        }
        Path target = file != null ? file : opened.beside(name(opened.epoch(), opened.account()));
        spec.commandLine().getOut().println("epoch " + opened.epoch() + ", seal " + opened.seal());
        return answer(opened.prove(keys, whole, inquiry.challenge(), inquiry.scope()), whole, keys::origin, target);
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
                PrintWriter out = spec.commandLine().getOut();
                out.println("epoch " + opened.epoch() + ", seal " + opened.seal());
                out.println("committed: give the house " + request + " to seal, and keep " + kept);
                yield ExitCode.OK;
            }
        };
    }

    private int prove(House house, ProofInquiry inquiry) {
        int account = inquiry.account();
        ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
        AccountLine line = sealed.account(account)
                .orElseThrow(() ->
                        new BadInput("--account", String.valueOf(account), "must be in epoch " + sealed.number()));
        Claim whole = inquiry.claim(line);
        SetupProgress progress = KeyProgress.on(spec.commandLine().getErr());
        Path target = file != null ? file : house.home().proofs().resolve(name(sealed.number(), account));
        return answer(
                house.desk().prove(sealed, account, whole, inquiry.challenge(), inquiry.scope(), progress),
                whole,
                () -> house.desk().prover(sealed, whole.kind(), progress).keys().origin(),
                target);
    }

    private int answer(Proving proving, Claim whole, Supplier<KeyOrigin> origin, Path target) {
        return switch (proving) {
            case Proving.Proved proved -> written(proved, whole, origin.get(), target);
            case Proving.NoProofInThisShape none -> refused(none.reason());
            case Proving.Refused refused -> refused(refused.refusal().toString());
        };
    }

    private String name(long epoch, int account) {
        return "epoch-" + epoch + "-account-" + account + "-" + claim + ".json";
    }

    private int written(Proving.Proved proved, Claim whole, KeyOrigin origin, Path target) {
        try {
            Files.writeString(target, proved.bundle().toJson());
        } catch (IOException e) {
            throw new UncheckedIOException("proof file " + target, e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("proved: " + ClaimWords.of(whole));
        out.println("  " + proved.bundle().proof().bytes().length + " bytes, "
                + proved.cost().constraints() + " constraints, " + proved.cost().proveMillis() + " ms ("
                + proved.cost().cpuMillis() + " ms of processor)");
        out.println("  key: " + origin);
        out.println("  written to " + target);
        return ExitCode.OK;
    }

    private int refused(String reason) {
        spec.commandLine().getErr().println("bulwark: not proved: " + reason);
        return ExitCode.NEGATIVE;
    }
}
