package io.bulwark.house.founding;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.attestation.KeyList;
import io.bulwark.clearing.attestation.KeyList.Entry;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.ledger.SupersededSnapshots;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.FoundingRegister;
import io.bulwark.clearing.register.HouseStatementRegister;
import io.bulwark.netting.volatility.PriceHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the quorum of a house lists beside its epochs: verifying keys, readers, daily prices, superseded snapshots.
 *
 * <p>A key is listed when the house first proves with it, which may be after epochs that it proves were sealed: what a circuit checks does
 * not depend on the epoch, so a key serves from the first one.
 */
public final class QuorumLists {
    private static final String RECORD_KIND = "key-record";
    private static final long FIRST_EPOCH = 1;

    private static final String READERS_SCHEMA = "bulwark-readers";
    private static final long READERS_VERSION = 1;

    private final FoundingRegister foundings;
    private final Documents documents;
    private final HouseStatementRegister statements;
    private final SigningKeys signing;

    public QuorumLists(
            FoundingRegister foundings, Documents documents, HouseStatementRegister statements, SigningKeys signing) {
        this.foundings = foundings;
        this.documents = documents;
        this.statements = statements;
        this.signing = signing;
    }

    /** The newest list; empty before the first. */
    public Optional<KeyList> newest() {
        return statements.latest(Subject.KEYS).map(QuorumLists::list);
    }

    private static KeyList list(SignedHouseStatement signed) {
        return KeyList.of(CanonicalReader.read(signed.document()));
    }

    /**
     * Keeps the record of a key and has the quorum sign a list with it; a key that is listed changes nothing.
     *
     * @param record the canonical bytes, whose SHA-256 is the key's identity
     * @throws IllegalStateException if the key was retired, or the quorum's keys are not on this machine
     */
    public void list(byte[] record) {
        Digest identity = documents.store(RECORD_KIND, record);
        Optional<Entry> listed = newest().flatMap(list -> list.find(identity));
        if (listed.isEmpty()) {
            statements.publish(Subject.KEYS, (house, newest) -> next(house, newest, identity), signing::sign);
        }
        listed.filter(entry -> entry.until() != 0).ifPresent(entry -> {
            throw new IllegalStateException(
                    "key " + identity + " must serve; it was retired with epoch " + entry.until());
        });
    }

    private static Optional<CanonicalValue> next(Digest house, Optional<SignedHouseStatement> newest, Digest identity) {
        Entry entry = new Entry(identity, FIRST_EPOCH, 0);
        if (newest.isEmpty()) {
            return Optional.of(KeyList.first(house, entry).canonical());
        }
        KeyList list = list(newest.get());
        return list.find(identity).isPresent()
                ? Optional.empty()
                : Optional.of(list.with(entry).canonical());
    }

    /** The records of the keys of the newest list, in its order. */
    public List<byte[]> records() {
        return newest().stream()
                .flatMap(list -> list.keys().stream())
                .map(entry -> documents.require(entry.identity()))
                .toList();
    }

    /**
     * Checks that a sealed document is a list of keys that the quorum of the house signed.
     *
     * @throws IllegalStateException if it is not
     */
    public void requireSigned(Digest document) {
        FoundingDocument founding = foundings
                .stored()
                .orElseThrow(() -> new IllegalStateException("a house that seals a list of keys must be founded"));
        SignedHouseStatement signed = statements
                .find(Subject.KEYS, document)
                .orElseThrow(() ->
                        new IllegalStateException("list of keys " + document + " must be one that the quorum signed"));
        KeyList list = list(signed);
        if (!list.house().equals(founding.house())
                || list.number() != signed.statement().number()) {
            throw new IllegalStateException("list of keys " + document + " must be number "
                    + signed.statement().number() + " of house " + founding.house() + "; have " + list.number() + " of "
                    + list.house());
        }
        requireSigned(founding, signed);
    }

