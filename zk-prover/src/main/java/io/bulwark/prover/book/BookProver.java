package io.bulwark.prover.book;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.CircuitHandle;
import io.bulwark.prover.binding.ProverLibrary;

/** Makes books of one shape. */
public final class BookProver implements AutoCloseable {
    private final ProverLibrary library;
    private final BookKeys keys;
    private final CircuitHandle batch;
    private final CircuitHandle top;

    private BookProver(ProverLibrary library, BookKeys keys, CircuitHandle batch, CircuitHandle top) {
        this.library = library;
        this.keys = keys;
        this.batch = batch;
        this.top = top;
    }

    /**
     * A book as it was made.
     *
     * @param proof what everybody gets
     * @param kept what the next book of the house starts from: it holds subtotals and is the house's own
     * @param cost what it took
     */
    public record Proved(BookProof proof, byte[] kept, BookCost cost) {
        /** Copies. */
        public Proved {
            kept = kept.clone();
        }

        @Override
        public byte[] kept() {
            return kept.clone();
        }
    }

    /**
     * A prover with the keys of one shape.
     *
     * @throws io.bulwark.prover.binding.ProverException if the library refuses the keys
     */
    public static BookProver open(ProverLibrary library, BookKeys keys) {
        CircuitHandle batch = library.openCircuit(keys.batch().openRequest()).orElseThrow();
        try {
            return new BookProver(
                    library,
                    keys,
                    batch,
                    library.openCircuit(keys.top().openRequest()).orElseThrow());
        } catch (RuntimeException e) {
            batch.close();
            throw e;
        }
    }

    /**
     * Proves the book of an epoch and verifies it. A refusal names the account, the reserve or the declaration that is in the way.
     *
     * @param table the epoch's risk table
     * @param kept what the house's last book kept, or nothing
     */
    public Answer<Proved> prove(RiskTable table, BookRequest request, byte[] kept) {
        byte[] encoding = table.encode();
        return library.proveBook(batch, top, encoding, request.encode(kept)).map(answer -> proved(encoding, answer));
    }

    private Proved proved(byte[] table, CanonicalFields answer) {
        BookProof proof = BookProof.of(keys, table, answer.bytes("bundle"));
        byte[] kept = answer.bytes("kept");
        CanonicalFields measured = answer.fields("measured");
        BookCost cost = new BookCost(
                measured.integer("accounts"),
                measured.integer("batches"),
                measured.integer("batchesProved"),
                measured.integer("batchConstraints"),
                measured.integer("proveMillis"),
                measured.integer("cpuMillis"));
        measured.end();
        answer.end();
        return new Proved(proof, kept, cost);
    }

    @Override
    public void close() {
        batch.close();
        top.close();
    }

    /**
     * What a book took.
     *
     * @param accounts accounts counted
     * @param batches batches that they stand in
     * @param batchesProved batches proved anew; the others were kept
     * @param batchConstraints constraints of a batch
     * @param proveMillis time of all proofs and their check, ms
     * @param cpuMillis processor time of the same, ms
     */
    public record BookCost(
            long accounts, long batches, long batchesProved, long batchConstraints, long proveMillis, long cpuMillis) {}
}
