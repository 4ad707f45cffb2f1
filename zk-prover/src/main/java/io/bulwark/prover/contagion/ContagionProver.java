package io.bulwark.prover.contagion;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.CircuitHandle;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.Proof;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.witness.PublicInputs;
import java.time.Duration;
import java.util.List;

/** Proves certificates of one shape. */
public final class ContagionProver implements AutoCloseable {
    private final ProverLibrary library;
    private final CircuitKeys keys;
    private final CircuitHandle circuit;

    private ContagionProver(ProverLibrary library, CircuitKeys keys) {
        this.library = library;
        this.keys = keys;
        this.circuit = library.openCircuit(keys.openRequest()).orElseThrow();
    }

    /**
     * A certificate as it was proved.
     *
     * @param proof what everybody gets
     * @param flows by scenario, what accounts are forced to sell and buy at the published vectors: the house's own
     * @param constraints of the circuit
     * @param took wall time
     * @param processor time of it, all cores
     */
    public record Proved(
            ProofBundle proof, List<ForcedFlows> flows, long constraints, Duration took, Duration processor) {
        /** Copies the flows. */
        public Proved {
            flows = List.copyOf(flows);
        }
    }

    /**
     * A prover with the keys of one shape, those of a {@link ContagionShape}.
     *
     * @throws io.bulwark.prover.binding.ProverException if the library refuses the keys
     */
    public static ContagionProver open(ProverLibrary library, CircuitKeys keys) {
        return new ContagionProver(library, keys);
    }

    /** Proves the vectors of an epoch; a refusal names what is in the way, such as a component that is too low. */
    public Answer<Proved> prove(ContagionRequest request) {
        return library.proveContagion(circuit, request.table().encode(), request.encode())
                .map(answer -> proved(request, answer));
    }

    private Proved proved(ContagionRequest request, CanonicalFields answer) {
        Proof proof = Proof.of(answer.bytes("proof"));
        PublicInputs shown = PublicInputs.of(answer.fields("publicInputs"));
        ContagionStatement asked = ContagionStatement.of(
                        library, (ContagionShape) keys.size(), request.table(), request.tariff())
                .orElseThrow();
        if (!shown.equals(asked.over(request.epoch().digest(library)))) {
            throw new IllegalStateException("proof must show what was asked, " + asked + "; shows " + shown);
        }
        List<ForcedFlows> flows = flows(answer);
        CanonicalFields measured = answer.fields("measured");
        Proved proved = new Proved(
                new ProofBundle(keys.verifyingKey().identity(), proof, shown),
                flows,
                measured.integer("constraints"),
                Duration.ofMillis(measured.integer("proveMillis")),
                Duration.ofMillis(measured.integer("cpuMillis")));
        measured.end();
        answer.end();
        return proved;
    }

    static List<ForcedFlows> flows(CanonicalFields answer) {
        return elements(answer.value("flows")).stream()
                .map(ContagionProver::components)
                .toList();
    }

    private static ForcedFlows components(CanonicalValue scenario) {
        CanonicalFields amounts = CanonicalFields.of("flows", scenario);
        ForcedFlows flows = new ForcedFlows(elements(scenario).stream()
                .map(ignored -> amounts.integer("flow"))
                .toList());
        amounts.end();
        return flows;
    }

    private static List<CanonicalValue> elements(CanonicalValue value) {
        if (value instanceof CanonicalValue.Array(List<CanonicalValue> elements)) {
            return elements;
        }
        throw new IllegalStateException("flows of the library must be arrays; have " + value);
    }

    @Override
    public void close() {
        circuit.close();
    }
}
