package io.bulwark.house.founding;

/**
 * Where a founding file finds the daily prices of a group.
 *
 * @param group name of the risk group
 * @param file a CSV file, beside the founding file
 * @param underlying which of the file's underlyings it is: the name of a column, or the file's name without its ending
 */
record HistoryReference(String group, String file, String underlying) {
    /** Checks that all are named. */
    HistoryReference {
        if (group.isBlank() || file.isBlank() || underlying.isBlank()) {
            throw new IllegalArgumentException(
                    "history must name group, file and underlying; have " + group + ", " + file + ", " + underlying);
        }
    }
}
