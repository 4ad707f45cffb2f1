package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.CircuitHandle;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.ProverRefusal;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.PublicInputs;
import io.bulwark.prover.witness.WitnessRequest;

/** Makes proofs of one shape. Safe for use by several threads: the library gives every proof its own copy of the circuit. */
public final class Prover implements AutoCloseable {
    private static final String TOO_LARGE_FOR_SHAPE = "NO_PROOF_IN_THIS_SHAPE";
    private static final String OPTIONS = "NO_BUFFER_PROOF_WITH_OPTIONS";

    private final ProverLibrary library;
    private final ProvingKeys keys;
    private final CircuitHandle circuit;
    private final Constraints constraints;
    private final Verifier verifier;

    private Prover(ProverLibrary library, ProvingKeys keys, CircuitHandle circuit) {
        this.library = library;
        this.keys = keys;
        this.circuit = circuit;
        this.constraints = new Constraints(library, circuit);
        this.verifier = new Verifier(library, keys.verifyingKey());
    }

    /** What becomes of a request. */
    public sealed interface Proving {
        /**
         * A proof, verified.
         *
         * @param bundle what a verifier gets
         * @param cost what it took
         */
        record Proved(ProofBundle bundle, ProvingCost cost) implements Proving {}

        /**
         * The account has a margin, but no proof in this shape.
         *
         * @param reason what is too large, in one line
         */
        record NoProofInThisShape(String reason) implements Proving {}

        /**
         * The claim is false, or the request belongs to another epoch, account or owner.
         *
         * @param refusal why; it holds no value of the witness
         */
        record Refused(ProverRefusal refusal) implements Proving {}
    }

    /**
     * A prover with the keys of one shape.
     *
     * @throws io.bulwark.prover.binding.ProverException if the library refuses the keys
     */
    public static Prover open(ProverLibrary library, ProvingKeys keys) {
        return new Prover(library, keys, library.openCircuit(keys.openRequest()).orElseThrow());
    }

    /** Proves a request over the table of its epoch, and verifies the proof. */
    public Proving prove(RiskTableTree table, WitnessRequest request) {
        return switch (keys.shape().fit(table.table(), request.leaf().account())) {
            case ProofShape.Fit.NoProof none -> new Proving.NoProofInThisShape(none.message());
            case ProofShape.Fit.Fits() -> proveFitting(table, request);
        };
    }

    private Proving proveFitting(RiskTableTree table, WitnessRequest request) {
        return switch (library.prove(circuit, table.handle(), request.encode())) {
            case Answer.Given<CanonicalFields> given -> proved(given.value(), request);
            case Answer.Refused<CanonicalFields> refused -> refused(refused.refusal());
        };
    }

    /** What becomes of a request that the library refuses: what the claim's candidate is too large for, only the library sees. */
    public static Proving refused(ProverRefusal refusal) {
        return switch (refusal.code()) {
            case TOO_LARGE_FOR_SHAPE ->
                new Proving.NoProofInThisShape("no proof in this shape: no room for " + refusal.where());
            case OPTIONS ->
                new Proving.NoProofInThisShape(
                        "no proof in this shape: an option in a claim over the buffer, at " + refusal.where());
            default -> new Proving.Refused(refusal);
        };
    }

    private Proving proved(CanonicalFields answer, WitnessRequest request) {
        Proof proof = Proof.of(answer.bytes("proof"));
        PublicInputs shown = PublicInputs.of(answer.fields("publicInputs"));
        CanonicalFields measured = answer.fields("measured");
        ProvingCost cost = new ProvingCost(
                keys.shape(),
                measured.integer("constraints"),
                measured.integer("proveMillis"),
                measured.integer("cpuMillis"));
        measured.end();
        answer.end();
        ProofBundle bundle = new ProofBundle(keys.verifyingKey().identity(), proof, shown);
        check(bundle, request.publicInputs(library));
        return new Proving.Proved(bundle, cost);
    }

    /** Nothing leaves that does not show what was asked for, or that others would refuse. */
    private void check(ProofBundle bundle, PublicInputs expected) {
        if (!bundle.publicInputs().equals(expected)) {
            throw new IllegalStateException(
                    "proof's public inputs must be " + expected + "; have " + bundle.publicInputs());
        }
        if (verifier.verify(bundle) instanceof Verifier.Verification.Invalid invalid) {
            throw new IllegalStateException("a proof just made must verify: " + invalid.reason());
        }
    }

    /** The circuit's constraints, to be asked without proving. */
    public Constraints constraints() {
        return constraints;
    }

    /** The keys in use. */
    public ProvingKeys keys() {
        return keys;
    }

    /** A verifier of this prover's proofs. */
    public Verifier verifier() {
        return verifier;
    }

    @Override
    public void close() {
        circuit.close();
    }
}
