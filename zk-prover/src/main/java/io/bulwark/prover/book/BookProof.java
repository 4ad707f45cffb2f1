package io.bulwark.prover.book;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.SignedHoldings;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.TreePath;
import java.util.Optional;

/**
 * Everything that another process needs to check a book, beside the verifying keys that it names: the bundle of proofs, the risk table, and what
 * the house holds with its evidence, where it shows any.
 *
 * <p>Its file form is the canonical array ["bulwark-book-proof", 2, key of batches, key of the top, table, bundle, [holdings] or []].
 */
public final class BookProof {
    /** Longest file form, bytes: a bundle has 300 bytes a batch, a table some hundred thousand. */
    public static final int BYTES_MAX = 64 << 20;

    private static final String SCHEMA = "bulwark-book-proof";
    private static final int VERSION = 2;

    private final Digest batchKey;
    private final Digest topKey;
    private final byte[] table;
    private final byte[] bundle;
    private final Optional<SignedHoldings> holdings;
    private final BookStatement statement;

    private BookProof(Digest batchKey, Digest topKey, byte[] table, byte[] bundle, Optional<SignedHoldings> holdings) {
        this.holdings = holdings;
        this.batchKey = batchKey;
        this.topKey = topKey;
        this.table = table;
        this.bundle = bundle;
        this.statement = BookStatement.of(bundle);
    }

    static BookProof of(BookKeys keys, byte[] table, byte[] bundle) {
        return new BookProof(
                keys.batch().verifyingKey().identity(),
                keys.top().verifyingKey().identity(),
                table.clone(),
                bundle.clone(),
                Optional.empty());
    }

    /** The same book with what the house holds. */
    public BookProof with(SignedHoldings shown) {
        return new BookProof(batchKey, topKey, table, bundle, Optional.of(shown));
    }

    /**
     * Reads the file form.
     *
     * @throws IllegalArgumentException if the bytes are anything else; the message names field and rule
     */
    public static BookProof read(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            BookProof proof = new BookProof(
                    fields.digest("batchKey"),
                    fields.digest("topKey"),
                    fields.bytes("table"),
                    fields.bytes("bundle"),
                    fields.optional("holdings").map(SignedHoldings::of));
            fields.end();
            return proof;
        } catch (CanonicalException e) {
            throw new IllegalArgumentException("book file must be of its schema: " + e.getMessage(), e);
        }
    }

    /** The file form. */
    public byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(batchKey),
                        CanonicalValue.bytes(topKey),
                        CanonicalValue.bytes(table),
                        CanonicalValue.bytes(bundle),
                        CanonicalValue.optional(holdings.map(SignedHoldings::canonical)))
                .encode();
    }

    /** SHA-256 of the verifying key of batches. */
    public Digest batchKey() {
        return batchKey;
    }

    /** SHA-256 of the verifying key of the top. */
    public Digest topKey() {
        return topKey;
    }

    /** What the house holds, where it shows any. */
    public Optional<SignedHoldings> holdings() {
        return holdings;
    }

    /** The table that it brings; whether it is the epoch's, the check of the book says. */
    public RiskTable riskTable() {
        return RiskTable.decode(table);
    }

    /** What it says, if it holds. */
    public BookStatement statement() {
        return statement;
    }

    /**
     * Why this book, where it holds, need not count an account; empty if it does. The epoch must be the same, and the leaf must lead to its account
     * root at the place that is its number: a book that holds is made of every leaf under that root. Whoever holds the account knows that the
     * leaf is his.
     *
     * @param epoch the epoch that the owner was handed his leaf in
     * @param leaf the account as it stands there
     * @param path where the leaf stands
     */
    public Optional<String> missing(ProverLibrary library, EpochCommitment epoch, AccountLeaf leaf, TreePath path) {
        if (!epoch.digest(library).equals(statement.epoch().digest(library))) {
            return Optional.of("the book is of epoch " + statement.epoch().epoch() + " with seal "
                    + statement.epoch().digest(library).hex() + "; the account is of epoch " + epoch.epoch()
                    + " with seal "
                    + epoch.digest(library).hex());
        }
        boolean stands = path.number() == leaf.number()
                && leaf.hash(library) instanceof Answer.Given<FieldElement>(FieldElement hash)
                && path.root(library, hash).equals(statement.epoch().accountRoot());
        return stands
                ? Optional.empty()
                : Optional.of("the account does not stand under the account root of the book's epoch");
    }

    byte[] table() {
        return table;
    }

    byte[] bundle() {
        return bundle;
    }
}
