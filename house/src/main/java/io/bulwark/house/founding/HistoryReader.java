package io.bulwark.house.founding;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
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
    private static final String SHIPPED = "shipped:";

    private HistoryReader() {}

    /**
     * The history of a founding file that has no folder: all its series come with the program. Empty if it names none.
     *
     * @throws BadInput if a file would lie in the founding file's folder, or as where there is one
     */
    public static Optional<PriceHistory> read(FoundingFile founding) {
        founding.history().stream()
                .filter(series -> !series.file().startsWith(SHIPPED))
                .findFirst()
                .ifPresent(series -> {
                    throw new BadInput(
                            "history." + series.group(),
                            series.file(),
                            "must be read from the founding file's folder, or be one that comes with the program: "
                                    + SHIPPED + PriceFile.SHIPPED);
                });
        return read(founding, Path.of(""));
    }

    /**
     * The history of a founding file; empty if it names none.
     *
     * @throws BadInput if two series are of one group, a file has no prices of the underlying or is another than its SHA-256 says
     */
    public static Optional<PriceHistory> read(FoundingFile founding, Path folder) {
        Map<String, PriceFile> files = new HashMap<>();
        SortedMap<String, DailyPrices> groups = new TreeMap<>();
        for (HistoryReference series : founding.history()) {
            PriceFile file = files.computeIfAbsent(series.file(), name -> file(name, folder));
            requireDigest(series, file);
            DailyPrices prices = file.history(series.underlying())
                    .orElseThrow(() -> new BadInput(
                            "history." + series.group(),
                            series.underlying(),
                            "must be one of the underlyings of " + series.file() + ": " + file.underlyings()));
            if (founding.groups().stream().noneMatch(g -> g.name().equals(series.group()))) {
                throw new BadInput("history." + series.group(), series.file(), "must be of a listed group");
            }
            if (groups.put(series.group(), prices.named(series.group())) != null) {
                throw new BadInput("history." + series.group(), series.file(), "must stand once");
            }
        }
        return groups.isEmpty() ? Optional.empty() : Optional.of(new PriceHistory(groups));
    }

    private static PriceFile file(String name, Path folder) {
        return name.startsWith(SHIPPED)
                ? PriceFile.shipped(name.substring(SHIPPED.length()))
                : PriceFile.read(folder.resolve(name));
    }

    private static void requireDigest(HistoryReference series, PriceFile file) {
        series.sha256()
                .map(Digest::parse)
                .filter(named -> !named.equals(file.sha256()))
                .ifPresent(named -> {
                    throw new BadInput(
                            "history." + series.group() + ".sha256",
                            named.hex(),
                            "must be that of " + series.file() + ": "
                                    + file.sha256().hex());
                });
    }
}
