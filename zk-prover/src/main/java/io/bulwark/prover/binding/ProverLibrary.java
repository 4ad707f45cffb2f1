package io.bulwark.prover.binding;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.Crossing.Patience;
import io.bulwark.prover.binding.ProverConfiguration.Way;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Go library, and the one class that calls it: loaded into this process, or as a process of its own.
 *
 * <p>Every length is checked before the boundary, since what goes wrong inside can take the library's process down. Safe for use by several threads. Every method may throw
 * a {@link ProverException} of category RETRY: the process that was at the call has ended, and the next call finds another that holds the same.
 */
public final class ProverLibrary implements AutoCloseable {
    /** The version of the calls that this class makes; a library that speaks another is refused. */
    public static final int ABI_VERSION = 5;

    /** Longest encoding of a risk table, bytes. */
    public static final int TABLE_BYTES_MAX = 64 << 20;

    /** Longest encoding of any other request, bytes. */
    public static final int REQUEST_BYTES_MAX = 1 << 20;

    /** Most proofs that are verified together. */
    public static final int PROOFS_MAX = 1 << 17;

    /** Longest request for a book, and longest book, bytes: some hundred bytes an account. */
    public static final int BOOK_BYTES_MAX = 256 << 20;

    /** Longest house file, bytes. */
    public static final int HOUSE_BYTES_MAX = 8 << 20;

    /** Most elements of one hash. */
    public static final int ELEMENTS_MAX = 1 << 16;

    /** Deepest tree. */
    public static final int DEPTH_MAX = 16;

    private final Supplier<? extends Crossing> crossings;
    private final Runnable end;
    private final Digest build;
    private final NativeThreads threads = new NativeThreads();

    private ProverLibrary(Supplier<? extends Crossing> crossings, Runnable end) {
        this.crossings = crossings;
        this.end = end;
        this.build = version(crossings.get());
    }

    private static @Nullable ProverLibrary loaded;

    /**
     * The library of this process, opened on the first call that succeeds: inside it, unless the environment says otherwise.
     *
     * @throws IllegalStateException if there is none for this platform, or it speaks another version
     * @throws IllegalArgumentException if the environment says something that cannot be
     */
    public static synchronized ProverLibrary load() {
        ProverLibrary library = loaded;
        if (library == null) {
            library = open(ProverConfiguration.ofEnvironment(Way.IN_PROCESS));
            loaded = library;
        }
        return library;
    }

    /**
     * A library of one's own.
     *
     * @throws IllegalStateException if there is none for this platform, or it speaks another version
     */
    public static ProverLibrary open(ProverConfiguration configuration) {
        return open(
                configuration,
                switch (configuration.way()) {
                    case IN_PROCESS -> PackagedProver.library();
                    case OUT_OF_PROCESS -> PackagedProver.executable();
                });
    }

    /** The library in a file. */
    static ProverLibrary open(ProverConfiguration configuration, Path file) {
        return switch (configuration.way()) {
            case IN_PROCESS -> {
                Crossing library = LoadedLibrary.load(file);
                ProverLibrary opened = new ProverLibrary(() -> library, () -> {});
                opened.configure(0, 0, configuration.threads());
                yield opened;
            }
            case OUT_OF_PROCESS -> {
                RestartedProcess process = new RestartedProcess(file, configuration, ProverLibrary::version);
                yield new ProverLibrary(process, process::end);
            }
        };
    }

    /** What a library says of itself: its build, if it speaks our version. */
    private static Digest version(Crossing crossing) {
        CanonicalFields answer =
                fields("version", ask(crossing, Patience.LIMITED, "version")).orElseThrow();
        long version = answer.integer("version");
        if (version != ABI_VERSION) {
            throw new IllegalStateException(
                    "native prover must speak interface version " + ABI_VERSION + "; have " + version);
        }
        Digest build = Digest.parse(answer.text("build"));
        answer.end();
        return build;
    }

    /** Ends the process of the library, if it has one of its own; the next call would start another. */
    @Override
    public void close() {
        end.run();
    }