    /** What is kept as the quorum's and it did not sign, of any subject and number; for people. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        try {
            for (FoundingDocument founding : foundings.stored().stream().toList()) {
                for (Subject subject : Subject.values()) {
                    for (SignedHouseStatement signed : statements.all(subject)) {
                        if (Quorum.of(founding).verdict(signed.statement(), signed.signatures())
                                instanceof Quorum.Verdict.Unattested(int valid, int threshold)) {
                            findings.add("table house_statement: " + subject.word() + " "
                                    + signed.statement().number() + " must be signed by " + threshold
                                    + " members of the quorum; " + valid + " did");
                        }
                    }
                }
            }
        } catch (IllegalArgumentException | DatabaseException e) {
            findings.add("table house_statement: " + e.getMessage());
        }
        return findings;
    }

    /** Whoever may answer for snapshots: the readers that the quorum listed, and this machine's own, which the first epoch lists. */
    public Set<Digest> readers() {
        Set<Digest> readers = new TreeSet<>(listedReaders());
        readers.add(signing.reader().publicKey());
        return readers;
    }

    /**
     * The readers that the quorum listed; none before the first list.
     *
     * @throws IllegalStateException if the newest list is not one that the quorum signed
     */
    public Set<Digest> listedReaders() {
        return statements.latest(Subject.READERS).map(this::signedReaders).orElseGet(TreeSet::new);
    }

    private SortedSet<Digest> signedReaders(SignedHouseStatement signed) {
        FoundingDocument founding = foundings
                .stored()
                .orElseThrow(() -> new IllegalStateException("a house that lists readers must be founded"));
        requireSigned(founding, signed);
        return readers(signed);
    }

    private static void requireSigned(FoundingDocument founding, SignedHouseStatement signed) {
        if (Quorum.of(founding).verdict(signed.statement(), signed.signatures())
                instanceof Quorum.Verdict.Unattested(int valid, int threshold)) {
            throw new IllegalStateException(
                    "list of " + signed.statement().subject().word() + " "
                            + signed.statement().number() + " must be signed by " + threshold
                            + " members of the quorum; " + valid + " did");
        }
    }

    /**
     * The readers that a signed list names.
     *
     * @throws IllegalStateException if it is another house's
     */
    public static SortedSet<Digest> readers(SignedHouseStatement signed) {
        CanonicalFields fields =
                CanonicalFields.document(CanonicalReader.read(signed.document()), READERS_SCHEMA, READERS_VERSION);
        Digest house = fields.digest("house");
        if (!house.equals(signed.statement().house())) {
            throw new IllegalStateException(
                    "list of readers " + signed.statement().number() + " must be of house "
                            + signed.statement().house() + "; have " + house);
        }
        SortedSet<Digest> readers = new TreeSet<>(fields.digests("readers"));
        fields.end();
        return readers;
    }

    /** Has the quorum sign a list of readers with this machine's; one that is listed changes nothing. */
    public void listReader() {
        Digest reader = signing.reader().publicKey();
        if (listedReaders().contains(reader)) {
            return;
        }
        statements.publish(
                Subject.READERS,
                (house, newest) -> {
                    SortedSet<Digest> readers = newest.map(QuorumLists::readers).orElseGet(TreeSet::new);
                    return readers.add(reader)
                            ? Optional.of(CanonicalValue.array(
                                    CanonicalValue.text(READERS_SCHEMA),
                                    CanonicalValue.integer(READERS_VERSION),
                                    CanonicalValue.bytes(house),
                                    CanonicalValue.array(readers.stream()
                                            .map(CanonicalValue::bytes)
                                            .toList())))
                            : Optional.empty();
                },
                signing::sign);
    }

    /**
     * The digest of the daily prices that the quorum signed last, which continue those of the founding; empty before the first.
     *
     * @throws IllegalStateException if the newest prices are not ones that the quorum signed
     */
    public Optional<Digest> prices() {
        return statements.latest(Subject.PRICES).map(signed -> {
            FoundingDocument founding = foundings
                    .stored()
                    .orElseThrow(() -> new IllegalStateException("a house that lists prices must be founded"));
            requireSigned(founding, signed);
            return signed.statement().digest();
        });
    }

