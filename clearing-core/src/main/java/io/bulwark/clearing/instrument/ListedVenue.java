package io.bulwark.clearing.instrument;

import io.bulwark.clearing.position.EvidenceGrade;
import java.util.Locale;

/**
 * A venue whose accounts may be margined.
 *
 * @param number permanent
 * @param name such as {@code aave}
 * @param chain its CAIP-2 chain identifier, such as {@code eip155:1}; for a venue without a chain {@code venue:NAME}
 * @param ageMillisMax how old an accepted snapshot may be and still count in full
 * @param leastGrade the least evidence that its derivatives may have
 * @param mode what stands behind the connection to it
 */
public record ListedVenue(
        int number, String name, String chain, long ageMillisMax, EvidenceGrade leastGrade, ConnectionMode mode) {
    /**
     * What stands behind a connection to a venue: whether the house could do anything there, or only looks. A founding file
     * says it, and it is sealed with the file; no margin is less for it, and a venue liquidates by its own rule in every mode.
     */
    public enum ConnectionMode {
        /** The house reads. Neither venue nor member has given anything up on its word. */
        ADVISORY,
        /** What stands there is pledged to the house: its owner cannot take it away without the house. */
        PLEDGED,
        /** What stands there is in the house's own custody, under its keys. */
        CUSTODIED;

        /** As founding files and answers write it: advisory, pledged, custodied. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A venue that is only read. */
    public ListedVenue(int number, String name, String chain, long ageMillisMax, EvidenceGrade leastGrade) {
        this(number, name, chain, ageMillisMax, leastGrade, ConnectionMode.ADVISORY);
    }
}
