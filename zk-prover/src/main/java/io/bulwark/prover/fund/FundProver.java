package io.bulwark.prover.fund;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.CircuitHandle;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.Proof;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.witness.PublicInputs;
import java.time.Duration;

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
     * @param took wall time
     * @param processor time of it, all cores
     */
    public record Proved(ProofBundle proof, long need, long constraints, Duration took, Duration processor) {}

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
        return library.proveFund(circuit, vault.encode(), request.encode())
                .map(answer -> proved(vault, request, answer));
    }

    private Proved proved(RiskTable vault, FundRequest request, CanonicalFields answer) {
        Proof proof = Proof.of(answer.bytes("proof"));
        PublicInputs shown = PublicInputs.of(answer.fields("publicInputs"));
        FundStatement asked = new FundStatement(request.fund(), vault.rowCount());
        if (!shown.equals(asked.over(request.epoch().digest(library)))) {
            throw new IllegalStateException("proof must show what was asked, " + asked + "; shows " + shown);
        }
        long need = Long.parseLong(answer.text("need"));
        CanonicalFields measured = answer.fields("measured");
        Proved proved = new Proved(
                new ProofBundle(keys.verifyingKey().identity(), proof, shown),
                need,
                measured.integer("constraints"),
                Duration.ofMillis(measured.integer("proveMillis")),
                Duration.ofMillis(measured.integer("cpuMillis")));
        measured.end();
        answer.end();
        return proved;
    }

    @Override
    public void close() {
        circuit.close();
    }
}
