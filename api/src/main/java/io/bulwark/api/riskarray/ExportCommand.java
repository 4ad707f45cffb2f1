package io.bulwark.api.riskarray;

import io.bulwark.api.account.EpochView;
import io.bulwark.api.account.MarginSource;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.venuemargin.PublishedEngine;
import io.bulwark.clearing.document.BadInput;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The risk arrays of a table, for other programs. */
@Command(
        name = "export",
        description = {
            "The risk arrays of a sealed epoch's table, or of --table's, on standard output: one row per instrument, profit and loss of one long",
            "lot, whole units of 0.0001 USD."
        })
public final class ExportCommand extends VerbCommand {
    @Option(
            names = "--format",
            required = true,
            paramLabel = "csv|span-xml",
            description = "As CSV, or as XML as the schema risk-arrays-1.xsd says.")
    private String format = "";

    @Option(
            names = "--array",
            paramLabel = "table|span-16",
            description = "The table's own scenarios, or the classic 16. Default: table.")
    private String array = "table";

    @Mixin
    private final MarginSource source = new MarginSource();

    @Override
    public Integer call() {
        PrintWriter out = out();
        BiConsumer<RiskArrays, Writer> form = form();
        form.accept(source.ask(arrays()), out);
        out.flush();
        return ExitCode.OK;
    }

    private BiConsumer<RiskArrays, Writer> form() {
        return switch (format) {
            case "csv" -> RiskArrayCsv::write;
            case "span-xml" -> RiskArrayXml::write;
            default -> throw new BadInput("--format", format, "must be csv or span-xml");
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
