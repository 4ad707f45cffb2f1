package io.bulwark.prover;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.margin.MarginRefusal;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.commitment.MarginOpening;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.commitment.RequestSeal;
import io.bulwark.prover.commitment.RequestTree;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.commitment.TariffCommitment;
import io.bulwark.prover.proof.Constraints;
import io.bulwark.prover.witness.SealedRequest;
import io.bulwark.prover.witness.WitnessRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** A sealed epoch of given accounts over a given table, with everybody's keys: what tests ask proofs of. */
public final class TestEpoch implements AutoCloseable {
    /** Whom the proofs of tests are for. */
    public static final Scope SCOPE = Scope.of("https://verifier.example", "credit line");

    /** One conversation with them. */
    public static final Challenge CHALLENGE = Challenge.of("https://verifier.example", "alice", "nonce 1");

    private static final FieldElement HOUSE = EpochCommitment.house(digest("founding document"));
    private static final long NUMBER = 7;
    private static final int NUMBER_STEP = 1021;

    private final ProverLibrary library;
    private final RiskTableTree table;
    private final AccountTree tree;
    private final AccountTree margins;
    private final List<MarginLeaf> marginLeaves = new ArrayList<>();
    private final List<AccountLeaf> leaves = new ArrayList<>();
    private final List<OwnerKey> keys = new ArrayList<>();
    private final EpochCommitment commitment;

    private TestEpoch(
            ProverLibrary library, RiskTable table, List<MarginAccount> accounts, Optional<BufferTariff> tariff) {
        SecureRandom random = new SecureRandom();
        this.library = library;
        this.table = RiskTableTree.open(library, table).orElseThrow();
        this.tree = AccountTree.open(library);
        this.margins = AccountTree.open(library);
        SortedMap<Long, FieldElement> hashes = new TreeMap<>();
        SortedMap<Long, FieldElement> marginHashes = new TreeMap<>();
        for (MarginAccount account : accounts) {
            long number = (long) leaves.size() * NUMBER_STEP % (1 << 20);
            OwnerKey key = OwnerKey.draw(random);
            AccountLeaf leaf = new AccountLeaf(
                    Format.of(table), number, key.commitment(library, number), AccountLeaf.drawSalt(random), account);
            keys.add(key);
            leaves.add(leaf);
            hashes.put(number, leaf.hash(library).orElseThrow());
            MarginLeaf margin = margin(leaf, tariff);
            marginLeaves.add(margin);
            marginHashes.put(number, margin.hash(library));
        }
        tree.update(hashes);
        margins.update(marginHashes);
        this.commitment = new EpochCommitment(
                HOUSE,
                NUMBER,
                FieldElement.of(6),
                tree.root(),
                this.table.root(),
                this.table.digest(),
                digest("parameters"),
                digest("inputs"),
                FieldElement.ZERO,
                FieldElement.ZERO,
                tariff.map(t -> TariffCommitment.of(this.table, t).orElseThrow().digest())
                        .orElse(FieldElement.ZERO),
                margins.root());
    }

    /** What the epoch seals of an account's margin; where a tariff charges no option, a house's own computation would stand. */
    private MarginLeaf margin(AccountLeaf leaf, Optional<BufferTariff> tariff) {
        FieldElement salt = MarginLeaf.salt(HOUSE, NUMBER, leaf.salt());
        return switch (PortfolioMargin.evaluate(table.table(), leaf.account())) {
            case MarginStatement statement ->
                new MarginLeaf(
                        leaf.number(),
                        3,
                        statement.initialMargin(),
                        statement.maintenanceMargin(),
                        statement.equity(),
                        tariff.flatMap(t -> charge(t, leaf)).orElse(0L),
                        salt);
            case MarginRefusal none -> MarginLeaf.without(leaf.number(), 3, salt);
        };
    }

    private Optional<Long> charge(BufferTariff tariff, AccountLeaf leaf) {
        return TariffCommitment.charge(table, tariff, leaf) instanceof Answer.Given<Long>(Long charge)
                ? Optional.of(charge)
                : Optional.empty();
    }

    /** Seals accounts, which get numbers in their order. */
    public static TestEpoch of(ProverLibrary library, RiskTable table, List<MarginAccount> accounts) {
        return new TestEpoch(library, table, accounts, Optional.empty());
    }

    /** Seals accounts beside the tariff of their house's buffer. */
    public static TestEpoch of(
            ProverLibrary library, RiskTable table, List<MarginAccount> accounts, BufferTariff tariff) {
        return new TestEpoch(library, table, accounts, Optional.of(tariff));
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A request of the owner of an account. */
    public WitnessRequest request(int account, Claim claim) {
        return request(account, claim, CHALLENGE, SCOPE);
    }

    /** A request of the owner of an account for a verifier of the caller's. */
    public WitnessRequest request(int account, Claim claim, Challenge challenge, Scope scope) {
        return request(account, Optional.of(keys.get(account)), claim, challenge, scope);
    }

    /** A request of the house, which shows the margin of an account that it names. */
    public WitnessRequest requestOfHouse(int account, Claim claim, Challenge challenge, Scope scope) {
        return request(
                account, Optional.empty(), claim.naming(leaves.get(account).number()), challenge, scope);
    }

    private WitnessRequest request(
            int account, Optional<OwnerKey> owner, Claim claim, Challenge challenge, Scope scope) {
        AccountLeaf leaf = leaves.get(account);
        return new WitnessRequest(commitment, leaf, owner, tree.path(leaf.number()), challenge, scope, claim);
    }

    /** A request of the house for the call of an account. */
    public WitnessRequest call(int account) {
        AccountLeaf leaf = leaves.get(account);
        Claim claim = new Claim(Claim.Kind.BELOW_MAINTENANCE, Claim.Candidate.GIVEN, 0, OptionalLong.of(leaf.number()));
        return new WitnessRequest(
                commitment, leaf, Optional.empty(), tree.path(leaf.number()), CHALLENGE, SCOPE, claim);
    }

    /** What the epoch seals of an account's margin. */
    public MarginOpening margin(int account) {
        MarginLeaf leaf = marginLeaves.get(account);
        return new MarginOpening(leaf, margins.path(leaf.number()));
    }

    /** The house's request to show that it is the formula's. */
    public WitnessRequest requestOfMargin(int account) {
        AccountLeaf leaf = leaves.get(account);
        return WitnessRequest.ofMargin(commitment, leaf, tree.path(leaf.number()), margin(account));
    }

    /** The same request after its commitment was sealed among others: both rounds of the challenge opening. */
    public Answer<WitnessRequest> sealed(Opening opening, Constraints constraints, WitnessRequest request) {
        FieldElement salt = AccountLeaf.drawSalt(new SecureRandom());
        return constraints
                .commit(table, request.leaf(), request.claim().candidate(), salt)
                .map(commitment -> {
                    try (RequestTree requests =
                            RequestTree.of(library, List.of(FieldElement.of(4711), commitment), new SecureRandom())) {
                        RequestSeal seal =
                                RequestSeal.of(opening, commitment().digest(library), requests.root(), table);
                        return request.sealedAs(new SealedRequest(seal, salt, requests.path(1)));
                    }
                });
    }

    /** The table's tree. */
    public RiskTableTree table() {
        return table;
    }

    /** What the epoch's digest commits to. */
    public EpochCommitment commitment() {
        return commitment;
    }

    /** The leaf of an account. */
    public AccountLeaf leaf(int account) {
        return leaves.get(account);
    }

    @Override
    public void close() {
        margins.close();
        tree.close();
        table.close();
    }
}
