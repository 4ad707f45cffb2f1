package io.bulwark.clearing.instrument;

import io.bulwark.clearing.position.EvidenceGrade;

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
    /** A venue that is only read. */
    public ListedVenue(int number, String name, String chain, long ageMillisMax, EvidenceGrade leastGrade) {
        this(number, name, chain, ageMillisMax, leastGrade, ConnectionMode.ADVISORY);
    }
}
