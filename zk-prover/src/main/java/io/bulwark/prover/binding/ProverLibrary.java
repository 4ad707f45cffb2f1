package io.bulwark.prover.binding;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.bulwark.clearing.epoch.CanonicalException;
import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.clearing.epoch.CanonicalReader;
import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The native prover, and the one class that calls it.
 *
 * <p>Every length is checked before the boundary, since what goes wrong inside can take the process down. Bytes that the library
 * allocates are copied and freed at once. Safe for use by several threads.
 */
public final class ProverLibrary {
    /** The interface that this class speaks; a library that speaks another is refused on loading. */
    public static final int ABI_VERSION = 2;

    /** Longest encoding of a risk table, bytes. */
    public static final int TABLE_BYTES_MAX = 64 << 20;

    /** Longest encoding of any other request, bytes. */
    public static final int REQUEST_BYTES_MAX = 1 << 20;

    /** Longest request for a book, and longest book, bytes: some hundred bytes an account. */
    public static final int BOOK_BYTES_MAX = 256 << 20;

    /** Most elements of one hash. */
    public static final int ELEMENTS_MAX = 1 << 16;

    /** Deepest tree. */
    public static final int DEPTH_MAX = 16;

    private static final String FILE = "libbulwark.so";

    private final NativeProver prover;
    private final Digest sha256;
    private final NativeThreads threads = new NativeThreads();

    private ProverLibrary(NativeProver prover, Digest sha256) {
        this.prover = prover;
        this.sha256 = sha256;
    }

    private static @Nullable ProverLibrary loaded;

    /**
     * The library, loaded on the first call that succeeds.
     *
     * @throws IllegalStateException if there is none for this platform, or it speaks another interface
     */
    public static synchronized ProverLibrary load() {
        ProverLibrary library = loaded;
        if (library == null) {
            library = open();
            loaded = library;
        }
        return library;
    }

