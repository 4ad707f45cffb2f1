package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.CircuitHandle;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.WitnessRequest;

/** The constraints of a circuit, to be asked whether they accept a request; no proof is made, and no key is needed. */
public final class Constraints implements AutoCloseable {
    private final ProverLibrary library;
    private final CircuitHandle circuit;

    Constraints(ProverLibrary library, CircuitHandle circuit) {
        this.library = library;
        this.circuit = circuit;
    }

    /**
     * What the circuit computes for a request that it accepts.
     *
     * @param initialMargin IM of the claimed candidate, u
     * @param maintenanceMargin MM of it, u
     * @param equity E of it, u
     */
    public record Solution(long initialMargin, long maintenanceMargin, long equity) {}

    /** The constraints of a shape, compiled: a few seconds. */
    public static Constraints of(ProverLibrary library, ProofShape shape) {
        byte[] request = CanonicalValue.array(
                        CanonicalValue.text("bulwark-compile"),
                        CanonicalValue.integer(1),
                        CanonicalValue.text(shape.circuit()),
                        shape.encoded())
                .encode();
        return new Constraints(library, library.compileCircuit(request).orElseThrow());
    }

    /**
     * The commitment to what a proof of an account's candidate will show, for the house to seal: the first round of the challenge opening.
     *
     * @param salt a fresh one, which the owner keeps
     */
    public Answer<FieldElement> commit(
            RiskTableTree table, AccountLeaf leaf, Claim.Candidate candidate, FieldElement salt) {
        return library.commit(circuit, table.handle(), leaf.encoded().encode(), candidate.number(), salt);
    }

    /** Asks the circuit's constraints whether they accept a request, without proving. */
    public Answer<Solution> solve(RiskTableTree table, WitnessRequest request) {
        return library.solve(circuit, table.handle(), request.encode()).map(Constraints::solution);
    }

    private static Solution solution(CanonicalFields answer) {
        Solution solution = new Solution(answer.integer("IM"), answer.integer("MM"), answer.integer("E"));
        answer.end();
        return solution;
    }

    @Override
    public void close() {
        circuit.close();
    }
}
