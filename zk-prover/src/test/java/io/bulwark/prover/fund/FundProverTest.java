package io.bulwark.prover.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.epoch.Digest;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.prover.HouseTable;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.SetupProgress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The fund of a small house from Java and back: what it must hold, what it refuses. */
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

    private static CircuitKeys keys;
    private static FundProver prover;
    private static List<FundRequest.Account> accounts;
    private static EpochCommitment epoch;

    @BeforeAll
    static void open() {
        FundShape shape = FundShape.of("1-2-2-3-2-3", HouseTable.VAULT.rowCount());
        keys = CircuitKeys.prepare(LIBRARY, shape, TestKeys.folder(), SetupProgress.SILENT);
        prover = FundProver.open(LIBRARY, keys);
        accounts = IntStream.range(0, ACCOUNTS.size())
                .mapToObj(number -> new FundRequest.Account(
                        new AccountLeaf(
                                number,
                                AccountLeaf.drawSalt(RANDOM),
                                AccountLeaf.drawSalt(RANDOM),
                                ACCOUNTS.get(number)),
                        MEMBERS.get(number),
                        MARGINS.get(number),
                        AccountLeaf.drawSalt(RANDOM)))
                .toList();
        try (RiskTableTree vault = RiskTableTree.open(LIBRARY, HouseTable.VAULT).orElseThrow();
                AccountTree tree = AccountTree.open(LIBRARY)) {
            TreeMap<Long, FieldElement> hashes = new TreeMap<>();
            accounts.forEach(account -> hashes.put(
                    account.leaf().number(), account.leaf().hash(LIBRARY).orElseThrow()));
            tree.update(hashes);
            epoch = new EpochCommitment(
                    EpochCommitment.house(digest("founding document")),
                    7,
                    FieldElement.of(6),
                    tree.root(),
                    FieldElement.of(8),
                    digest("table"),
                    digest("parameters"),
                    digest("inputs"),
                    FieldElement.ZERO,
                    vault.root(),
                    FieldElement.ZERO,
                    FieldElement.ZERO);
        }
    }

    @AfterAll
    static void close() {
        prover.close();
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Losses beyond margin by member, the two largest, in the worst row: no row pays with another's. */
    private static long need() {
        long need = 0;
        for (int row = 0; row < HouseTable.VAULT.rowCount(); row++) {
            long[] beyond = new long[3];
            for (int i = 0; i < ACCOUNTS.size(); i++) {
                beyond[MEMBERS.get(i)] += Math.max(0, loss(ACCOUNTS.get(i), row) - MARGINS.get(i));
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
        FundProof read = FundProof.read(proved.proof().encode());
        assertEquals(proved.proof(), read);
        assertInstanceOf(Answer.Given.class, read.verify(LIBRARY, keys.verifyingKey()));
        assertEquals(epoch.digest(LIBRARY), read.seal());
        Answer<FundProver.Proved> short1 = prove(accounts, need() - 1);
        assertEquals(
                "CLAIM_NOT_MET",
                ((Answer.Refused<FundProver.Proved>) short1).refusal().code());
    }

    @Test
    void shouldRefuseEveryOtherStatement() {
        FundProof proof = prove(accounts, need() + 5).orElseThrow().proof();
        List<UnaryOperator<FundProof>> changes = List.of(
                p -> new FundProof(p.key(), p.proof(), FieldElement.of(1), p.fund(), p.scenarios(), p.margins()),
                p -> new FundProof(p.key(), p.proof(), p.seal(), p.fund() - 1, p.scenarios(), p.margins()),
                p -> new FundProof(p.key(), p.proof(), p.seal(), p.fund(), p.scenarios() + 1, p.margins()),
                p -> new FundProof(p.key(), p.proof(), p.seal(), p.fund(), p.scenarios(), FieldElement.of(1)));
        assertInstanceOf(Answer.Given.class, proof.verify(LIBRARY, keys.verifyingKey()));
        for (int i = 0; i < changes.size(); i++) {
            FundProof changed = changes.get(i).apply(proof);
            assertInstanceOf(Answer.Refused.class, changed.verify(LIBRARY, keys.verifyingKey()), "change " + i);
        }
        assertThrows(IllegalArgumentException.class, () -> FundProof.read(new byte[] {1, 2, 3}));
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
