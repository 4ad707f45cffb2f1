package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.witness.PublicInputs;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the one judge says of a proof: printed by every front, and made up by none.
 *
 * @param outcome trusted, valid but not anchored, or refused
 * @param firstWords TRUSTED, TRUSTED (test keys), NOT ANCHORED or REFUSED
 * @param sentence what the proof says; empty where it is refused
 * @param reason why it is refused; empty where it is not
 * @param pins what it must be tied to, and how each stands
 * @param origin who made the key, in words; empty where no key of its was found
 * @param circuit the circuit of its key; empty where no key of its was found
 * @param key identity of the key that the proof names
 * @param publicInputs what it shows
 * @param statement its fields
 * @param epoch number of its epoch, where a house file knows it
 * @param asOf the date that the verifier named in place of his clock; empty where the clock counted
 */
public record Judgement(
        Outcome outcome,
        String firstWords,
        Optional<String> sentence,
        Optional<String> reason,
        List<Pin> pins,
        String origin,
        String circuit,
        Digest key,
        PublicInputs publicInputs,
        Statement statement,
        Optional<Long> epoch,
        Optional<String> asOf) {
    /** Copies. */
    public Judgement {
        pins = List.copyOf(pins);
    }

    /** What a judgement comes to. */
    public enum Outcome {
        /** It holds, and every pin of its tag is given and fits. */
        TRUSTED,
        /** It holds, nothing that was given differs, and at least one pin is missing. */
        UNANCHORED,
        /** It does not hold, or something that was given differs. */
        REFUSED;

        /** The word in answers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a pin stands. */
    public enum State {
        /** It is given and fits. */
        GIVEN,
        /** It is not given. */
        MISSING,
        /** It is given and differs. */
        WRONG
    }

    /**
     * One thing that a proof must be tied to.
     *
     * @param name the pin
     * @param state how it stands
     * @param words of a missing pin, what its absence lets somebody do; of a wrong one, what differs
     */
    public record Pin(String name, State state, String words) {
        private static Pin of(CanonicalFields fields) {
            return new Pin(
                    fields.text("name"),
                    State.valueOf(fields.text("state").toUpperCase(Locale.ROOT)),
                    fields.text("words"));
        }
    }

    /**
     * The statement's integer, taken apart.
     *
     * @param tag which statement it is; each belongs to one circuit
     * @param choice candidate, cover number, groups or height
     * @param standing whether the nullifier is the same in every epoch
     * @param amount u, or an index
     * @param name 0, account number + 1, or a count
     */
    public record Statement(long tag, long choice, boolean standing, long amount, long name) {
        private static Statement of(CanonicalFields fields) {
            Statement statement = new Statement(
                    fields.integer("tag"),
                    fields.integer("choice"),
                    fields.bit("standing"),
                    fields.integer("amount"),
                    fields.integer("name"));
            fields.end();
            return statement;
        }
    }

    /** The pins that are missing. */
    public List<Pin> missing() {
        return pins.stream().filter(pin -> pin.state() == State.MISSING).toList();
    }

    /** A judgement as the library answers it. */
    public static Judgement of(CanonicalFields fields) {
        Judgement judgement = new Judgement(
                Outcome.valueOf(fields.text("outcome").toUpperCase(Locale.ROOT)),
                fields.text("first"),
                text(fields, "sentence"),
                text(fields, "reason"),
                fields.list("pins", Pin::of),
                fields.text("origin"),
                fields.text("circuit"),
                fields.digest("key"),
                PublicInputs.of(fields.fields("publicInputs")),
                Statement.of(fields.fields("statement")),
                Optional.of(fields.integer("epoch")).filter(number -> number > 0),
                text(fields, "asOf"));
        fields.end();
        return judgement;
    }

    private static Optional<String> text(CanonicalFields fields, String name) {
        return Optional.of(fields.text(name)).filter(text -> !text.isEmpty());
    }
}
