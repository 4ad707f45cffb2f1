package io.bulwark.api.door;

/** What the exit codes of every verb mean. */
public final class ExitCode {
    /** Done; a proof is trusted. */
    public static final int OK = 0;
    /** Asked and answered with no: a proof that does not verify, a replay that differs, a case that disagrees. */
    public static final int NEGATIVE = 1;
    /** The input cannot be read, breaks a rule, or a part is missing. */
    public static final int BAD_INPUT = 2;
    /** Conformance: everything known agrees, and a kind is not known. */
    public static final int UNKNOWN_KIND = 3;

    /** A proof holds, and is not anchored: something that it must be tied to was not given. */
    public static final int NOT_ANCHORED = 4;

    private ExitCode() {}
}
