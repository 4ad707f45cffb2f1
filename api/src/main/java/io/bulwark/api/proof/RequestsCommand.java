package io.bulwark.api.proof;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.SigningKeys;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.wallet.SealRequest;
import io.bulwark.prover.wallet.SealedRequests;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The house's part in proofs by seal, then challenge: it seals commitments without asking whose they are. */
@Command(
        name = "requests",
        description = {
            "The house's part in proofs by seal, then challenge: takes what 'bulwark proof prove account --commit' wrote, and seals all that wait at once. It",
            "learns neither whose a commitment is nor what it will be shown for."
        },
        synopsisSubcommandLabel = "STEP")
final class RequestsCommand extends StepCommand {
    @Command(name = "take", description = "Takes requests; they wait until those of their epoch are sealed.")
    int take(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "1..*",
                            description = "Files of 'bulwark proof prove account --commit'.")
                    List<Path> files) {
        List<SealRequest> requests = files.stream().map(RequestsCommand::read).toList();
        return OpenHouse.ask(house -> {
            requests.forEach(request ->
                    out().println("taken for epoch " + house.requests().take(request)));
            return ExitCode.OK;
        });
    }

    private static SealRequest read(Path file) {
        byte[] bytes = InputFile.bytes(file, SealRequest.BYTES_MAX);
        return BadInput.refusing("FILE", file.toString(), () -> SealRequest.decode(bytes));
    }

    @Command(
            name = "seal",
            description =
                    "Seals all requests that wait for an epoch, among fillers, and writes what everybody may read.")
    int seal(
            @Option(names = "--epoch", paramLabel = "N", description = "A sealed epoch. Default: the latest.") @Nullable
                    Long epoch,
            @Option(
                            names = "--small-key",
                            description = "Those of proofs with the small key, which have seals of their own.")
                    boolean small,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "Where the seal goes. Default: in the home's folder of proofs.")
                    @Nullable
                    Path file) {
        return OpenHouse.ask(house -> {
            SealedRequests sealed =
                    house.requests().seal(OpenHouse.epoch(house, epoch), small ? Opening.COMPACT : Opening.CHALLENGE);
            byte[] encoding = sealed.encode();
            Path target = file != null
                    ? file
                    : house.home()
                            .proofs()
                            .resolve("epoch-" + sealed.epoch() + "-requests-"
                                    + Digest.sha256(encoding).hex().substring(0, 16) + ".cbor");
            OutputFile.write(target, encoding);
            out().println("sealed requests of epoch " + sealed.epoch() + ": "
                    + sealed.commitments().size() + " commitments with fillers, signed by "
                    + sealed.signatures().size() + " of the quorum ("
                    + SigningKeys.ONE_MACHINE + "), written to " + target);
            return ExitCode.OK;
        });
    }
}