    private static ProverLibrary open() {
        String resource = "/" + Platform.RESOURCE_PREFIX + "/" + FILE;
        try {
            Path file = Native.extractFromResourcePath(resource, ProverLibrary.class.getClassLoader())
                    .toPath();
            NativeProver prover = Native.load(file.toString(), NativeProver.class);
            checkVersion(prover.bw_abi_version());
            return new ProverLibrary(prover, Digest.sha256(Files.readAllBytes(file)));
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "native prover " + resource
                            + " must be on the class path; Maven builds it (mvn generate-resources)",
                    e);
        }
    }

    private static void checkVersion(int version) {
        if (version != ABI_VERSION) {
            throw new IllegalStateException(
                    "native prover must speak interface version " + ABI_VERSION + "; have " + version);
        }
    }

    /** SHA-256 of the library's file: what keys made by it are filed under. */
    public Digest sha256() {
        return sha256;
    }

    /**
     * Sets the limits of the library's runtime.
     *
     * @param memoryLimitBytes soft limit of its heap, bytes; 0 leaves it
     * @param gcPercent growth of its heap between collections, per cent; 0 leaves it
     * @param cores threads that compute at once; 0 leaves it
     */
    public void configure(long memoryLimitBytes, int gcPercent, int cores) {
        byte[] request = CanonicalValue.array(
                        CanonicalValue.integer(memoryLimitBytes),
                        CanonicalValue.integer(gcPercent),
                        CanonicalValue.integer(cores))
                .encode();
        must("bw_config", () -> prover.bw_config(request, request.length));
    }

    /** H of a domain (its width included) over elements, in their order. */
    public FieldElement hash(int domain, List<FieldElement> elements) {
        checkAtMost("hash elements", elements.size(), ELEMENTS_MAX);
        byte[] bytes = FieldElement.concatenate(elements);
        byte[] out = new byte[FieldElement.BYTES];
        must("bw_hash", () -> prover.bw_hash(domain, bytes, elements.size(), out));
        return FieldElement.ofBytes(out);
    }

    /** An inner node of a tree, from its four children. */
    public FieldElement node(FieldElement first, FieldElement second, FieldElement third, FieldElement fourth) {
        byte[] children = FieldElement.concatenate(List.of(first, second, third, fourth));
        byte[] out = new byte[FieldElement.BYTES];
        must("bw_node", () -> prover.bw_node(children, out));
        return FieldElement.ofBytes(out);
    }

    /**
     * An empty 4-ary tree.
     *
     * @param depth levels between root and leaves, 1 to {@link #DEPTH_MAX}
     */
    public TreeHandle openTree(int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException("tree depth must be at least 1; have " + depth);
        }
        checkAtMost("tree depth", depth, DEPTH_MAX);
        long number = prover.bw_tree_open(depth);
        if (number <= 0) {
            throw new ProverException(ProverRefusal.of(RefusalKind.of(Math.toIntExact(number)), "bw_tree_open"));
        }
        return new TreeHandle(this, new NativeHandle("tree", number, prover::bw_tree_close), depth);
    }

    void treeUpdate(NativeHandle tree, long[] indices, byte[] leaves) {
        tree.use(
                number -> must("bw_tree_update", () -> prover.bw_tree_update(number, indices, leaves, indices.length)));
    }

    FieldElement treeRoot(NativeHandle tree) {
        byte[] out = new byte[FieldElement.BYTES];
        tree.use(number -> must("bw_tree_root", () -> prover.bw_tree_root(number, out)));
        return FieldElement.ofBytes(out);
    }

    byte[] treePath(NativeHandle tree, long index, int length) {
        byte[] out = new byte[length];
        tree.use(number -> must("bw_tree_path", () -> prover.bw_tree_path(number, index, out)));
        return out;
    }

    /** Reads a legal risk table from its canonical encoding, or names what is not legal. */
    public Answer<TableHandle> openTable(byte[] encoding) {
        checkAtMost("risk table bytes", encoding.length, TABLE_BYTES_MAX);
        LongByReference table = new LongByReference();
        return call((error, length) -> prover.bw_table_open(encoding, encoding.length, table, error, length))
                .map(nothing -> tableOf(table.getValue()));
    }

    private TableHandle tableOf(long number) {
        NativeHandle handle = new NativeHandle("risk table", number, prover::bw_table_close);
        byte[] out = new byte[FieldElement.BYTES];
        must("bw_table_root", () -> prover.bw_table_root(number, out));
        return new TableHandle(this, handle, FieldElement.ofBytes(out));
    }

    FieldElement evaluatedRoot(NativeHandle table, FieldElement epoch, FieldElement requestRoot) {
        byte[] point = new byte[FieldElement.BYTES];
        byte[] root = new byte[FieldElement.BYTES];
        table.use(number -> must(
                "bw_table_evaluated",
                () -> prover.bw_table_evaluated(number, epoch.bytes(), requestRoot.bytes(), point, root)));
        return FieldElement.ofBytes(root);
    }

    /**
     * The commitment to an account's losses, groups and lots that a circuit's witness will have: what a request seals before its challenge.
     *
     * @param candidate number of the candidate
     * @param salt a fresh one
     */
    public Answer<FieldElement> commit(
            CircuitHandle circuit, TableHandle table, byte[] account, int candidate, FieldElement salt) {
        checkAtMost("account bytes", account.length, REQUEST_BYTES_MAX);
        byte[] out = new byte[FieldElement.BYTES];
        return circuit.handle()
                .use(c -> table.handle()
                        .use(t -> call((error, length) -> prover.bw_request_commit(
                                c, t, account, account.length, candidate, salt.bytes(), out, error, length))))
                .map(nothing -> FieldElement.ofBytes(out));
    }

    /** Leaf of the account tree, from the account's canonical encoding. */
    public Answer<FieldElement> accountLeaf(byte[] account) {
        return leaf(account, prover::bw_account_leaf);
    }

    /** Leaf of the tree of venue attestations, from the attestation's canonical encoding. */
    public Answer<FieldElement> attestationLeaf(byte[] attestation) {
        return leaf(attestation, prover::bw_attestation_leaf);
    }

    private interface LeafCall {
        int call(byte[] encoding, long length, byte[] out, PointerByReference error, LongByReference errorLength);
    }

    private Answer<FieldElement> leaf(byte[] encoding, LeafCall function) {
        checkAtMost("leaf bytes", encoding.length, REQUEST_BYTES_MAX);
        byte[] out = new byte[FieldElement.BYTES];
        return call((error, length) -> function.call(encoding, encoding.length, out, error, length))
                .map(nothing -> FieldElement.ofBytes(out));
    }

    /** Makes keys by a set-up that whoever runs it could abuse, and writes them, labelled unsafe, where the request says. Takes long. */
    public Answer<CanonicalFields> setUp(byte[] request) {
        checkAtMost("set-up request bytes", request.length, REQUEST_BYTES_MAX);
        return threads.run(() -> call((out, length) -> prover.bw_setup(request, request.length, out, length)))
                .map(out -> CanonicalFields.of("set-up", CanonicalReader.read(out)));
    }

    /** Begins a ceremony; the answer's fields are the state of the ceremony, as in every step. */
    public Answer<CanonicalFields> beginCeremony(byte[] request) {
        return ceremony(prover::bw_ceremony_init, request);
    }

    /** Contributes to a ceremony. */
    public Answer<CanonicalFields> contributeToCeremony(byte[] request) {
        return ceremony(prover::bw_ceremony_contribute, request);
    }

    /** Verifies a ceremony. */
    public Answer<CanonicalFields> verifyCeremony(byte[] request) {
        return ceremony(prover::bw_ceremony_verify, request);
    }

    /** Verifies and closes a ceremony. */
    public Answer<CanonicalFields> sealCeremony(byte[] request) {
        return ceremony(prover::bw_ceremony_seal, request);
    }

    /** One step of a ceremony. */
    private interface CeremonyStep {
        int take(byte[] request, long length, PointerByReference out, LongByReference outLength);
    }

    private Answer<CanonicalFields> ceremony(CeremonyStep step, byte[] request) {
        checkAtMost("ceremony request bytes", request.length, REQUEST_BYTES_MAX);
        return threads.run(() -> call((out, length) -> step.take(request, request.length, out, length)))
                .map(out -> CanonicalFields.of("ceremony", CanonicalReader.read(out)));
    }

    /** Opens a circuit with the keys that the request names. */
    public Answer<CircuitHandle> openCircuit(byte[] request) {
        return circuit(request, prover::bw_circuit_open);
    }

    /** Opens a circuit without keys, which solves and commits but proves nothing. */
    public Answer<CircuitHandle> compileCircuit(byte[] request) {
        return circuit(request, prover::bw_circuit_compile);
    }

    private interface CircuitCall {
        int call(
                byte[] request,
                long length,
                LongByReference circuit,
                PointerByReference error,
                LongByReference errorLength);
    }

    private Answer<CircuitHandle> circuit(byte[] request, CircuitCall function) {
        checkAtMost("circuit request bytes", request.length, REQUEST_BYTES_MAX);
        LongByReference circuit = new LongByReference();
        return threads.run(
                        () -> call((error, length) -> function.call(request, request.length, circuit, error, length)))
                .map(nothing ->
                        new CircuitHandle(new NativeHandle("circuit", circuit.getValue(), prover::bw_circuit_close)));
    }

    /** Proves; the answer's fields are proof, public inputs and measurements. */
    public Answer<CanonicalFields> prove(CircuitHandle circuit, TableHandle table, byte[] request) {
        checkAtMost("proof request bytes", request.length, REQUEST_BYTES_MAX);
        return circuit.handle()
                .use(c -> table.handle()
                        .use(t -> threads.run(() ->
                                call((out, length) -> prover.bw_prove(c, t, request, request.length, out, length)))))
                .map(out -> CanonicalFields.of("proof", CanonicalReader.read(out)));
    }

    /** Asks the circuit's constraints whether they accept a proof request, without proving; the answer's fields are IM, MM and E of the candidate, u. */
    public Answer<CanonicalFields> solve(CircuitHandle circuit, TableHandle table, byte[] request) {
        checkAtMost("proof request bytes", request.length, REQUEST_BYTES_MAX);
        return circuit.handle()
                .use(c -> table.handle()
                        .use(t -> threads.run(() -> call(
                                (out, length) -> prover.bw_account_solve(c, t, request, request.length, out, length)))))
                .map(out -> CanonicalFields.of("solution", CanonicalReader.read(out)));
    }

    /** Verifies, and gives the public inputs back where the proof holds; needs nothing but these bytes. The library checks their lengths first. */
    public Answer<byte[]> verify(byte[] key, byte[] proof, byte[] publicInputs) {
        checkAtMost("verifying key bytes", key.length, REQUEST_BYTES_MAX);
        checkAtMost("proof bytes", proof.length, REQUEST_BYTES_MAX);
        checkAtMost("public input bytes", publicInputs.length, REQUEST_BYTES_MAX);
        return call((error, length) -> prover.bw_verify(
                        key, key.length, proof, proof.length, publicInputs, publicInputs.length, error, length))
                .map(nothing -> publicInputs.clone());
    }

    /** Source of the Solidity verifier of the key that the request names, UTF-8. */
    public Answer<byte[]> exportSolidity(byte[] request) {
        checkAtMost("Solidity request bytes", request.length, REQUEST_BYTES_MAX);
        return call((out, length) -> prover.bw_export_solidity(request, request.length, out, length));
    }

    /** A proof as a contract takes it. */
    public Answer<byte[]> solidityProof(byte[] proof) {
        checkAtMost("proof bytes", proof.length, REQUEST_BYTES_MAX);
        return call((out, length) -> prover.bw_solidity_proof(proof, proof.length, out, length));
    }

    /** Proves the book of a house over the table's encoding; the answer's fields are bundle, what is kept, and measurements. */
    public Answer<CanonicalFields> proveBook(CircuitHandle batch, CircuitHandle top, byte[] table, byte[] request) {
        checkAtMost("risk table bytes", table.length, TABLE_BYTES_MAX);
        checkAtMost("book request bytes", request.length, BOOK_BYTES_MAX);
        return batch.handle()
                .use(b -> top.handle()
                        .use(t -> threads.run(() -> call((out, length) -> prover.bw_book_prove(
                                b, new long[1], 0, t, table, table.length, request, request.length, out, length)))))
                .map(out -> CanonicalFields.of("book", CanonicalReader.read(out)));
    }

    /** Verifies the bundle of a book with verifying keys and the table's encoding; needs nothing but these bytes, which it gives back where they hold. */
    public Answer<byte[]> verifyBook(byte[] keys, byte[] table, byte[] bundle) {
        checkAtMost("verifying key bytes", keys.length, REQUEST_BYTES_MAX);
        checkAtMost("risk table bytes", table.length, TABLE_BYTES_MAX);
        checkAtMost("book bytes", bundle.length, BOOK_BYTES_MAX);
        return call((error, length) -> prover.bw_book_verify(
                        keys, keys.length, table, table.length, bundle, bundle.length, error, length))
                .map(nothing -> bundle.clone());
    }

    /** A function that gives back a block of its own: its answer where it succeeds, else the refusal. */
    private interface BlockCall {
        int call(PointerByReference block, LongByReference length);
    }

    private Answer<byte[]> call(BlockCall call) {
        PointerByReference block = new PointerByReference();
        LongByReference length = new LongByReference();
        int result = call.call(block, length);
        byte[] bytes = take(block.getValue(), length.getValue());
        return result == 0 ? new Answer.Given<>(bytes) : new Answer.Refused<>(refusal(result, bytes));
    }

    private byte[] take(@Nullable Pointer block, long length) {
        if (block == null) {
            return new byte[0];
        }
        try {
            return block.getByteArray(0, Math.toIntExact(length));
        } finally {
            prover.bw_free(block);
        }
    }

    private static ProverRefusal refusal(int result, byte[] error) {
        RefusalKind kind = RefusalKind.of(result);
        if (error.length == 0) {
            return ProverRefusal.of(kind, "");
        }
        try {
            CanonicalFields fields = CanonicalFields.of("refusal", CanonicalReader.read(error));
            return new ProverRefusal(kind, fields.text("code"), fields.text("where"), fields.integer("constraint"));
        } catch (CanonicalException e) {
            throw new IllegalStateException(
                    "native prover must explain its refusal " + result + " in canonical form", e);
        }
    }

    private static int must(String function, IntSupplier call) {
        int result = call.getAsInt();
        if (result != 0) {
            throw new ProverException(ProverRefusal.of(RefusalKind.of(result), function));
        }
        return result;
    }

    private static void checkAtMost(String field, int value, int limit) {
        if (value > limit) {
            throw new IllegalArgumentException(field + " must be at most " + limit + "; have " + value);
        }
    }
}
