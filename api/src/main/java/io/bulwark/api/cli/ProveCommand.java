package io.bulwark.api.cli;

import io.bulwark.api.cycle.AccountLine;
import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.api.cycle.House;
import io.bulwark.api.inquiry.ClaimWords;
import io.bulwark.api.inquiry.ProofInquiry;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.proof.KeyOrigin;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves one account's claim over a sealed epoch. */
@Command(
        name = "prove",
        description = {
            "Proves a claim of one account over a sealed epoch; the owner's key must be kept on this machine.",
            "Exit code 0: the proof is written; 1: the claim is false or has no proof in this shape; 2: bad input."
        })
public final class ProveCommand implements Callable<Integer> {
    private static final int NONCE_BYTES = 16;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--account", paramLabel = "N", required = true, description = "The account's number.")
    private int account;

    @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.")
    private @Nullable Long epoch;

    @Option(
            names = "--claim",
            paramLabel = "CLAIM",
            defaultValue = "excess-over-initial",
            description = "excess-over-initial, excess-over-maintenance or initial-margin. Default: ${DEFAULT-VALUE}")
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
            description = "Where the proof goes. Default: in the home's folder of proofs.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        ProofInquiry inquiry = inquiry();
        return OpenHouse.ask(house -> prove(house, inquiry));
    }

    private ProofInquiry inquiry() {
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

    private int prove(House house, ProofInquiry inquiry) {
        ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
        AccountLine line = sealed.account(account)
                .orElseThrow(() ->
                        new BadInput("--account", String.valueOf(account), "must be in epoch " + sealed.number()));
        Claim whole = inquiry.claim(line);
        PrintWriter err = spec.commandLine().getErr();
        Prover prover = house.desk().prover(sealed, whole.kind(), seconds -> {
            if (seconds > 0) {
                err.println("making the keys of the circuit: " + seconds + " s (about a minute, once)");
            }
        });
        return switch (house.desk().prove(sealed, account, whole, inquiry.challenge(), inquiry.scope())) {
            case Proving.Proved proved -> written(proved, whole, prover.keys().origin(), target(house, sealed));
            case Proving.NoProofInThisShape none -> refused(none.reason());
            case Proving.Refused refused -> refused(refused.refusal().toString());
        };
    }

    private Path target(House house, ComputedEpoch sealed) {
        return file != null
                ? file
                : house.home()
                        .proofs()
                        .resolve("epoch-" + sealed.number() + "-account-" + account + "-" + claim + ".json");
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
