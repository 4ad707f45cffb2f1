package io.bulwark.netting.risktable;

/**
 * A rule that a table breaks.
 *
 * @param check the rule
 * @param where the entry or group that breaks it, with the value
 */
public record Violation(PublicationCheck check, String where) {
    /** The violation as one sentence. */
    public String text() {
        return check + ": " + where + "; rule: " + check.rule();
    }
}
