package io.bulwark.api.proof;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.PinnedHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.commitment.Claim;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes what is asked for. */
@Command(
        name = "ask",
        description = {
            "Writes what a verifier asks for, in words, with a fresh nonce. The prover runs 'bulwark proof prove account --ask FILE', the verifier",
            "'bulwark verify PROOF --ask FILE': both compute challenge, scope and statement from its text."
        })
final class AskCommand extends VerbCommand {
    private static final int NONCE_BYTES = 16;

    @Option(
            names = "--house",
            required = true,
            paramLabel = "HEX|NAME",
            description = "Whose accounts are meant: the house's identity, or its name in houses.json of the home.")
    private String house = "";

    @Option(
            names = "--verifier",
            required = true,
            paramLabel = "ID",
            description = "Who asks: an https origin in lower case with nothing behind it, or a CAIP-10 identifier.")
    private String verifier = "";

    @Option(
            names = "--purpose",
            required = true,
            paramLabel = "TEXT",
            description =
                    "What the proof is used for: an account counts once for each purpose. At most 255 bytes, in Unicode's form NFC.")
    private String purpose = "";

    @Option(
            names = "--beneficiary",
            required = true,
            paramLabel = "TEXT",
            description = "Who will show the proof, or whom it serves.")
    private String beneficiary = "";

    @Option(
            names = "--claim",
            required = true,
            paramLabel = "CLAIM",
            description = {
                "initial-margin, maintenance-margin or excess-over-buffer: equity is at least so much above it; initial-margin-equals: the",
                "initial margin is exactly so much; below-maintenance: the house proves a margin call of a named account."
            })
    private String claim = "";

    @Option(
            names = "--amount",
            paramLabel = "USD",
            defaultValue = "0",
            description = "How much, with at most four places. Default: ${DEFAULT-VALUE}")
    private String amount = "0";

    @Option(
            names = "--account",
            paramLabel = "N",
            description = "The account that must be named. Default: any, unnamed.")
    private @Nullable Long account;

    @Option(
            names = "--candidate",
            paramLabel = "LOTS",
            defaultValue = "given",
            description = "given, all-paid or returned. Default: ${DEFAULT-VALUE}")
    private String candidate = "given";

    @Option(
            names = "--oldest-epoch",
            paramLabel = "N",
            defaultValue = "1",
            description = "The oldest epoch that is taken. Default: ${DEFAULT-VALUE}")
    private long oldest = 1;

    @Option(names = "--once", description = "An account counts once; verify then needs --nullifiers.")
    private boolean once;

    @Option(
            names = "--standing",
            description =
                    "The account shows the same nullifier in every epoch, so that it can be followed through time.")
    private boolean standing;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: ${DEFAULT-VALUE}", defaultValue = "ask.json")
    private Path out = Path.of("ask.json");

    @Override
    public Integer call() {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        Ask ask = new Ask(
                PinnedHouse.named("--house", house),
                new Conversation(verifier, purpose, beneficiary, HexFormat.of().formatHex(nonce)),
                claim(),
                oldest,
                once);
        write(ask.encode());
        PrintWriter printed = out();
        printed.println("asks for: " + ClaimWords.of(ask.claim()));
        printed.println("  written to " + out + "; give it to the prover and keep it: the proof is checked against it"
                + (once ? ", and counts once" : ""));
        return ExitCode.OK;
    }

    private Claim claim() {
        Claim asked = ClaimWords.claim(
                ClaimWords.kind("--claim", claim),
                ClaimWords.candidate("--candidate", candidate),
                Ask.units("--amount", amount),
                account == null ? OptionalLong.empty() : OptionalLong.of(account));
        return standing ? Ask.standing(asked) : asked;
    }

    /** Never over another: a nonce that was given away must stay known. */
    private void write(byte[] file) {
        try {
            Files.write(out, file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new BadInput("--out", out.toString(), "must not exist: an ask is never written over");
        } catch (IOException e) {
            throw new UncheckedIOException("ask " + out, e);
        }
    }
}
