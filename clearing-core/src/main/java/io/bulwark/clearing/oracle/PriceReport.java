package io.bulwark.clearing.oracle;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import java.util.Objects;

/**
 * What one venue reports of one subject.
 *
 * @param venue the reporting venue's number
 * @param measure what is measured
 * @param subject the listed name of the risk group, asset or instrument
 * @param value &gt; 0, in the measure's unit
 * @param timeMillis the venue's time of the report
 */
public record PriceReport(int venue, Measure measure, String subject, Amount value, long timeMillis) {
    /** Checks the sign. */
    public PriceReport {
        Objects.requireNonNull(measure, "measure");
        Objects.requireNonNull(subject, "subject");
        if (value.signum() <= 0) {
            throw new IllegalArgumentException(measure + " of " + subject + " must be > 0; have " + value);
        }
    }

    /** SHA-256 of [venue, measure, subject, value, time]. */
    public Digest id() {
        return array(integer(venue), text(measure.name()), text(subject), text(value.toString()), integer(timeMillis))
                .sha256();
    }
}
