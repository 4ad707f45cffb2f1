package io.bulwark.research.volatility;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.forecast.TreeShape;
import io.bulwark.netting.forecast.VarianceMeasure;
import io.bulwark.netting.forecast.WalkForward.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains the learned volatility, judges it out of sample and writes the model file and its card. */
@Command(
        name = "forecast",
        description = {
            "Forecasts tomorrow's variance by log-HAR and boosted trees, walks every model forward through the history and prints",
            "losses (QLIKE), gain over EWMA and Diebold-Mariano statistics, and what the volatility is worth in margin.",
            "FILE is CSV: date,open,high,low,close[,volume] (several such files are one history), or columns NAME_rv, NAME_ret and",
            "NAME_rsneg of realised variances. Bad prints are taken out first. Same input, same bytes."
        })
public final class ForecastCommand extends VerbCommand {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Price files.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "Days ahead, 1 or 2 (default ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private int days;

    @Option(
            names = "--trees",
            paramLabel = "N",
            description = "Stages of boosting (default ${DEFAULT-VALUE}); the learning rate keeps their product.",
            defaultValue = "60")
    private int trees;

    @Option(names = "--parkinson", description = "Variance of a candle by Parkinson instead of Garman and Klass.")
    private boolean parkinson;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Name of the underlying of candles; otherwise that of the first file.")
    private @Nullable String group;

    @Option(
            names = "--no-volume",
            description = "Learns without traded amounts, as a model must that is evaluated over sealed prices.")
    private boolean noVolume;

    @Option(names = "--quick", description = "Without the trees alone: half the time.")
    private boolean quick;

    @Option(names = "--raw", description = "Leaves bad prints in, to see what they do.")
    private boolean raw;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR", description = "Writes model files and cards here.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        if (days < 1 || days > 2) {
            throw new BadInput("--days", String.valueOf(days), "must be 1 or 2");
        }
        VarianceMeasure measure = parkinson ? VarianceMeasure.PARKINSON : VarianceMeasure.GARMAN_KLASS;
        List<ForecastReport> reports =
                ObservedPrices.read(
                                files, new ObservedPrices.Reading(Optional.ofNullable(group), measure, !noVolume, raw))
                        .stream()
                        .map(observed -> ForecastReport.of(observed, contenders(), shape(), days))
                        .toList();
        print(reports);
        if (out != null) {
            for (ForecastReport report : reports) {
                write(out, report);
            }
        }
        return ExitCode.OK;
    }

    private Set<Contender> contenders() {
        Set<Contender> contenders = EnumSet.allOf(Contender.class);
        if (quick) {
            contenders.remove(Contender.TREES);
        }
        return contenders;
    }

    private TreeShape shape() {
        return BadInput.refusing("--trees", String.valueOf(trees), () -> TreeShape.PUBLISHED.withTrees(trees));
    }

    private void print(List<ForecastReport> reports) {
        if (json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            reports.forEach(report -> all.add(ForecastText.json(report)));
            new Printout(out()).json(JsonNodeFactory.instance.objectNode().set("forecasts", all));
            return;
        }
        reports.forEach(report -> out().println(ForecastText.table(report)));
        out().flush();
    }

    private static void write(Path directory, ForecastReport report) {
        String name = report.card().model().underlying();
        try {
            Files.createDirectories(directory);
            Files.write(
                    directory.resolve(name + ".forecast-model.cbor"),
                    report.card().model().encode());
            Files.write(
                    directory.resolve(name + ".learned-volatility.cbor"),
                    report.learned().canonical().encode());
            Files.writeString(
                    directory.resolve(name + ".founding.json"),
                    ForecastText.founding(report).toPrettyString() + "\n",
                    UTF_8);
            Files.writeString(
                    directory.resolve(name + ".model-card.md"), report.card().markdown(), UTF_8);
            Files.writeString(
                    directory.resolve(name + ".model-card.json"),
                    ForecastText.json(report).toPrettyString() + "\n",
                    UTF_8);
        } catch (IOException e) {
            throw new BadInput("--out", directory.toString(), "cannot be written: " + e.getMessage());
        }
    }
}
