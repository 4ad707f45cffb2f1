package io.bulwark.research.volatility;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.forecast.VarianceHistory;
import io.bulwark.netting.forecast.VarianceMeasure;
import io.bulwark.netting.volatility.BadPrint;
import io.bulwark.netting.volatility.Cleaned;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceFilter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A variance history that was read from files.
 *
 * @param history what models may see
 * @param removed bad prints that were taken out, in words
 */
record ObservedPrices(VarianceHistory history, List<String> removed) {
    private static final List<String> CANDLE = List.of("open", "high", "low", "close");
    private static final int VOLUME = CANDLE.size();

    /**
     * How candles are read.
     *
     * @param name of the underlying; otherwise the first file's
     * @param measure of a day's variance
     * @param volume whether traded amounts are seen
     * @param raw whether bad prints stay, to show what they do
     */
    public record Reading(Optional<String> name, VarianceMeasure measure, boolean volume, boolean raw) {}

    public ObservedPrices {
        removed = List.copyOf(removed);
    }

    /**
     * Reads files. Files of candles are one history together, named by the first; days in two files must agree. A file with columns NAME_rv, NAME_ret and NAME_rsneg
     * is a history of realised variances a name.
     *
     * @throws BadInput if a file cannot be read, is neither, or breaks a rule
     */
    public static List<ObservedPrices> read(List<Path> files, Reading reading) {
        List<ObservedPrices> observed = new ArrayList<>();
        SortedMap<Integer, double[]> candles = new TreeMap<>();
        String underlying = "";
        for (VarianceFile file : files.stream().map(VarianceFile::read).toList()) {
            List<String> realised = file.before("_rv");
            if (realised.isEmpty()) {
                addCandles(file, candles);
                underlying = underlying.isEmpty() ? reading.name().orElse(stem(file.name())) : underlying;
            }
            realised.forEach(name -> observed.add(ofRealised(file, name)));
        }
        if (!candles.isEmpty()) {
            observed.add(ofCandles(underlying, candles, reading));
        }
        return observed;
    }

    private static String stem(String name) {
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private static void addCandles(VarianceFile file, SortedMap<Integer, double[]> candles) {
        if (!file.header().containsAll(CANDLE)) {
            throw new BadInput(
                    file.name(),
                    String.join(",", file.header()),
                    "must have open,high,low,close, or NAME_rv,NAME_ret,NAME_rsneg: closes alone have no variance of a day");
        }
        int[] days = file.epochDays();
        double[][] columns = new double[VOLUME + 1][days.length];
        for (int k = 0; k < VOLUME; k++) {
            columns[k] = file.numbers(CANDLE.get(k));
        }
        if (file.has("volume")) {
            columns[VOLUME] = file.numbers("volume");
        }
        for (int t = 0; t < days.length; t++) {
            int row = t;
            double[] candle =
                    Arrays.stream(columns).mapToDouble(column -> column[row]).toArray();
            double[] other = candles.putIfAbsent(days[t], candle);
            if (other != null && !Arrays.equals(other, candle)) {
                throw new BadInput(
                        file.name() + ", " + LocalDate.ofEpochDay(days[t]),
                        Arrays.toString(candle),
                        "must be what stood before: " + Arrays.toString(other));
            }
        }
    }

    private static ObservedPrices ofCandles(String underlying, SortedMap<Integer, double[]> candles, Reading reading) {
        int[] days = candles.keySet().stream().mapToInt(day -> day).toArray();
        double[][] columns = new double[VOLUME + 1][];
        for (int k = 0; k <= VOLUME; k++) {
            int column = k;
            columns[k] = candles.values().stream()
                    .mapToDouble(candle -> candle[column])
                    .toArray();
        }
        try {
            DailyPrices prices = new DailyPrices(underlying, days, columns[0], columns[1], columns[2], columns[3]);
            Cleaned cleaned = PriceFilter.clean(prices);
            return new ObservedPrices(
                    VarianceHistory.ofRanges(
                            reading.raw() ? prices : cleaned.prices(),
                            reading.volume() ? columns[VOLUME] : new double[0],
                            reading.measure()),
                    reading.raw()
                            ? List.of()
                            : cleaned.removed().stream()
                                    .map(ObservedPrices::words)
                                    .toList());
        } catch (IllegalArgumentException e) {
            throw new BadInput(underlying, "", String.valueOf(e.getMessage()));
        }
    }

    private static String words(BadPrint print) {
        return String.format(
                Locale.ROOT,
                "%s %s %s",
                LocalDate.ofEpochDay(print.epochDay()),
                print.field().name().toLowerCase(Locale.ROOT),
                print.value());
    }

    private static ObservedPrices ofRealised(VarianceFile file, String name) {
        return BadInput.refusing(
                file.name() + ", " + name,
                "",
                () -> new ObservedPrices(
                        VarianceHistory.ofRealised(
                                name,
                                file.epochDays(),
                                file.numbers(name + "_rv"),
                                file.numbers(name + "_ret"),
                                file.numbers(name + "_rsneg")),
                        List.of()));
    }
}
