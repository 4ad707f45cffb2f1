package io.bulwark.prover.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.prover.HouseTable;
import io.bulwark.prover.RandomVenues;
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
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.tier.BuildCache;
import io.bulwark.tier.OfProof;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The fund of a house whose tables list venues: its accounts have standings, of which the circuit opens the hash. */
@OfProof
final class VenueFundTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final FieldElement HOUSE = EpochCommitment.house(digest("founding document"));
    private static final long EPOCH = 7;
    private static final FundShape SHAPE = FundShape.of("1-2-2-3-2-3", HouseTable.VAULT.rowCount());

    private static final List<MarginAccount> ACCOUNTS = List.of(
            account(new Entry(0, 90), new Standing(1, 5_000), new Standing(4, -7)),
            account(new Entry(0, 40), new Standing(2, 0)),
            account(new Entry(2, -30)));

    private final List<FundRequest.Account> accounts = IntStream.range(0, ACCOUNTS.size())
            .mapToObj(number -> new AccountLeaf(
                    Format.AT_VENUES,
                    number,
                    AccountLeaf.drawSalt(RANDOM),
                    AccountLeaf.drawSalt(RANDOM),
                    ACCOUNTS.get(number)))
            .map(leaf -> new FundRequest.Account(leaf, margin(leaf)))
            .toList();
    private final EpochCommitment epoch = epoch(accounts);

    private static MarginAccount account(Entry position, Standing... standings) {
        return new MarginAccount(5_000, List.of(position), List.of(), List.of(), List.of(), List.of(standings));
    }

    private static MarginLeaf margin(AccountLeaf leaf) {
        FieldElement salt = MarginLeaf.salt(HOUSE, EPOCH, leaf.salt());
        return new MarginLeaf((int) leaf.number(), (int) leaf.number(), 1_000, 1_000, 1_000_000, 0, salt);
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static EpochCommitment epoch(List<FundRequest.Account> of) {
        TreeMap<Long, FieldElement> leaves = new TreeMap<>();
        TreeMap<Long, FieldElement> sealed = new TreeMap<>();
        of.forEach(account -> {
            leaves.put(account.leaf().number(), account.leaf().hash(LIBRARY).orElseThrow());
            sealed.put(account.leaf().number(), account.margin().hash(LIBRARY));
        });
        try (RiskTableTree vault = RiskTableTree.open(LIBRARY, HouseTable.VAULT).orElseThrow();
                AccountTree tree = AccountTree.open(LIBRARY);
                AccountTree margins = AccountTree.open(LIBRARY)) {
            tree.update(leaves);
            margins.update(sealed);
            return new EpochCommitment(
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

    @Test
    void shouldProveTheFundOfAccountsWithStandingsAndOfNoOthers() {
        CircuitKeys keys =
                CircuitKeys.prepare(LIBRARY, SHAPE.with(Format.AT_VENUES), BuildCache.keys(), SetupProgress.SILENT);
        try (FundProver prover = FundProver.open(LIBRARY, keys)) {
            FundProver.Proved proved = prove(prover, accounts, 1L << 40).orElseThrow();
            assertInstanceOf(
                    Verifier.Verification.Valid.class,
                    new Verifier(LIBRARY, keys.verifyingKey()).verify(proved.proof()));
            assertInstanceOf(Answer.Given.class, prove(prover, accounts, proved.need()));
            assertEquals("CLAIM_NOT_MET", code(prove(prover, accounts, proved.need() - 1)));
            AccountLeaf first = accounts.getFirst().leaf();
            List<Standing> standings = first.account().standings();
            for (List<Standing> told :
                    List.of(RandomVenues.better(standings, 0, 1), standings.subList(0, 1), List.<Standing>of())) {
                AccountLeaf other = with(first, Format.AT_VENUES, RandomVenues.standing(first.account(), told));
                assertEquals("LEAF_NOT_IN_TREE", code(prove(prover, changed(0, other), 1L << 40)));
            }
            AccountLeaf last = accounts.getLast().leaf();
            AccountLeaf plain = with(last, Format.WITHOUT_VENUES, last.account());
            assertEquals("FORMAT_DIFFERS", code(prove(prover, changed(2, plain), 1L << 40)));
        }
    }

    @Test
    void shouldHaveNoPlaceForStandingsInACircuitWithoutVenues() {
        CircuitKeys keys = CircuitKeys.prepare(LIBRARY, SHAPE, BuildCache.keys(), SetupProgress.SILENT);
        try (FundProver prover = FundProver.open(LIBRARY, keys)) {
            assertEquals("FORMAT_DIFFERS", code(prove(prover, accounts, 1L << 40)));
        }
    }

    private Answer<FundProver.Proved> prove(FundProver prover, List<FundRequest.Account> of, long fund) {
        return prover.prove(HouseTable.VAULT, new FundRequest(epoch, of, fund));
    }

    private List<FundRequest.Account> changed(int place, AccountLeaf leaf) {
        List<FundRequest.Account> other = new ArrayList<>(accounts);
        other.set(place, new FundRequest.Account(leaf, margin(leaf)));
        return other;
    }

    private static AccountLeaf with(AccountLeaf leaf, Format format, MarginAccount account) {
        return new AccountLeaf(format, leaf.number(), leaf.owner(), leaf.salt(), account);
    }

    private static String code(Answer<?> answer) {
        return assertInstanceOf(Answer.Refused.class, answer, answer.toString())
                .refusal()
                .code();
    }
}
