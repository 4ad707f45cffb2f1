package io.bulwark.prover.ceremony;

import java.util.regex.Pattern;

/**
 * A circuit in one shape, as file names say it.
 *
 * @param circuit the circuit's name, e.g. {@code account}
 * @param label the shape's label: numbers and words joined by hyphens
 */
public record CircuitShape(String circuit, String label) {
    private static final Pattern NAME = Pattern.compile("[a-z]{1,20}(-[a-z]{1,20}){0,3}");
    private static final Pattern LABEL = Pattern.compile("[0-9a-z]{1,20}(-[0-9a-z]{1,20}){0,15}");

    /** Refuses what is no name of a circuit or of a shape. */
    public CircuitShape {
        if (!NAME.matcher(circuit).matches()) {
            throw new IllegalArgumentException(
                    "circuit must be words in small letters joined by hyphens; have " + circuit);
        }
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("shape must be numbers and words joined by hyphens; have " + label);
        }
    }

    /** Circuit and shape as they stand in file names. */
    @Override
    public String toString() {
        return circuit + "-" + label;
    }
}
