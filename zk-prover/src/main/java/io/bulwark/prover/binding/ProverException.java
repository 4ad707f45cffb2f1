package io.bulwark.prover.binding;

/** A refusal where the caller could not go on with one. */
public final class ProverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProverRefusal refusal;

    /** What the caller does. */
    public enum Category {
        /** Ask again: nothing was wrong with what was asked. */
        RETRY,
        /** Ask something else: the same is refused again. */
        REFUSE,
        /** Stop until a person has looked: the library contradicts itself. */
        HALT
    }

    /** Carries the refusal. */
    public ProverException(ProverRefusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    /** What the caller does. */
    public Category category() {
        return refusal.kind().category();
    }

    /** Why the library refused. */
    public ProverRefusal refusal() {
        return refusal;
    }
}
