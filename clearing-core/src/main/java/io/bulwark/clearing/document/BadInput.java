package io.bulwark.clearing.document;

import java.io.Serial;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Input that the house refuses: which field, what it held, which rule it breaks. Shown to the sender as it is; holds no secret. */
public final class BadInput extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What a parser quotes, but for single characters. */
    private static final Pattern FOUND = Pattern.compile("'[^']{2,}'");

    private final String field;
    private final String value;
    private final String rule;

    /**
     * A refusal.
     *
     * @param field path of the field
     * @param value what it held, empty if that says nothing
     * @param rule what it must be
     */
    public BadInput(String field, String value, String rule) {
        super(field + (value.isEmpty() ? "" : " = " + value) + ": " + rule);
        this.field = field;
        this.value = value;
        this.rule = rule;
    }

    /**
     * What a step gives; where it refuses its arguments, the refusal of the field that they came from.
     *
     * @param field path of the field
     * @param value what it held, empty if that says nothing
     */
    public static <T> T refusing(String field, String value, Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw new BadInput(field, value, String.valueOf(e.getMessage()));
        }
    }

    /** A parser's words in one line, without what it found: a file that is none of its kind may be somebody's key. */
    public static String withoutFinds(String said) {
        return FOUND.matcher(said.lines().findFirst().orElse("not well formed")).replaceAll("'…'");
    }

    /** Path of the field. */
    public String field() {
        return field;
    }

    /** What it held. */
    public String value() {
        return value;
    }

    /** What it must be. */
    public String rule() {
        return rule;
    }
}
