package io.bulwark.clearing.document;

/** Something that has no canonical encoding, or bytes that are not one: says which field, which value and which rule. */
public final class CanonicalException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String rule;

    /**
     * A refusal.
     *
     * @param field where: a field's name or path, or a byte position
     * @param value what stands there, shortened where long
     * @param rule what should have stood there
     */
    public CanonicalException(String field, String value, String rule) {
        super(field + " " + rule + "; have " + value);
        this.field = field;
        this.value = value;
        this.rule = rule;
    }

    /** Where. */
    public String field() {
        return field;
    }

    /** What stands there. */
    public String value() {
        return value;
    }

    /** What should have stood there. */
    public String rule() {
        return rule;
    }
}
