package io.bulwark.api.inquiry;

/** Input that the house refuses: the caller's to correct. It names the field, the value that stood there, and the rule that the value breaks; nothing was changed. */
public final class RefusedInput extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int VALUE_LENGTH_MAX = 80;

    private final String field;
    private final String value;
    private final String rule;

    /**
     * @param field path of the field within the input, such as {@code changes[0].lots}; the name of an option or a file at the command line
     * @param value what stood there, shortened to 80 characters; never a secret
     * @param rule what would have been accepted, in words
     */
    public RefusedInput(String field, String value, String rule) {
        super(field + ": " + shown(value) + " is refused; " + rule);
        this.field = field;
        this.value = shown(value);
        this.rule = rule;
    }

    /** Field, value and rule in one sentence. */
    public String sentence() {
        return field + ": " + value + " is refused; " + rule;
    }

    /** Path of the field within the input. */
    public String field() {
        return field;
    }

    /** What stood there, at most 80 characters of it. */
    public String value() {
        return value;
    }

    /** What would have been accepted. */
    public String rule() {
        return rule;
    }

    /** One line without control characters, so that no input can forge a line of a log or a terminal. */
    private static String shown(String value) {
        String line = value.codePoints()
                .limit(VALUE_LENGTH_MAX)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.length() < value.length() ? line + "…" : line;
    }
}
