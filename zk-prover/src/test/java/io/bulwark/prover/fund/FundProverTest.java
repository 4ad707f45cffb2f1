package io.bulwark.prover.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.formula.Equity;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.prover.HouseTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.witness.PublicInputs;
import io.bulwark.tier.BuildCache;
import io.bulwark.tier.OfProof;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The fund of a small house from Java and back: what it must hold, what it refuses. */
@OfProof
class FundProverTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The first and the last are affiliates. */
    private static final List<Integer> MEMBERS = List.of(1, 0, 2, 1);

    private static final List<MarginAccount> ACCOUNTS = List.of(
            new MarginAccount(5_000, List.of(new Entry(0, 90)), List.of(), List.of(), List.of()),
            new MarginAccount(0, List.of(new Entry(0, 40)), List.of(), List.of(new Entry(1, 7)), List.of()),
            MarginAccount.EMPTY,
            new MarginAccount(0, List.of(), List.of(), List.of(new Entry(1, 500)), List.of()));

    private static final List<Long> MARGINS = List.of(1_000L, 2_000L, 0L, 3_000L);

    private static final FieldElement HOUSE = EpochCommitment.house(digest("founding document"));
    private static final long EPOCH = 7;

    private static CircuitKeys keys;
    private static FundProver prover;
    private static List<FundRequest.Account> accounts;
    private static EpochCommitment epoch;

    @BeforeAll
    static void open() {
        FundShape shape = FundShape.of("1-2-2-3-2-3", HouseTable.VAULT.rowCount());
        keys = CircuitKeys.prepare(LIBRARY, shape, BuildCache.keys(), SetupProgress.SILENT);
        prover = FundProver.open(LIBRARY, keys);
        accounts = IntStream.range(0, ACCOUNTS.size())
                .mapToObj(number -> new FundRequest.Account(
                        new AccountLeaf(
                                Format.WITHOUT_VENUES,
                                number,
                                AccountLeaf.drawSalt(RANDOM),
                                AccountLeaf.drawSalt(RANDOM),
                                ACCOUNTS.get(number)),
                        margin(number)))
                .toList();
        try (RiskTableTree vault = RiskTableTree.open(LIBRARY, HouseTable.VAULT).orElseThrow();
                AccountTree tree = AccountTree.open(LIBRARY);
                AccountTree margins = AccountTree.open(LIBRARY)) {
            TreeMap<Long, FieldElement> hashes = new TreeMap<>();
            accounts.forEach(account -> hashes.put(
                    account.leaf().number(), account.leaf().hash(LIBRARY).orElseThrow()));
            tree.update(hashes);
            TreeMap<Long, FieldElement> sealed = new TreeMap<>();
            accounts = accounts.stream().map(FundProverTest::salted).toList();
            accounts.forEach(account ->
                    sealed.put(account.margin().number(), account.margin().hash(LIBRARY)));
            margins.update(sealed);
            epoch = new EpochCommitment(
                    HOUSE,
                    EPOCH,
                    FieldElement.of(6),
                    tree.root(),
                    FieldElement.of(8),
                    digest("table"),
                    digest("parameters"),
                    digest("inputs"),
                    FieldElement.ZERO,
                    vault.root(),
                    FieldElement.ZERO,
                    margins.root());
        }
    }

    private static MarginLeaf margin(int number) {
        long margin = MARGINS.get(number);
        return new MarginLeaf(number, MEMBERS.get(number), margin, margin, 1_000_000, 0, FieldElement.ZERO);
    }

    /** The library derives the salt of a margin leaf from the account's. */
    private static FundRequest.Account salted(FundRequest.Account account) {
        MarginLeaf m = account.margin();
        FieldElement salt = MarginLeaf.salt(HOUSE, EPOCH, account.leaf().salt());
        return new FundRequest.Account(
                account.leaf(),
                new MarginLeaf(
                        m.number(),
                        m.member(),
                        m.initialMargin(),
                        m.maintenanceMargin(),
                        m.equity(),
                        m.buffer(),
                        salt));
    }

    @AfterAll
    static void close() {
        prover.close();
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Losses beyond what is held by member, the two largest, in the worst row: no row pays with another's. */
    private static long need() {
        long need = 0;
        for (int row = 0; row < HouseTable.VAULT.rowCount(); row++) {
            long[] beyond = new long[3];
            for (int i = 0; i < ACCOUNTS.size(); i++) {
                long held = Math.max(0, Math.min(MARGINS.get(i), Equity.of(HouseTable.VAULT, ACCOUNTS.get(i))));
                beyond[MEMBERS.get(i)] += Math.max(0, loss(ACCOUNTS.get(i), row) - held);
            }
            java.util.Arrays.sort(beyond);
            need = Math.max(need, beyond[1] + beyond[2]);
        }
        return need;
    }

    private static long loss(MarginAccount account, int row) {
        long loss = 0;
        for (Entry position : account.positions()) {
            loss -= position.lots()
                    * HouseTable.VAULT
                            .instrument(position.number())
                            .orElseThrow()
                            .row()
                            .at(row);
        }
        for (Entry held : account.collateral()) {
            loss -= held.lots()
                    * HouseTable.VAULT.asset(held.number()).orElseThrow().row().at(row);
        }
        return loss;
    }

    private static Answer<FundProver.Proved> prove(List<FundRequest.Account> of, long fund) {
        return prover.prove(HouseTable.VAULT, new FundRequest(epoch, of, fund));
    }

    @Test
    void shouldAskForTheTwoLargestLossesAndNotAUnitLess() {
        FundProver.Proved proved = prove(accounts, need()).orElseThrow();
        assertEquals(need(), proved.need());
        ProofBundle read = ProofBundle.ofJson(proved.proof().toJson());
        assertEquals(proved.proof(), read);
        assertInstanceOf(Verifier.Verification.Valid.class, new Verifier(LIBRARY, keys.verifyingKey()).verify(read));
        assertEquals(epoch.digest(LIBRARY), read.publicInputs().seal());
        assertEquals(new FundStatement(need(), HouseTable.VAULT.rowCount()), FundStatement.of(read.publicInputs()));
        Answer<FundProver.Proved> short1 = prove(accounts, need() - 1);
        assertEquals(
                "CLAIM_NOT_MET",
                ((Answer.Refused<FundProver.Proved>) short1).refusal().code());
    }

    @Test
    void shouldRefuseEveryOtherStatement() {
        ProofBundle proof = prove(accounts, need() + 5).orElseThrow().proof();
        PublicInputs shown = proof.publicInputs();
        FundStatement says = FundStatement.of(shown);
        Verifier verifier = new Verifier(LIBRARY, keys.verifyingKey());
        List<PublicInputs> changes = List.of(
                says.over(FieldElement.of(1)),
                new FundStatement(says.fund() - 1, says.scenarios()).over(shown.seal()),
                new FundStatement(says.fund(), says.scenarios() + 1).over(shown.seal()));
        assertInstanceOf(Verifier.Verification.Valid.class, verifier.verify(proof));
        for (int i = 0; i < changes.size(); i++) {
            ProofBundle changed = new ProofBundle(keys.verifyingKey().identity(), proof.proof(), changes.get(i));
            assertInstanceOf(Verifier.Verification.Invalid.class, verifier.verify(changed), "change " + i);
        }
    }

    @Test
    void shouldReadNoOtherStatementAsAFund() {
        PublicInputs honest = new FundStatement(Long.MAX_VALUE, 32).over(FieldElement.of(5));
        assertEquals(new FundStatement(Long.MAX_VALUE, 32), FundStatement.of(honest));
        BigInteger statement = honest.statement().value();
        for (int bit : new int[] {0, 3, 8, 9, 14, 15, 79, 200}) {
            PublicInputs other = new PublicInputs(
                    honest.seal(),
                    FieldElement.ZERO,
                    FieldElement.ZERO,
                    FieldElement.ZERO,
                    FieldElement.of(statement.flipBit(bit)));
            assertThrows(IllegalArgumentException.class, () -> FundStatement.of(other), "bit " + bit);
        }
        FieldElement one = FieldElement.of(1);
        for (PublicInputs other : List.of(
                new PublicInputs(honest.seal(), one, FieldElement.ZERO, FieldElement.ZERO, honest.statement()),
                new PublicInputs(honest.seal(), FieldElement.ZERO, one, FieldElement.ZERO, honest.statement()),
                new PublicInputs(honest.seal(), FieldElement.ZERO, FieldElement.ZERO, one, honest.statement()))) {
            assertThrows(IllegalArgumentException.class, () -> FundStatement.of(other));
        }
    }

    /** What the epoch seals of a margin is what is credited, and no more than the account is worth. */
    @Test
    void shouldRefuseAnotherMarginThanTheSealed() {
        List<FundRequest.Account> richer = new ArrayList<>(accounts);
        FundRequest.Account first = richer.getFirst();
        MarginLeaf m = first.margin();
        richer.set(
                0,
                new FundRequest.Account(
                        first.leaf(),
                        new MarginLeaf(
                                m.number(), m.member(), 1L << 59, m.maintenanceMargin(), m.equity(), 0, m.salt())));
        Answer<FundProver.Proved> answer = prove(richer, need());
        assertEquals(
                "LEAF_NOT_IN_TREE",
                ((Answer.Refused<FundProver.Proved>) answer).refusal().code());
    }

    @Test
    void shouldRefuseAnAccountLeftOut() {
        List<FundRequest.Account> fewer = new ArrayList<>(accounts);
        fewer.remove(1);
        Answer<FundProver.Proved> answer = prove(fewer, need());
        assertEquals(
                "LEAF_NOT_IN_TREE",
                ((Answer.Refused<FundProver.Proved>) answer).refusal().code());
    }
}
