package io.bulwark.api.cli;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.prover.book.Reserves;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a house holds, as a text of lines {@code cash,U} and {@code NUMBER,LOTS}: an asset's number in the risk table and its lots. What is not
 * listed is not held; empty lines and lines that begin with # say nothing.
 */
final class ReservesFile {
    static final long BYTES_MAX = 1 << 20;

    private static final String CASH = "cash";

    private ReservesFile() {}

    /**
     * Reads it.
     *
     * @param assets numbers of the risk table's assets, in its order
     * @throws BadInput if a line is another, stands twice, or names an asset that the table does not list
     */
    static Reserves of(String text, List<Integer> assets) {
        Map<String, Long> held = new HashMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] fields = line.split(",", -1);
            if (fields.length != 2 || !fields[1].trim().matches("\\d{1,18}")) {
                throw new BadInput("--reserves", line, "must be NUMBER,LOTS or cash,U");
            }
            if (held.put(fields[0].trim(), Long.parseLong(fields[1].trim())) != null) {
                throw new BadInput("--reserves", line, "must stand once");
            }
        });
        long cash = held.getOrDefault(CASH, 0L);
        held.remove(CASH);
        List<Long> lots = assets.stream().map(number -> taken(held, number)).toList();
        held.keySet().stream().findFirst().ifPresent(unknown -> {
            throw new BadInput("--reserves", unknown, "must be cash or the number of an asset of the risk table");
        });
        return new Reserves(cash, lots);
    }

    private static long taken(Map<String, Long> held, int number) {
        Long lots = held.remove(Integer.toString(number));
        return lots == null ? 0 : lots;
    }
}
