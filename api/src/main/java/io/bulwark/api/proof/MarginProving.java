package io.bulwark.api.proof;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.key.KeyProgress;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.proof.HouseMargins;
import io.bulwark.prover.commitment.MarginSample;
import io.bulwark.prover.proof.SetupProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a house that shows of its accounts' sealed margins that they are the formula's. */
final class MarginProving {
    private static final int TOLD_EACH = 16;

    @Option(
            names = "--margins",
            description = {
                "Shows of every account of the epoch, without its owner and without an amount, that the margin, equity and buffer sealed for it are",
                "the formula's. Fund and contagion count these. About 2.3 s of processor an account. Needs --out."
            })
    private boolean margins;

    @Option(
            names = "--sample",
            paramLabel = "K",
            description = {
                "With --margins: K accounts only, drawn by --beacon. One false leaf among N is then found with chance K/N, and whoever verifies a",
                "statement over the whole house is told so."
            })
    private @Nullable Integer sample;

    @Option(
            names = "--beacon",
            paramLabel = "HEX",
            description = "What draws the sample: 32 bytes that nobody knew when the epoch was signed.")
    private @Nullable String beacon;

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            description = "What the beacon is and where everybody can look it up, or the verifier whose nonce it is.")
    private @Nullable String source;

    boolean isGiven() {
        if (!margins && (sample != null || beacon != null || source != null)) {
            throw new BadInput("--margins", "", "must be given where --sample, --beacon or --source is");
        }
        return margins;
    }

    private Optional<MarginSample> drawn() {
        if (sample == null && beacon == null && source == null) {
            return Optional.empty();
        }
        if (sample == null || beacon == null || source == null) {
            throw new BadInput("--sample", "", "must stand beside --beacon and --source");
        }
        try {
            return Optional.of(new MarginSample(Digest.parse(beacon), source, sample));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--sample", String.valueOf(sample), String.valueOf(e.getMessage()));
        }
    }

    /** Proves, and writes the proofs; a house whose table is opened by seal, then challenge, writes the seal beside them. */
    int prove(House house, ComputedEpoch epoch, @Nullable Path file, PrintWriter out, PrintWriter err) {
        if (file == null) {
            throw new BadInput("--out", "", "must be given with --margins: where the proofs go");
        }
        SetupProgress progress = KeyProgress.on(err);
        HouseMargins.Proved proved = house.margins().prove(epoch, drawn(), progress, done -> {
            if (done % TOLD_EACH == 0) {
                err.println(done + " margins are proved");
            }
        });
        OutputFile.write(file, proved.proofs().encode());
        out.println("proved of " + proved.proofs().proofs().size() + " of " + proved.accounts() + " accounts of epoch "
                + epoch.number() + ": " + "the margin, equity and buffer sealed for it are the formula's");
        if (proved.drawn() < proved.accounts()) {
            out.println("  " + proved.drawn() + " were drawn: one false leaf is found with chance " + proved.drawn()
                    + " in " + proved.accounts());
        }
        proved.unproved()
                .forEach(
                        account -> out.println("  account " + account.number() + " has no proof: " + account.reason()));
        out.println("  key  " + proved.proofs().key());
        out.println("  seal " + proved.proofs().seal());
        proved.requests().ifPresent(requests -> {
            Path beside = file.resolveSibling(file.getFileName() + ".requests");
            OutputFile.write(beside, requests.encode());
            out.println("  requests under the seal, with the quorum's signatures, written to " + beside);
        });
        out.println("  written to " + file);
        return proved.unproved().isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
    }
}
