package io.bulwark.research.backtest;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.Printout;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.house.pricefile.PriceFile;
import io.bulwark.netting.volatility.DailyPrices;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The parameters that the house publishes from price histories, recomputed by whoever has the prices. */
@Command(
        name = "calibrate",
        description = {
            "Filters daily prices and prints what the house publishes from them: volatility, tail multiplier, regime,",
            "look-back, price range X, correlation before and after repair, kappa, and the digests that name all of it.",
            "CSV: date,open,high,low,close of one underlying, or date,NAME,NAME... of closes, or hourly candles",
            "open_time_utc,asset,open,high,low,close; lines that begin with # are comments."
        })
public final class CalibrateCommand extends VerbCommand {
    @Parameters(
            paramLabel = "PRICES.csv",
            arity = "1..*",
            description = "Price files. Days of a later file continue an underlying of the same name.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(
            names = "--asset",
            paramLabel = "NAME",
            description =
                    "Only this underlying; may be repeated. One alone names the underlying of files that name none.")
    private List<String> assets = List.of();

    @Option(names = "--until", paramLabel = "DAY", description = "Leaves out what is later than this day.")
    private @Nullable LocalDate until;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        CalibrationRun calibration = calibration(histories());
        if (json) {
            new Printout(out()).json(CalibrationText.tree(calibration));
        } else {
            out().print(CalibrationText.lines(calibration));
            out().flush();
        }
        return ExitCode.OK;
    }

    private static CalibrationRun calibration(List<DailyPrices> histories) {
        return BadInput.refusing("PRICES.csv", "", () -> CalibrationRun.of(histories, ParameterSet.founding()));
    }

    private List<DailyPrices> histories() {
        Map<String, DailyPrices> byName = new LinkedHashMap<>();
        for (Path file : files) {
            for (DailyPrices history : histories(PriceFile.read(file))) {
                byName.merge(history.underlying(), history, DailyPrices::followedBy);
            }
        }
        return chosen(byName);
    }

    private List<DailyPrices> histories(PriceFile file) {
        return file.named() || assets.size() != 1
                ? file.histories()
                : List.of(file.histories().getFirst().named(assets.getFirst()));
    }

    private List<DailyPrices> chosen(Map<String, DailyPrices> byName) {
        List<DailyPrices> chosen = new ArrayList<>();
        for (String asset : assets.isEmpty() ? byName.keySet() : assets) {
            DailyPrices history = byName.get(asset);
            if (history == null) {
                throw new BadInput("--asset", asset, "must be one of " + byName.keySet());
            }
            chosen.add(until == null ? history : upTo(history, until));
        }
        return chosen;
    }

    private static DailyPrices upTo(DailyPrices history, LocalDate day) {
        if (day.toEpochDay() < history.epochDay(0)) {
            throw new BadInput(
                    "--until", day.toString(), "must not be before " + LocalDate.ofEpochDay(history.epochDay(0)));
        }
        return history.until((int) Math.min(day.toEpochDay(), Integer.MAX_VALUE));
    }
}
