package io.bulwark.house.founding;

import io.bulwark.clearing.document.Digest;
import java.util.Optional;

/**
 * Where a founding file finds the daily prices of a group.
 *
 * @param group name of the risk group
 * @param file a CSV file beside the founding file; {@code shipped:} before its name: one that comes with the program
 * @param underlying which of the file's underlyings it is: the name of a column, or the file's name without its ending
 * @param sha256 SHA-256 of the file, 64 hexadecimal digits: no other is taken; a reference without it takes the file as it is
 */
record HistoryReference(String group, String file, String underlying, Optional<String> sha256) {
    /** Checks that all are named. */
    HistoryReference {
        if (group.isBlank() || file.isBlank() || underlying.isBlank()) {
            throw new IllegalArgumentException(
                    "history must name group, file and underlying; have " + group + ", " + file + ", " + underlying);
        }
        sha256.ifPresent(Digest::parse);
    }
}
