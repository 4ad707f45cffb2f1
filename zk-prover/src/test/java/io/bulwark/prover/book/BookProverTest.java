package io.bulwark.prover.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.prover.HouseTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverException;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.ProverRefusal;
import io.bulwark.prover.book.BookShape.BatchShape;
import io.bulwark.prover.book.BookShape.TopShape;
import io.bulwark.prover.book.BookStatement.AssetTotal;
import io.bulwark.prover.book.BookStatement.InstrumentTotal;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.tier.BuildCache;
import io.bulwark.tier.OfProof;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The book of a small house from Java and back: what it says, what it refuses, who is in it. */
@OfProof
class BookProverTest {
    private static final BookShape SMALL =
            new BookShape(new BatchShape(1, 2, 2, 2, 3, 0, 2, Format.WITHOUT_VENUES), new TopShape(2, 3, 1, 1, 10));

    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Cash and coin; a perpetual and debts; nothing; an option short with less than it may cost. The second batch has one account. */
    private static final List<MarginAccount> ACCOUNTS = List.of(
            new MarginAccount(50_000_000, List.of(), List.of(), List.of(new Entry(1, 700)), List.of()),
            new MarginAccount(
                    -2_000_000,
                    List.of(new Entry(0, -40)),
                    List.of(),
                    List.of(new Entry(0, 900), new Entry(1, 5)),
                    List.of()),
            MarginAccount.EMPTY,
            new MarginAccount(7, List.of(new Entry(1, -12)), List.of(), List.of(), List.of(new Entry(0, 500))),
            new MarginAccount(
                    1, List.of(new Entry(0, 11), new Entry(1, 3)), List.of(new Entry(1, 3)), List.of(), List.of()));

    private static final Reserves RESERVES = new Reserves(50_000_008, List.of(900L, 705L), List.of(0L, 3L));

    private static BookProver prover;
    private static BookVerifier verifier;
    private static RiskTableTree table;
    private static AccountTree tree;
    private static List<AccountLeaf> leaves;
    private static EpochCommitment epoch;
    private static BookProver.Proved proved;

    @BeforeAll
    static void prove() {
        BookKeys keys = BookKeys.prepare(LIBRARY, SMALL, BuildCache.keys(), SetupProgress.SILENT);
        prover = BookProver.open(LIBRARY, keys);
        verifier = BookVerifier.of(LIBRARY, keys);
        table = RiskTableTree.open(LIBRARY, HouseTable.PUBLISHED).orElseThrow();
        leaves = IntStream.range(0, ACCOUNTS.size())
                .mapToObj(number -> new AccountLeaf(
                        Format.of(HouseTable.PUBLISHED),
                        number,
                        AccountLeaf.drawSalt(RANDOM),
                        AccountLeaf.drawSalt(RANDOM),
                        ACCOUNTS.get(number)))
                .toList();
        tree = AccountTree.open(LIBRARY);
        TreeMap<Long, FieldElement> hashes = new TreeMap<>();
        leaves.forEach(leaf -> hashes.put(leaf.number(), leaf.hash(LIBRARY).orElseThrow()));
        tree.update(hashes);
        epoch = epoch(7);
        proved = prover.prove(HouseTable.PUBLISHED, request(RESERVES, OptionalLong.empty()), new byte[0])
                .orElseThrow();
    }

    @AfterAll
    static void close() {
        prover.close();
        tree.close();
        table.close();
    }

