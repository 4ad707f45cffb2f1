package io.bulwark.prover.binding;

/** A refusal where the caller could not go on with one. */
public final class ProverException extends RuntimeException {

    private final ProverRefusal refusal;

    /** Carries the refusal. */
    public ProverException(ProverRefusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    /** Why the library refused. */
    public ProverRefusal refusal() {
        return refusal;
    }
}
