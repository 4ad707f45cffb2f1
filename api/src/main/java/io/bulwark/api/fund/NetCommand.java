package io.bulwark.api.fund;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.network.NettingCycle;
import io.bulwark.netting.network.NettingCycle.CommodityNet;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Obligations between members, netted before they are settled. */
@Command(
        name = "net",
        description = {
            "Nets what members owe one another: one amount a member and commodity, with what that saves.",
            "Needs no house. The digest names the cycle: whoever has the obligations finds the same amounts."
        })
final class NetCommand extends VerbCommand {
    private static final int PERCENT_OF_PPM = 4;

    @Parameters(paramLabel = "FILE", description = "CSV: id,from,to,commodity,units.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--cycle", paramLabel = "N", defaultValue = "1", description = "Number of the cycle. Default: 1.")
    private long number;

    @Option(
            names = "--without",
            paramLabel = "MEMBER",
            description = "Leaves out a member who cannot pay, with all it owes and is owed. May stand several times.")
    private List<String> absent = List.of();

    @Override
    public Integer call() {
        NettingCycle cycle = cycle();
        for (String member : absent) {
            cycle = cycle.without(member);
        }
        print(cycle, out());
        return ExitCode.OK;
    }

    private NettingCycle cycle() {
        String text = InputFile.text(file, ObligationFile.BYTES_MAX);
        try {
            return NettingCycle.of(number, ObligationFile.read(String.valueOf(file.getFileName()), text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BadInput("FILE", file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static void print(NettingCycle cycle, PrintWriter out) {
        for (CommodityNet commodity : cycle.nets()) {
            out.println(commodity.commodity());
            commodity
                    .nets()
                    .forEach((member, net) -> out.println(String.format(
                            Locale.ROOT,
                            "  %-24s %8s %24d",
                            member,
                            net < 0 ? "pays" : net > 0 ? "receives" : "nothing",
                            Math.absExact(net))));
            out.println(String.format(
                    Locale.ROOT,
                    "  %d of %d settled: %s %% saved",
                    commodity.settled(),
                    commodity.gross(),
                    BigDecimal.valueOf(commodity.savedPpm(), PERCENT_OF_PPM).toPlainString()));
        }
        out.println("cycle " + cycle.number() + ": " + cycle.obligations().size() + " obligations, "
                + cycle.settlements() + " settlements; every commodity sums to zero");
        out.println("digest " + cycle.digest().hex());
    }
}
