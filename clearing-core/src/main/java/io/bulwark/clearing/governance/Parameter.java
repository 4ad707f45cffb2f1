package io.bulwark.clearing.governance;

/**
 * A governed number, declared beside the code that reads it.
 *
 * @param name dotted, room first: {@code margin.phi}
 * @param unit its unit and scale, such as {@code ppm} or {@code u = 10^-4 USD}
 * @param least the least value that governance may set
 * @param most the greatest
 * @param initial the value at founding
 */
public record Parameter(String name, String unit, long least, long most, long initial) {
    /** Checks the bounds. */
    public Parameter {
        if (least > initial || initial > most) {
            throw new IllegalArgumentException(
                    name + " must be " + least + " to " + most + " " + unit + "; have " + initial);
        }
    }

    /** The value if it is inside the bounds. */
    public long checked(long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be " + least + " to " + most + " " + unit + "; have " + value);
        }
        return value;
    }
}