    private static EpochCommitment epoch(long number) {
        return new EpochCommitment(
                EpochCommitment.house(digest("founding document")),
                number,
                FieldElement.of(6),
                tree.root(),
                table.root(),
                table.digest(),
                digest("parameters"),
                digest("inputs"),
                FieldElement.ZERO,
                FieldElement.ZERO,
                FieldElement.ZERO,
                FieldElement.ZERO);
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static BookRequest request(Reserves reserves, OptionalLong declared) {
        return new BookRequest(epoch, leaves, reserves, 0, declared);
    }

    @Test
    void shouldSayWhatTheAccountsAddUpTo() {
        BookStatement statement =
                verifier.verify(BookProof.read(proved.proof().encode())).orElseThrow();
        assertEquals(epoch, statement.epoch());
        assertEquals(5, statement.accounts());
        assertEquals(2, statement.batches());
        assertEquals(50_000_008, statement.cashOwed());
        assertEquals(2_000_000, statement.cashLent());
        assertEquals(50_000_008, statement.cashReserve());
        assertEquals(List.of(new AssetTotal(900, 500, 900), new AssetTotal(705, 0, 705)), statement.assets());
        assertEquals(
                List.of(
                        new InstrumentTotal(11, 40, 0, 0),
                        new InstrumentTotal(3, 12, 3, 3),
                        new InstrumentTotal(0, 0, 0, 0)),
                statement.instruments());
        long short12 = 12 * HouseTable.PUBLISHED.instrument(1).orElseThrow().value();
        long debt = 500 * HouseTable.PUBLISHED.asset(0).orElseThrow().debtValue();
        assertEquals(short12 + debt - 7, statement.shortfall(), "only the account that owes more than it has is short");
    }

    @Test
    void shouldRefuseAReserveBelowItsLiability() {
        refusedAs(
                "CLAIM_NOT_MET",
                "reserves[1]",
                request(new Reserves(50_000_008, List.of(900L, 704L), List.of(0L, 3L)), OptionalLong.empty()));
        refusedAs(
                "CLAIM_NOT_MET",
                "reserves.cash",
                request(new Reserves(50_000_007, List.of(900L, 705L), List.of(0L, 3L)), OptionalLong.empty()));
        refusedAs(
                "CLAIM_NOT_MET",
                "reserves.instruments[1]",
                request(new Reserves(Long.MAX_VALUE >> 1, List.of(900L, 705L), List.of(9L, 2L)), OptionalLong.empty()));
    }

    @Test
    void shouldRefuseADeclaredShortfallBelowWhatIsMissing() {
        long missing = proved.proof().statement().shortfall();
        refusedAs("CLAIM_NOT_MET", "shortfall", request(RESERVES, OptionalLong.of(missing - 1)));
    }

    @Test
    void shouldRefuseAnAccountLeftOut() {
        BookRequest all = request(RESERVES, OptionalLong.empty());
        refusedAs(
                "LEAF_NOT_IN_TREE",
                "epoch.accountRoot",
                new BookRequest(epoch, leaves.subList(0, 4), all.reserves(), 0, OptionalLong.empty()));
    }

    private static void refusedAs(String code, String where, BookRequest request) {
        Answer<BookProver.Proved> answer = prover.prove(HouseTable.PUBLISHED, request, new byte[0]);
        ProverRefusal refusal =
                assertThrows(ProverException.class, answer::orElseThrow).refusal();
        assertEquals(code, refusal.code());
        assertEquals(where, refusal.where());
    }

    @Test
    void shouldRefuseABookWithOneChangedByte() {
        byte[] file = proved.proof().encode();
        int accepted = 0;
        for (int at = file.length - 1; at > file.length - 2_000; at -= 97) {
            byte[] changed = file.clone();
            changed[at] ^= 1;
            try {
                accepted += verifier.verify(BookProof.read(changed)) instanceof Answer.Given ? 1 : 0;
            } catch (IllegalArgumentException unreadable) {
                // As good as refused.
            }
        }
        assertEquals(0, accepted);
    }

    @Test
    void shouldKeepBatchesThatDidNotChange() {
        EpochCommitment next = epoch(8);
        BookProver.Proved again = prover.prove(
                        HouseTable.PUBLISHED,
                        new BookRequest(next, leaves, RESERVES, 0, OptionalLong.empty()),
                        proved.kept())
                .orElseThrow();
        assertEquals(0, again.cost().batchesProved());
        assertEquals(2, again.cost().batches());
        assertEquals(next, verifier.verify(again.proof()).orElseThrow().epoch());
        assertEquals(2, proved.cost().batchesProved());
    }

    @Test
    void shouldCountEveryAccountAsItIsAndNoOther() {
        for (AccountLeaf leaf : leaves) {
            assertEquals(Optional.empty(), missing(epoch, leaf, leaf.number()));
        }
        AccountLeaf first = leaves.getFirst();
        AccountLeaf poorer = new AccountLeaf(
                first.format(),
                first.number(),
                first.owner(),
                first.salt(),
                new MarginAccount(
                        49_999_999, List.of(), List.of(), first.account().collateral(), List.of()));
        assertTrue(missing(epoch, poorer, 0).orElseThrow().contains("does not stand under"), "another cash");
        assertTrue(missing(epoch, first, 1).isPresent(), "a number has one place");
        AccountLeaf foreign = new AccountLeaf(
                first.format(), first.number(), AccountLeaf.drawSalt(RANDOM), first.salt(), ACCOUNTS.getFirst());
        assertTrue(missing(epoch, foreign, 0).isPresent(), "another owner's leaf");
        assertTrue(missing(epoch(8), first, 0).orElseThrow().contains("of epoch 8"), "another epoch's bundle");
    }

    private static Optional<String> missing(EpochCommitment of, AccountLeaf leaf, long place) {
        return proved.proof().missing(LIBRARY, of, leaf, tree.path(place));
    }

    /** A book that leaves out batches is refused before anybody asks who is in it. */
    @Test
    void shouldRefuseATruncatedBook() {
        List<CanonicalValue> file = items(proved.proof().encode());
        List<CanonicalValue> bundle = items(((CanonicalValue.Bytes) file.get(5)).value());
        List<CanonicalValue> batches = ((CanonicalValue.Array) bundle.get(4)).values();
        bundle.set(4, CanonicalValue.array(batches.subList(0, 1)));
        file.set(5, CanonicalValue.bytes(CanonicalValue.array(bundle).encode()));
        BookProof truncated = BookProof.read(CanonicalValue.array(file).encode());
        assertInstanceOf(Answer.Refused.class, verifier.verify(truncated));
    }

    private static List<CanonicalValue> items(byte[] encoding) {
        return new ArrayList<>(((CanonicalValue.Array) CanonicalReader.read(encoding)).values());
    }

    @Test
    void shouldRefuseKeysOfAnotherShape() {
        BookVerifier mixed = new BookVerifier(LIBRARY, SMALL, /* batch= */ verifier.top(), /* top= */ verifier.batch());
        assertInstanceOf(Answer.Refused.class, mixed.verify(proved.proof()));
        assertThrows(IllegalArgumentException.class, () -> new BookShape(SMALL.batch(), new TopShape(2, 3, 2, 1, 10)));
    }

    @Test
    void shouldReadItsOwnFileForm() {
        byte[] file = proved.proof().encode();
        assertArrayEquals(file, BookProof.read(file).encode());
        assertThrows(IllegalArgumentException.class, () -> BookProof.read(new byte[] {1, 2, 3}));
    }
}
