package io.bulwark.research.backtest;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.pricefile.PriceFile;
import io.bulwark.netting.volatility.BadPrint;
import io.bulwark.netting.volatility.Cleaned;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceFilter;
import io.bulwark.netting.volatility.PriceFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The histories of one or more files: files of the same underlying are joined, and bad prints are taken away.
 *
 * @param prices one history an underlying, in the order in which files name them
 * @param removed what the filter replaced
 * @param flagged what looks strange and stays: gaps, jumps, wide days, flat runs
 */
record PriceSeries(List<DailyPrices> prices, List<BadPrint> removed, List<PriceFlag> flagged) {
    private static final int COLUMNS = 4;

    public PriceSeries {
        prices = List.copyOf(prices);
        removed = List.copyOf(removed);
        flagged = List.copyOf(flagged);
    }

    /**
     * Reads and joins files; where two have a day, the one named first counts.
     *
     * @param files at least one
     * @param underlying name of the underlying of files that hold one without naming it
     */
    public static PriceSeries read(List<Path> files, Optional<String> underlying) {
        Map<String, TreeMap<Integer, double[]>> joined = new LinkedHashMap<>();
        for (Path file : files) {
            PriceFile read = PriceFile.read(file);
            boolean single = read.histories().size() == 1;
            for (DailyPrices history : read.histories()) {
                String name = single ? underlying.orElse(history.underlying()) : history.underlying();
                add(joined.computeIfAbsent(name, key -> new TreeMap<>()), history);
            }
        }
        List<DailyPrices> prices = new ArrayList<>();
        List<BadPrint> removed = new ArrayList<>();
        List<PriceFlag> flagged = new ArrayList<>();
        joined.forEach((name, rows) -> {
            Cleaned cleaned = PriceFilter.clean(prices(name, rows));
            prices.add(cleaned.prices());
            removed.addAll(cleaned.removed());
            flagged.addAll(cleaned.flagged());
        });
        return new PriceSeries(prices, removed, flagged);
    }

    /** These underlyings only, in this order; none named keeps all. */
    public PriceSeries only(List<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        List<DailyPrices> chosen = names.stream()
                .map(name -> prices.stream()
                        .filter(p -> p.underlying().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new BadInput(
                                "--assets",
                                name,
                                "must be one of "
                                        + prices.stream()
                                                .map(DailyPrices::underlying)
                                                .toList())))
                .toList();
        return new PriceSeries(
                chosen,
                removed.stream().filter(r -> names.contains(r.underlying())).toList(),
                flagged.stream().filter(f -> names.contains(f.underlying())).toList());
    }

    private static void add(TreeMap<Integer, double[]> rows, DailyPrices history) {
        double[] open = history.open();
        double[] high = history.high();
        double[] low = history.low();
        for (int row = 0; row < history.size(); row++) {
            rows.putIfAbsent(history.epochDay(row), new double[] {open[row], high[row], low[row], history.close(row)});
        }
    }

    private static DailyPrices prices(String name, TreeMap<Integer, double[]> rows) {
        double[][] columns = new double[COLUMNS][];
        for (int column = 0; column < COLUMNS; column++) {
            int at = column;
            columns[column] = rows.values().stream().mapToDouble(row -> row[at]).toArray();
        }
        int[] days = rows.keySet().stream().mapToInt(Integer::intValue).toArray();
        return new DailyPrices(name, days, columns[0], columns[1], columns[2], columns[3]);
    }
}
