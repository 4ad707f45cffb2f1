package io.bulwark.clearing.holding;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.position.EvidenceGrade;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * One piece of what a house holds.
 *
 * @param held cash, asset or instrument
 * @param lots how much, in lots; cash in u
 * @param place where: CAIP-10 of an address, venue and account, or a bank's reference
 * @param grade how well it is shown, as the house says; a reader takes what he finds himself
 * @param evidence digest of the {@link HoldingEvidence}
 * @param control signature that the place holds for this house ({@link PlaceControl}); empty: not shown
 * @param atMillis when it was so, UTC epoch milliseconds
 */
public record ReserveHolding(
        Held held, long lots, String place, EvidenceGrade grade, Digest evidence, byte[] control, long atMillis)
        implements Comparable<ReserveHolding> {
    private static final String SCHEMA = "bulwark-holding";
    private static final int VERSION = 1;
    private static final int CONTROL_MAX = 256;
    private static final int PLACE_MAX = 200;

    /** Copies, and checks ranges and forms. */
    public ReserveHolding {
        control = control.clone();
        if (lots < 0 || atMillis < 0) {
            throw new CanonicalException("holding.lots", lots + " at " + atMillis, "must be at least 0");
        }
        if (place.isBlank() || place.length() > PLACE_MAX || !place.codePoints().allMatch(c -> c > ' ' && c < 127)) {
            throw new CanonicalException(
                    "holding.place", place, "must be printable ASCII without spaces, 1 to " + PLACE_MAX);
        }
        if (control.length > CONTROL_MAX) {
            throw new CanonicalException(
                    "holding.control", control.length + " bytes", "must have at most " + CONTROL_MAX);
        }
    }

    @Override
    public byte[] control() {
        return control.clone();
    }

    /** The same holding with a control. */
    public ReserveHolding controlledBy(byte[] signature) {
        return new ReserveHolding(held, lots, place, grade, evidence, signature, atMillis);
    }

    /** The canonical form of holdings.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                held.canonical(),
                integer(lots),
                text(place),
                text(word(grade)),
                bytes(evidence),
                CanonicalValue.bytes(control),
                integer(atMillis));
    }

    static ReserveHolding of(CanonicalFields fields) {
        if (!fields.text("schema").equals(SCHEMA) || fields.integer("version") != VERSION) {
            throw new CanonicalException("holding.schema", "another", "must be " + SCHEMA + " " + VERSION);
        }
        return new ReserveHolding(
                Held.of(fields.fields("held")),
                fields.integer("lots"),
                fields.text("place"),
                grade(fields.text("grade")),
                fields.digest("evidence"),
                fields.bytes("control"),
                fields.integer("at"));
    }

    /** A grade as documents write it. */
    public static String word(EvidenceGrade grade) {
        return grade.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static EvidenceGrade grade(String word) {
        return Arrays.stream(EvidenceGrade.values())
                .filter(grade -> word(grade).equals(word))
                .findFirst()
                .orElseThrow(() -> new CanonicalException("holding.grade", word, "must be a grade of evidence"));
    }

    /** By what is held, then by place. */
    @Override
    public int compareTo(ReserveHolding other) {
        int byHeld = held.compareTo(other.held);
        return byHeld != 0 ? byHeld : place.compareTo(other.place);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReserveHolding that && canonical().equals(that.canonical());
    }

    @Override
    public int hashCode() {
        return Objects.hash(held, lots, place, grade, evidence, Arrays.hashCode(control), atMillis);
    }

    @Override
    public String toString() {
        return lots + " lots of " + held + " at " + place + ", " + word(grade)
                + (control.length == 0 ? "" : ", control " + HexFormat.of().formatHex(control));
    }
}
