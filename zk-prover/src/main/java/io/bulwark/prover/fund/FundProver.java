package io.bulwark.prover.fund;

import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.CircuitHandle;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.Proof;

/** Proves funds of one shape. */
public final class FundProver implements AutoCloseable {
    private final ProverLibrary library;
    private final CircuitKeys keys;
    private final CircuitHandle circuit;

    private FundProver(ProverLibrary library, CircuitKeys keys) {
        this.library = library;
        this.keys = keys;
        this.circuit = library.openCircuit(keys.openRequest()).orElseThrow();
    }

    /**
     * A fund as it was proved.
     *
     * @param proof what everybody gets
     * @param need what the two members lose together in the worst scenario, u: the house's own
     * @param constraints of the circuit
     * @param proveMillis wall time
     * @param cpuMillis processor time
     */
    public record Proved(FundProof proof, long need, long constraints, long proveMillis, long cpuMillis) {}

    /**
     * A prover with the keys of one shape.
     *
     * @throws io.bulwark.prover.binding.ProverException if the library refuses the keys
     */
    public static FundProver open(ProverLibrary library, CircuitKeys keys) {
        return new FundProver(library, keys);
    }

    /** Proves the fund of an epoch; a refusal names what is in the way, such as a fund that is too small. */
    public Answer<Proved> prove(RiskTable vault, FundRequest request) {
        return library.proveFund(circuit, vault.encode(), request.encode()).map(answer -> proved(request, answer));
    }

    private Proved proved(FundRequest request, CanonicalFields answer) {
        Proof proof = Proof.of(answer.bytes("proof"));
        CanonicalFields inputs = answer.fields("publicInputs");
        FieldElement seal = element(inputs, "seal");
        element(inputs, "fund");
        long scenarios = element(inputs, "scenarios").value().longValueExact();
        FieldElement margins = element(inputs, "margins");
        element(inputs, "cover");
        inputs.end();
        long need = Long.parseLong(answer.text("need"));
        CanonicalFields measured = answer.fields("measured");
        FundProof shown =
                new FundProof(keys.verifyingKey().identity(), proof, seal, request.fund(), scenarios, margins);
        Proved proved = new Proved(
                shown,
                need,
                measured.integer("constraints"),
                measured.integer("proveMillis"),
                measured.integer("cpuMillis"));
        measured.end();
        answer.end();
        return proved;
    }

    private static FieldElement element(CanonicalFields fields, String name) {
        return FieldElement.ofDigest(fields.digest(name));
    }

    @Override
    public void close() {
        circuit.close();
    }
}
