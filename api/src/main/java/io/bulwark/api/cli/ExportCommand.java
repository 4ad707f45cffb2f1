package io.bulwark.api.cli;

import io.bulwark.api.export.RiskArrayCsv;
import io.bulwark.api.export.RiskArrayXml;
import io.bulwark.api.export.RiskArrays;
import io.bulwark.api.inquiry.EpochView;
import io.bulwark.api.inquiry.HouseFile;
import io.bulwark.api.venuemargin.PublishedEngine;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What other programs and contracts read: the risk arrays of a table, verifiers, proofs and signed epochs. */
@Command(
        name = "export",
        description = {
            "--format: the risk arrays of a sealed epoch's table, or of --table: one row per instrument, profit and loss of one long",
            "lot, whole units of 0.0001 USD. --verifier, --proof, --attestation: what contracts take. --house: what provers and verifiers",
            "keep. All on standard output, --house on request into a file."
        })
public final class ExportCommand implements Callable<Integer> {
    private static final String ON_STANDARD_OUTPUT = "-";

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Wanted wanted;

    @Option(
            names = "--array",
            paramLabel = "table|span-16",
            description = "The table's own scenarios, or the classic 16. Default: table.")
    private String array = "table";

    @Option(
            names = "--newest",
            paramLabel = "N",
            defaultValue = "" + HouseFile.EPOCHS_MAX,
            description = "How many epochs --house holds, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int newest;

    @Mixin
    private final MarginSource source = new MarginSource();

    /** What is to be exported: one of these. */
    private static final class Wanted {
        @Option(
                names = "--format",
                paramLabel = "csv|span-xml",
                description = "Risk arrays as CSV, or as XML as the schema risk-arrays-1.xsd says.")
        private String format = "";

        @Option(names = "--verifier", paramLabel = "VK", description = "The Solidity verifier of a verifying key.")
        private @Nullable Path verifier;

        @Option(
                names = "--proof",
                paramLabel = "FILE",
                description = "A proof bundle as a contract takes it: key, five inputs, 384 bytes.")
        private @Nullable Path proof;

        @Option(
                names = "--attestation",
                description = "A sealed epoch signed for contracts by the quorum members of this machine.")
        private boolean attestation;

        @Option(
                names = "--house",
                arity = "0..1",
                paramLabel = "FILE",
                fallbackValue = ON_STANDARD_OUTPUT,
                description =
                        "The house file, which provers and verifiers keep: founding document, signed list of keys, newest epochs with signatures.")
        private @Nullable String house;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (wanted.verifier != null) {
            out.print(ContractFiles.verifier(wanted.verifier));
        } else if (wanted.proof != null) {
            new Printout(out).json(ContractFiles.proof(wanted.proof));
        } else if (wanted.attestation) {
            new Printout(out).json(source.ofHouse((house, epoch) -> house.attestForChains(epoch.sealed())));
        } else if (wanted.house != null) {
            house(wanted.house);
        } else {
            BiConsumer<RiskArrays, Writer> form = form();
            form.accept(source.ask(arrays()), out);
        }
        out.flush();
        return ExitCode.OK;
    }

    private void house(String file) {
        if (newest < 1 || newest > HouseFile.EPOCHS_MAX) {
            throw new BadInput("--newest", String.valueOf(newest), "must be 1 to " + HouseFile.EPOCHS_MAX);
        }
        Map<String, Object> json =
                OpenHouse.ask(house -> HouseFile.of(house, newest)).json();
        if (file.equals(ON_STANDARD_OUTPUT)) {
            new Printout(spec.commandLine().getOut()).json(json);
            return;
        }
        try (PrintWriter written = new PrintWriter(Files.newBufferedWriter(Path.of(file)))) {
            new Printout(written).json(json);
            if (written.checkError()) {
                throw new UncheckedIOException(new IOException(file + " was not written whole"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BiConsumer<RiskArrays, Writer> form() {
        return switch (wanted.format) {
            case "csv" -> RiskArrayCsv::write;
            case "span-xml" -> RiskArrayXml::write;
            default -> throw new BadInput("--format", wanted.format, "must be csv or span-xml");
        };
    }

    private Function<EpochView, RiskArrays> arrays() {
        return switch (array) {
            case "table" -> view -> RiskArrays.ofTable(view.table());
            case "span-16" -> view -> RiskArrays.ofScan(view.table(), PublishedEngine.spanSixteen());
            default -> throw new BadInput("--array", array, "must be table or span-16");
        };
    }
}
