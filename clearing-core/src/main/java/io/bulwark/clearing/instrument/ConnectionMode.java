package io.bulwark.clearing.instrument;

import java.util.Locale;

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
