package io.bulwark.prover.binding;

import java.io.Serializable;

/**
 * Why the native library did not do what was asked. It never holds a value of a witness: what is secret stays there.
 *
 * @param kind the class of refusal
 * @param code the refusal's name, e.g. CLAIM_NOT_MET; empty where the library gives only the class
 * @param where the field, component or stage that was refused, in the encodings' words; may be empty
 * @param constraint number of the first constraint of the circuit that did not hold; −1 where none was evaluated
 */
public record ProverRefusal(RefusalKind kind, String code, String where, long constraint) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The constraint number of a refusal that no constraint caused. */
    public static final long NO_CONSTRAINT = -1;

    /** A refusal before any constraint was evaluated. */
    static ProverRefusal of(RefusalKind kind, String where) {
        return new ProverRefusal(kind, "", where, NO_CONSTRAINT);
    }

    /** In one line: kind, code, place and constraint, as far as there are any. */
    @Override
    public String toString() {
        String name = code.isEmpty() ? "" : " " + code;
        String place = where.isEmpty() ? "" : " at " + where;
        String number = constraint == NO_CONSTRAINT ? "" : " (constraint " + constraint + ")";
        return kind + name + place + number;
    }
}
