package io.bulwark.api.holding;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.book.Reserves;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a house says that it holds, as a text of lines {@code cash,U}, {@code NUMBER,LOTS} of an asset and {@code instrument NUMBER,LOTS}, by their
 * numbers in the risk table. What is not listed is not held; empty lines and lines that begin with # say nothing. Nothing shows what such a
 * file says: holdings with evidence do.
 */
public final class ReservesFile {
    public static final long BYTES_MAX = 1 << 20;

    private static final String CASH = "cash";
    private static final String INSTRUMENT = "instrument ";

    private ReservesFile() {}

    /**
     * Reads it.
     *
     * @param assets numbers of the risk table's assets, in its order
     * @param instruments those of its instruments
     * @throws BadInput if a line is another, stands twice, or names what the table does not list
     */
    public static Reserves of(String text, List<Integer> assets, List<Integer> instruments) {
        Map<String, Long> held = new HashMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] fields = line.split(",", -1);
            if (fields.length != 2 || !fields[1].trim().matches("\\d{1,18}")) {
                throw new BadInput("--reserves", line, "must be NUMBER,LOTS, instrument NUMBER,LOTS or cash,U");
            }
            if (held.put(fields[0].trim(), Long.parseLong(fields[1].trim())) != null) {
                throw new BadInput("--reserves", line, "must stand once");
            }
        });
        long cash = held.getOrDefault(CASH, 0L);
        held.remove(CASH);
        List<Long> lots =
                assets.stream().map(number -> taken(held, number.toString())).toList();
        List<Long> inKind = instruments.stream()
                .map(number -> taken(held, INSTRUMENT + number))
                .toList();
        held.keySet().stream().findFirst().ifPresent(unknown -> {
            throw new BadInput("--reserves", unknown, "must be cash, or an asset or instrument of the risk table");
        });
        return new Reserves(cash, lots, inKind);
    }

    private static long taken(Map<String, Long> held, String what) {
        Long lots = held.remove(what);
        return lots == null ? 0 : lots;
    }
}