    /** SHA-256 of all that the library was made of, the same for both ways: what keys made by it are filed under. */
    public Digest build() {
        return build;
    }

    /**
     * Sets the limits of the library's runtime.
     *
     * @param memoryLimitBytes soft limit of its heap, bytes; 0 leaves it
     * @param gcPercent growth of its heap between collections, per cent; 0 leaves it
     * @param cores threads that compute at once; 0 leaves it
     * @return fields memoryLimitBytes and cores, as they are then
     */
    CanonicalFields configure(long memoryLimitBytes, int gcPercent, int cores) {
        return fields("limits", ask("configure", integer(memoryLimitBytes), integer(gcPercent), integer(cores)))
                .orElseThrow();
    }

    /** H of a domain (its width included) over elements, in their order. */
    public FieldElement hash(int domain, List<FieldElement> elements) {
        checkAtMost("hash elements", elements.size(), ELEMENTS_MAX);
        return element(ask("hash", integer(domain), bytes(FieldElement.concatenate(elements))))
                .orElseThrow();
    }

    /** An inner node of a tree, from its four children. */
    public FieldElement node(FieldElement first, FieldElement second, FieldElement third, FieldElement fourth) {
        return element(ask("node", bytes(FieldElement.concatenate(List.of(first, second, third, fourth)))))
                .orElseThrow();
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
        return opened("tree", "tree-close", Patience.LIMITED, "tree-open", integer(depth))
                .map(handle -> new TreeHandle(this, handle, depth))
                .orElseThrow();
    }

