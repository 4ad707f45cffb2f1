package io.bulwark.api.epoch;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.house.House;
import io.bulwark.house.epoch.EpochArchive;
import io.bulwark.house.founding.SigningKeys;
import io.bulwark.house.pricefile.PriceFile;
import io.bulwark.netting.volatility.Cleaned;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceFilter;
import io.bulwark.netting.volatility.PriceFlag;
import io.bulwark.netting.volatility.PriceHistory;
import io.bulwark.netting.volatility.VolatilityParameters;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The daily prices that epochs estimate from, and more of them. */
@Command(
        name = "prices",
        description = {
            "The daily prices that epochs estimate from: how far they reach, days without one, and what looks strange.",
            "With --add the days of FILE that come after are taken in: the quorum's members of this machine sign the whole, and the next"
                    + " epoch estimates from it. At least three days must be in common and agree within 2 %%; what is kept is never"
                    + " written anew, and a day that is not over is refused.",
            "Exit code 0."
        })
final class PricesCommand extends VerbCommand {
    @Option(
            names = "--add",
            paramLabel = "FILE",
            description =
                    "Daily prices in CSV, a column of closes a group by its name, or BTC.csv with open, high, low and close.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        Path added = file;
        OpenHouse.ask(added == null ? this::said : house -> this.added(house, added))
                .forEach(out()::println);
        return ExitCode.OK;
    }

    private List<String> said(House house) {
        return lines(prices(house), parameters(house));
    }

    private List<String> added(House house, Path from) {
        PriceHistory kept = prices(house);
        List<String> lines = new ArrayList<>();
        PriceHistory read = read(from);
        SortedMap<String, DailyPrices> ours = new TreeMap<>(read.groups());
        ours.keySet().retainAll(kept.groups().keySet());
        if (ours.isEmpty()) {
            throw new BadInput(
                    "--add",
                    String.join(", ", read.groups().keySet()),
                    "must have prices of a group that has some: "
                            + String.join(", ", kept.groups().keySet()));
        }
        PriceHistory continued = kept.followedBy(new PriceHistory(ours));
        continued.groups().forEach((group, prices) -> {
            int more = prices.size() - kept.of(group).orElseThrow().size();
            lines.add(group + ": "
                    + (more == 0
                            ? "nothing new"
                            : more + (more == 1 ? " day" : " days") + " added, up to " + day(prices.lastDay())));
        });
        if (!continued.equals(kept)) {
            long number = house.listed().listPrices(continued);
            lines.add("signed by the quorum as prices " + number + ", " + continued.digest() + " ("
                    + SigningKeys.ONE_MACHINE + "); the next epoch estimates from them");
        }
        lines.addAll(lines(continued, parameters(house)));
        return lines;
    }

    /** What the file says; a day that is not over has no close yet. */
    private static PriceHistory read(Path file) {
        SortedMap<String, DailyPrices> groups = new TreeMap<>();
        int today = Math.toIntExact(LocalDate.now(ZoneOffset.UTC).toEpochDay());
        for (DailyPrices prices : PriceFile.read(file).histories()) {
            if (prices.lastDay() >= today) {
                throw new BadInput(
                        "prices." + prices.underlying(), day(prices.lastDay()), "must be days that are over (UTC)");
            }
            groups.put(prices.underlying(), prices);
        }
        return new PriceHistory(groups);
    }

    private static PriceHistory prices(House house) {
        return house.prices()
                .orElseThrow(() -> new BadInput(
                        "house",
                        "no daily prices",
                        "must have sealed an epoch over some: its founding file names them"));
    }

    /** As the last epoch was sealed; nothing is computed again for it. */
    private static ParameterSet parameters(House house) {
        return house.epochs()
                .latest()
                .map(last -> last.inputs().documents().get(EpochArchive.PARAMETERS))
                .map(digest ->
                        ParameterSet.of(CanonicalReader.read(house.documents().require(digest))))
                .orElseGet(ParameterSet::founding);
    }

    private static List<String> lines(PriceHistory history, ParameterSet parameters) {
        List<String> lines = new ArrayList<>();
        lines.add(row("group", "first day", "last day", "days", "missing", "replaced", "jumps"));
        history.groups().forEach((group, prices) -> {
            Cleaned cleaned = PriceFilter.clean(prices, parameters);
            lines.add(row(
                    group,
                    day(prices.epochDay(0)),
                    day(prices.lastDay()),
                    prices.size(),
                    prices.lastDay() - prices.epochDay(0) + 1 - prices.size(),
                    cleaned.removed().size(),
                    flags(cleaned, PriceFlag.Kind.JUMP)));
        });
        int reach = history.groups().values().stream()
                .mapToInt(DailyPrices::lastDay)
                .min()
                .orElseThrow();
        lines.add("epochs are sealed over them up to "
                + day(Math.toIntExact(reach + 1 + parameters.value(VolatilityParameters.HISTORY_AGE))) + " ("
                + VolatilityParameters.HISTORY_AGE.name() + ")");
        return lines;
    }

    private static long flags(Cleaned cleaned, PriceFlag.Kind kind) {
        return cleaned.flagged().stream().filter(flag -> flag.kind() == kind).count();
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-8s %-12s %-12s %8s %8s %8s %8s", cells);
    }

    private static String day(int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }
}
