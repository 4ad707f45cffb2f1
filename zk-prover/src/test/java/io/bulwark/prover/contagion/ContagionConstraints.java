package io.bulwark.prover.contagion;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.CircuitHandle;
import io.bulwark.prover.binding.ProverLibrary;
import java.util.List;

/** The constraints of a certificate's circuit without keys: for asking whether they accept a request, without proving it. */
final class ContagionConstraints implements AutoCloseable {
    private final ProverLibrary library;
    private final CircuitHandle circuit;

    private ContagionConstraints(ProverLibrary library, CircuitHandle circuit) {
        this.library = library;
        this.circuit = circuit;
    }

    /** The constraints of a shape, compiled: a few seconds. */
    public static ContagionConstraints of(ProverLibrary library, ContagionShape shape) {
        byte[] request = CanonicalValue.array(
                        CanonicalValue.text("bulwark-compile"),
                        CanonicalValue.integer(1),
                        CanonicalValue.text(shape.circuit()),
                        shape.encoded())
                .encode();
        return new ContagionConstraints(library, library.compileCircuit(request).orElseThrow());
    }

    /** By scenario, what accounts are forced to sell and buy at the published vectors, where the constraints accept the request. */
    public Answer<List<ForcedFlows>> solve(ContagionRequest request) {
        return library.solveContagion(circuit, request.table().encode(), request.encode())
                .map(ContagionConstraints::flows);
    }

    private static List<ForcedFlows> flows(CanonicalFields answer) {
        List<ForcedFlows> flows = ContagionProver.flows(answer);
        answer.end();
        return flows;
    }

    @Override
    public void close() {
        circuit.close();
    }
}