    void treeUpdate(NativeHandle tree, long[] indices, byte[] leaves) {
        ByteBuffer places = ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, indices.length));
        places.asLongBuffer().put(indices);
        tree.change(
                crossings.get(),
                (crossing, number) -> ask(
                                crossing,
                                Patience.LIMITED,
                                "tree-update",
                                integer(number),
                                bytes(places.array()),
                                bytes(leaves))
                        .orElseThrow());
    }

    FieldElement treeRoot(NativeHandle tree) {
        return element(with(tree, Patience.LIMITED, "tree-root")).orElseThrow();
    }

    byte[] treePath(NativeHandle tree, long index) {
        return content(with(tree, Patience.LIMITED, "tree-path", integer(index)))
                .orElseThrow();
    }

    /** Reads a legal risk table from its canonical encoding, or names what is not legal. */
    public Answer<TableHandle> openTable(byte[] encoding) {
        checkAtMost("risk table bytes", encoding.length, TABLE_BYTES_MAX);
        return opened("risk table", "table-close", Patience.LIMITED, "table-open", bytes(encoding))
                .map(this::table);
    }

    private TableHandle table(NativeHandle handle) {
        return new TableHandle(
                this,
                handle,
                element(with(handle, Patience.LIMITED, "table-root")).orElseThrow());
    }

    FieldElement evaluatedRoot(NativeHandle table, String opening, FieldElement epoch, FieldElement requestRoot) {
        CanonicalFields evaluated = fields(
                        "evaluated table",
                        with(
                                table,
                                Patience.LIMITED,
                                "table-evaluated",
                                text(opening),
                                bytes(epoch.bytes()),
                                bytes(requestRoot.bytes())))
                .orElseThrow();
        evaluated.digest("rho");
        return FieldElement.ofDigest(evaluated.digest("root"));
    }

    Answer<CanonicalFields> commitTariff(NativeHandle table, byte[] tariff) {
        checkAtMost("tariff bytes", tariff.length, REQUEST_BYTES_MAX);
        return fields("tariff", with(table, Patience.LIMITED, "tariff-commit", bytes(tariff)));
    }

    Answer<Long> chargeByTariff(NativeHandle table, byte[] tariff, byte[] account) {
        checkAtMost("tariff bytes", tariff.length, REQUEST_BYTES_MAX);
        checkAtMost("account bytes", account.length, REQUEST_BYTES_MAX);
        return number(with(table, Patience.LIMITED, "tariff-charge", bytes(tariff), bytes(account)));
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
        return element(with(circuit, table, "request-commit", bytes(account), integer(candidate), bytes(salt.bytes())));
    }

    /** Leaf of the account tree, from the account's canonical encoding. */
    public Answer<FieldElement> accountLeaf(byte[] account) {
        checkAtMost("account bytes", account.length, REQUEST_BYTES_MAX);
        return element(ask("account-leaf", bytes(account)));
    }

    /** Leaf of the tree of venue attestations, from the attestation's canonical encoding. */
    public Answer<FieldElement> attestationLeaf(byte[] attestation) {
        checkAtMost("attestation bytes", attestation.length, REQUEST_BYTES_MAX);
        return element(ask("attestation-leaf", bytes(attestation)));
    }

    /** Makes keys by a set-up that whoever runs it could abuse, and writes them, labelled unsafe, where the request says. Takes long. */
    public Answer<CanonicalFields> setUp(byte[] request) {
        checkAtMost("set-up request bytes", request.length, REQUEST_BYTES_MAX);
        return fields("set-up", threads.run(() -> ask(crossings.get(), Patience.UNLIMITED, "set-up", bytes(request))));
    }

    /** Begins a ceremony; the answer's fields are the state of the ceremony, as in every step. */
    public Answer<CanonicalFields> beginCeremony(byte[] request) {
        return ceremony("ceremony-init", request);
    }

    /** Contributes to a ceremony. */
    public Answer<CanonicalFields> contributeToCeremony(byte[] request) {
        return ceremony("ceremony-contribute", request);
    }

    /** Verifies a ceremony. */
    public Answer<CanonicalFields> verifyCeremony(byte[] request) {
        return ceremony("ceremony-verify", request);
    }

    /** Verifies and closes a ceremony. */
    public Answer<CanonicalFields> sealCeremony(byte[] request) {
        return ceremony("ceremony-seal", request);
    }

    private Answer<CanonicalFields> ceremony(String step, byte[] request) {
        checkAtMost("ceremony request bytes", request.length, REQUEST_BYTES_MAX);
        return content(threads.run(() -> ask(crossings.get(), Patience.UNLIMITED, step, bytes(request))))
                .map(state -> CanonicalFields.of("ceremony", CanonicalReader.read(state)));
    }

    /** Opens a circuit with the keys that the request names. */
    public Answer<CircuitHandle> openCircuit(byte[] request) {
        return circuit("circuit-open", request);
    }

    /** Opens a circuit without keys, which solves and commits but proves nothing. */
    public Answer<CircuitHandle> compileCircuit(byte[] request) {
        return circuit("circuit-compile", request);
    }

    private Answer<CircuitHandle> circuit(String opening, byte[] request) {
        checkAtMost("circuit request bytes", request.length, REQUEST_BYTES_MAX);
        return threads.run(() -> opened("circuit", "circuit-close", Patience.LIMITED, opening, bytes(request)))
                .map(CircuitHandle::new);
    }

    /** Proves; the answer's fields are proof, public inputs and measurements. */
    public Answer<CanonicalFields> prove(CircuitHandle circuit, TableHandle table, byte[] request) {
        checkAtMost("proof request bytes", request.length, REQUEST_BYTES_MAX);
        return fields("proof", threads.run(() -> with(circuit, table, "prove", bytes(request))));
    }

    /** Asks the circuit's constraints whether they accept a proof request, without proving; the answer's fields are IM, MM and E of the candidate, u. */
    public Answer<CanonicalFields> solve(CircuitHandle circuit, TableHandle table, byte[] request) {
        checkAtMost("proof request bytes", request.length, REQUEST_BYTES_MAX);
        return fields("solution", threads.run(() -> with(circuit, table, "solve", bytes(request))));
    }

    /** Verifies, and gives the public inputs back where the proof holds; needs nothing but these bytes. The library checks their lengths first. */
    public Answer<byte[]> verify(byte[] key, byte[] proof, byte[] publicInputs) {
        checkAtMost("verifying key bytes", key.length, REQUEST_BYTES_MAX);
        checkAtMost("proof bytes", proof.length, REQUEST_BYTES_MAX);
        checkAtMost("public input bytes", publicInputs.length, REQUEST_BYTES_MAX);
        return ask("verify", bytes(key), bytes(proof), bytes(publicInputs)).map(nothing -> publicInputs.clone());
    }

    /**
     * Verifies proofs of one key together, a fraction of the time of one after the other; the answer's fields are its time, ms, and that of the
     * processor. A refusal names the place of the first that does not hold.
     *
     * @param proofs each [proof, public inputs]
     */
    public Answer<CanonicalFields> verifyAll(byte[] key, List<CanonicalValue> proofs) {
        checkAtMost("verifying key bytes", key.length, REQUEST_BYTES_MAX);
        checkAtMost("proofs", proofs.size(), PROOFS_MAX);
        return fields(
                "together",
                threads.run(() -> ask(crossings.get(), Patience.UNLIMITED, "verify-all", bytes(key), array(proofs))));
    }

    /**
     * Holds a proof file against key files, a house file (empty: none) and what the verifier expects; the answer's fields are the judgement. A
     * refusal is a fault of what was handed in, and says nothing of the proof.
     */
    public Answer<CanonicalFields> judge(byte[] proof, List<byte[]> keys, byte[] house, byte[] expectation) {
        checkAtMost("proof file bytes", proof.length, REQUEST_BYTES_MAX);
        checkAtMost("house file bytes", house.length, HOUSE_BYTES_MAX);
        checkAtMost("expectation bytes", expectation.length, REQUEST_BYTES_MAX);
        keys.forEach(key -> checkAtMost("key file bytes", key.length, REQUEST_BYTES_MAX));
        CanonicalValue files = array(keys.stream().map(CanonicalValue::bytes).toList());
        return fields("judgement", ask("judge", bytes(proof), files, bytes(house), bytes(expectation)));
    }

    /**
     * Compiles the circuit that the record of a key file names and compares it with the record; gives what a verifier notes of it. Takes seconds.
     */
    public Answer<byte[]> checkKey(byte[] key) {
        checkAtMost("key file bytes", key.length, REQUEST_BYTES_MAX);
        return content(threads.run(() -> ask(crossings.get(), Patience.LIMITED, "key-check", bytes(key))));
    }

    /** Source of the Solidity verifier of the key that the request names, UTF-8. */
    public Answer<byte[]> exportSolidity(byte[] request) {
        checkAtMost("Solidity request bytes", request.length, REQUEST_BYTES_MAX);
        return content(ask("solidity-export", bytes(request)));
    }

    /** A proof as a contract takes it. */
    public Answer<byte[]> solidityProof(byte[] proof) {
        checkAtMost("proof bytes", proof.length, REQUEST_BYTES_MAX);
        return content(ask("solidity-proof", bytes(proof)));
    }

    /** Proves the book of a house over the table's encoding; the answer's fields are bundle, what is kept, and measurements. */
    public Answer<CanonicalFields> proveBook(CircuitHandle batch, CircuitHandle top, byte[] table, byte[] request) {
        checkAtMost("risk table bytes", table.length, TABLE_BYTES_MAX);
        checkAtMost("book request bytes", request.length, BOOK_BYTES_MAX);
        return fields("book", threads.run(() -> {
            Crossing crossing = crossings.get();
            return batch.handle()
                    .use(
                            crossing,
                            b -> top.handle()
                                    .use(
                                            crossing,
                                            t -> ask(
                                                    crossing,
                                                    Patience.UNLIMITED,
                                                    "book-prove",
                                                    integer(b),
                                                    array(),
                                                    integer(t),
                                                    bytes(table),
                                                    bytes(request))));
        }));
    }

    /** Verifies the bundle of a book with verifying keys and the table's encoding; needs nothing but these bytes, which it gives back where they hold. */
    public Answer<byte[]> verifyBook(byte[] keys, byte[] table, byte[] bundle) {
        checkAtMost("verifying key bytes", keys.length, REQUEST_BYTES_MAX);
        checkAtMost("risk table bytes", table.length, TABLE_BYTES_MAX);
        checkAtMost("book bytes", bundle.length, BOOK_BYTES_MAX);
        return ask("book-verify", bytes(keys), bytes(table), bytes(bundle)).map(nothing -> bundle.clone());
    }

    /**
     * Holds a book against key files, a house file (empty: none) and what the verifier expects; the answer's fields are the judgement. A refusal is
     * a fault of what was handed in.
     *
     * @param names [identity of the batches' key, [* of a layer's], of the top's]
     */
    public Answer<CanonicalFields> judgeBook(
            CanonicalValue names, List<byte[]> keys, byte[] table, byte[] bundle, byte[] house, byte[] expectation) {
        checkAtMost("risk table bytes", table.length, TABLE_BYTES_MAX);
        checkAtMost("book bytes", bundle.length, BOOK_BYTES_MAX);
        checkAtMost("house file bytes", house.length, HOUSE_BYTES_MAX);
        checkAtMost("expectation bytes", expectation.length, REQUEST_BYTES_MAX);
        keys.forEach(key -> checkAtMost("key file bytes", key.length, REQUEST_BYTES_MAX));
        CanonicalValue files = array(keys.stream().map(CanonicalValue::bytes).toList());
        return fields(
                "judgement",
                ask("book-judge", names, files, bytes(table), bytes(bundle), bytes(house), bytes(expectation)));
    }

    /** Proves the fund of an epoch over the vault table's encoding; the answer's fields are proof, public inputs, need and measurements. */
    public Answer<CanonicalFields> proveFund(CircuitHandle circuit, byte[] vault, byte[] request) {
        checkAtMost("vault table bytes", vault.length, TABLE_BYTES_MAX);
        checkAtMost("fund request bytes", request.length, BOOK_BYTES_MAX);
        return fields(
                "fund",
                threads.run(
                        () -> with(circuit.handle(), Patience.UNLIMITED, "fund-prove", bytes(vault), bytes(request))));
    }

    /** Proves a house's contagion vectors over the table's encoding; the answer's fields are proof, public inputs, flows and measurements. */
    public Answer<CanonicalFields> proveContagion(CircuitHandle circuit, byte[] table, byte[] request) {
        return certificate(circuit, "contagion-prove", table, request);
    }

    /** The flows of a certificate where the circuit's constraints accept them, without a proof. */
    public Answer<CanonicalFields> solveContagion(CircuitHandle circuit, byte[] table, byte[] request) {
        return certificate(circuit, "contagion-solve", table, request);
    }

    /** The flows that a certificate of a shape would be about, or why there is none: decided without a circuit. */
    public Answer<CanonicalFields> contagionFlows(CanonicalValue shape, byte[] table, byte[] request) {
        checkAtMost("risk table bytes", table.length, TABLE_BYTES_MAX);
        checkAtMost("contagion request bytes", request.length, BOOK_BYTES_MAX);
        return fields("contagion", ask("contagion-flows", shape, bytes(table), bytes(request)));
    }

    private Answer<CanonicalFields> certificate(CircuitHandle circuit, String function, byte[] table, byte[] request) {
        checkAtMost("risk table bytes", table.length, TABLE_BYTES_MAX);
        checkAtMost("contagion request bytes", request.length, BOOK_BYTES_MAX);
        return fields(
                "contagion",
                threads.run(() -> with(circuit.handle(), Patience.UNLIMITED, function, bytes(table), bytes(request))));
    }

    /**
     * What a certificate takes of a table and a tariff, for whoever checks one: the answer's fields are the digest of these terms, the root of the table and the commitment to
     * the tariff.
     *
     * @param shape the size of the circuit
     * @param rows the table's rows that are the tariff's scenarios
     */
    public Answer<CanonicalFields> contagionTerms(
            CanonicalValue shape, byte[] table, byte[] tariff, List<Integer> rows) {
        checkAtMost("risk table bytes", table.length, TABLE_BYTES_MAX);
        checkAtMost("tariff bytes", tariff.length, REQUEST_BYTES_MAX);
        return fields(
                "terms",
                ask(
                        "contagion-terms",
                        shape,
                        bytes(table),
                        bytes(tariff),
                        array(rows.stream().map(row -> integer(row)).toArray(CanonicalValue[]::new))));
    }

    /** Opens something, and says how it is opened again where a library follows another. */
    private Answer<NativeHandle> opened(
            String name, String closing, Patience patience, String opening, CanonicalValue... arguments) {
        Crossing crossing = crossings.get();
        return number(ask(crossing, patience, opening, arguments))
                .map(number -> NativeHandle.of(
                        name,
                        crossing,
                        number,
                        again(patience, opening, crossing.canEnd() ? arguments : new CanonicalValue[0]),
                        (where, closed) -> close(where, closing, closed)));
    }

    private static NativeHandle.Opening again(Patience patience, String opening, CanonicalValue... arguments) {
        return crossing -> number(ask(crossing, patience, opening, arguments)).orElseThrow();
    }

    /** A library that has ended holds nothing any more. */
    private static void close(Crossing crossing, String closing, long number) {
        try {
            ask(crossing, Patience.LIMITED, closing, integer(number)).orElseThrow();
        } catch (ProverException e) {
            if (e.refusal().kind() != RefusalKind.LOST) {
                throw e;
            }
        }
    }

    private Answer<CanonicalValue> with(
            NativeHandle handle, Patience patience, String function, CanonicalValue... arguments) {
        Crossing crossing = crossings.get();
        return handle.use(crossing, number -> ask(crossing, patience, function, preceded(arguments, integer(number))));
    }

    private Answer<CanonicalValue> with(
            CircuitHandle circuit, TableHandle table, String function, CanonicalValue... arguments) {
        Crossing crossing = crossings.get();
        return circuit.handle()
                .use(
                        crossing,
                        c -> table.handle()
                                .use(
                                        crossing,
                                        t -> ask(
                                                crossing,
                                                Patience.LIMITED,
                                                function,
                                                preceded(arguments, integer(c), integer(t)))));
    }

    private static CanonicalValue[] preceded(CanonicalValue[] arguments, CanonicalValue... first) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(arguments)).toArray(CanonicalValue[]::new);
    }

    /** A call by name, for those of this room who call what has no method. */
    Answer<CanonicalValue> ask(String function, CanonicalValue... arguments) {
        return ask(crossings.get(), Patience.LIMITED, function, arguments);
    }

    private static Answer<CanonicalValue> ask(
            Crossing crossing, Patience patience, String function, CanonicalValue... arguments) {
        byte[] answer = crossing.traced(
                function, array(preceded(arguments, text(function))).encode(), patience);
        try {
            CanonicalFields fields = CanonicalFields.of("answer", CanonicalReader.read(answer));
            long result = fields.integer("class");
            Answer<CanonicalValue> read = result == 0
                    ? new Answer.Given<>(fields.value("answer"))
                    : new Answer.Refused<>(new ProverRefusal(
                            RefusalKind.of(result),
                            fields.text("code"),
                            fields.text("where"),
                            fields.integer("constraint")));
            fields.end();
            return read;
        } catch (CanonicalException e) {
            throw crossing.garbled("must answer " + function + " in canonical form", e);
        }
    }

    private static Answer<CanonicalFields> fields(String name, Answer<CanonicalValue> answer) {
        return answer.map(value -> CanonicalFields.of(name, value));
    }

    private static Answer<Long> number(Answer<CanonicalValue> answer) {
        return answer.map(value -> CanonicalFields.of("handle", array(value)).integer("number"));
    }

    private static Answer<byte[]> content(Answer<CanonicalValue> answer) {
        return answer.map(value -> CanonicalFields.of("answer", array(value)).bytes("content"));
    }

    private static Answer<FieldElement> element(Answer<CanonicalValue> answer) {
        return content(answer).map(FieldElement::ofBytes);
    }

    private static void checkAtMost(String field, int value, int limit) {
        if (value > limit) {
            throw new IllegalArgumentException(field + " must be at most " + limit + "; have " + value);
        }
    }
}
