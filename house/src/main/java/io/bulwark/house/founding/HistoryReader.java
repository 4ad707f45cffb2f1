package io.bulwark.house.founding;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.pricefile.PriceFile;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceHistory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the price files that a founding file names, once, into the one document that is kept. */
public final class HistoryReader {
    private HistoryReader() {}

    /**
     * The history of a founding file; empty if it names none.
     *
     * @throws BadInput if two series are of one group, or a file has no prices of the underlying
     */
    public static Optional<PriceHistory> read(FoundingFile founding, Path folder) {
        Map<String, PriceFile> files = new HashMap<>();
        SortedMap<String, DailyPrices> groups = new TreeMap<>();
        for (HistoryReference series : founding.history()) {
            PriceFile file = files.computeIfAbsent(series.file(), name -> PriceFile.read(folder.resolve(name)));
            DailyPrices prices = file.history(series.underlying())
                    .orElseThrow(() -> new BadInput(
                            "history." + series.group(),
                            series.underlying(),
                            "must be one of the underlyings of " + series.file() + ": " + file.underlyings()));
            if (founding.groups().stream().noneMatch(g -> g.name().equals(series.group()))) {
                throw new BadInput("history." + series.group(), series.file(), "must be of a listed group");
            }
            if (groups.put(series.group(), named(series.group(), prices)) != null) {
                throw new BadInput("history." + series.group(), series.file(), "must stand once");
            }
        }
        return groups.isEmpty() ? Optional.empty() : Optional.of(new PriceHistory(groups));
    }

    private static DailyPrices named(String group, DailyPrices prices) {
        return new DailyPrices(group, prices.epochDays(), prices.open(), prices.high(), prices.low(), prices.close());
    }
}