    /**
     * Has the quorum sign daily prices; those that it signed last are not signed again.
     *
     * @return the number of the statement
     */
    public long listPrices(PriceHistory prices) {
        Digest digest = prices.digest();
        return statements
                .publish(
                        Subject.PRICES,
                        (house, newest) -> newest.map(SignedHouseStatement::statement)
                                        .filter(said -> said.digest().equals(digest))
                                        .isPresent()
                                ? Optional.empty()
                                : Optional.of(prices.canonical()),
                        signing::sign)
                .statement()
                .number();
    }

    /**
     * Every accepted snapshot that the quorum superseded; empty before the first.
     *
     * @throws IllegalStateException if the newest list is not one that the quorum signed
     */
    public Optional<SupersededSnapshots> superseded() {
        return statements.latest(Subject.SUPERSEDED).map(this::signedSuperseded);
    }

    /**
     * Checks that a document is a list of superseded snapshots that the quorum signed.
     *
     * @throws IllegalStateException if it is not
     */
    public void requireSuperseded(Digest document) {
        signedSuperseded(statements
                .find(Subject.SUPERSEDED, document)
                .orElseThrow(() -> new IllegalStateException(
                        "list of superseded snapshots " + document + " must be one that the quorum signed")));
    }

    private SupersededSnapshots signedSuperseded(SignedHouseStatement signed) {
        FoundingDocument founding = foundings
                .stored()
                .orElseThrow(() -> new IllegalStateException("a house that supersedes snapshots must be founded"));
        requireSigned(founding, signed);
        SupersededSnapshots list = SupersededSnapshots.of(CanonicalReader.read(signed.document()));
        if (!list.house().equals(founding.house())) {
            throw new IllegalStateException("list of superseded snapshots "
                    + signed.statement().number() + " must be of house " + founding.house() + "; have " + list.house());
        }
        return list;
    }

    /**
     * Has the quorum supersede an accepted snapshot; one that it superseded is not superseded again.
     *
     * @return the list that says so
     */
    public SupersededSnapshots supersede(Superseding wrong) {
        statements.publish(
                Subject.SUPERSEDED,
                (house, newest) -> {
                    Optional<SupersededSnapshots> said = newest.map(this::signedSuperseded);
                    return said.filter(list -> list.contains(wrong.snapshot())).isPresent()
                            ? Optional.empty()
                            : Optional.of(said.map(list -> list.with(wrong))
                                    .orElseGet(() -> new SupersededSnapshots(house, List.of(wrong)))
                                    .canonical());
                },
                signing::sign);
        return superseded().orElseThrow();
    }

    /**
     * Every document of a subject, the first one first.
     *
     * @throws IllegalStateException if one is not signed by the quorum
     */
    List<SignedHouseStatement> signed(Subject subject) {
        List<SignedHouseStatement> all = statements.all(subject);
        foundings.stored().ifPresent(founding -> all.forEach(signed -> requireSigned(founding, signed)));
        return all;
    }

    /** Has the quorum sign the next document of a subject, as {@link HouseStatementRegister#publish} has it. */
    SignedHouseStatement publish(Subject subject, HouseStatementRegister.Next next) {
        return statements.publish(subject, next, signing::sign);
    }

    /**
     * Whether enough members of the quorum signed an epoch.
     *
     * @return what is missing, for people; empty if nothing
     */
    public Optional<String> unsigned(EpochStatement statement, List<EpochSignature> signatures) {
        try {
            Optional<FoundingDocument> founding = foundings.stored();
            return founding.isPresent()
                            && Quorum.of(founding.get()).verdict(statement, signatures)
                                    instanceof Quorum.Verdict.Unattested(int valid, int threshold)
                    ? Optional.of("table epoch_signature: epoch " + statement.number() + " must be signed by "
                            + threshold + " members of the quorum; " + valid + " did")
                    : Optional.empty();
        } catch (CanonicalException e) {
            return Optional.of("table founding: " + e.getMessage());
        }
    }
}
