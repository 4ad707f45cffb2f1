package io.bulwark.adapter;

import io.bulwark.clearing.position.EvidenceGrade;
import java.util.Objects;
import java.util.Set;

/**
 * What the house must know of a venue before it believes a number of it.
 *
 * @param venue the venue's permanent number
 * @param name its kind, such as {@code aave}
 * @param version counts the meanings that its bytes have had
 * @param finality when a horizon may be sealed, in words
 * @param signs how the venue counts sizes, sides and units, in words
 * @param rounding where the venue's own rounding meets ours, in words
 * @param grades the evidence that its holdings can have
 */
public record VenueProfile(
        int venue,
        String name,
        int version,
        String finality,
        String signs,
        String rounding,
        Set<EvidenceGrade> grades) {
    /** Copies the grades. */
    public VenueProfile {
        Objects.requireNonNull(name, "name");
        grades = Set.copyOf(grades);
    }
}
