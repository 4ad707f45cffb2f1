package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.RefusalKind;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.RequestSeal;
import io.bulwark.prover.commitment.RequestTree;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.proof.Constraints;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.SealedRequest;
import io.bulwark.prover.witness.WitnessRequest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether the circuit computes what a house computed and sealed: the constraints of the shape that the house's prover picks are asked about
 * every account, with the account's own lots, leaf and path and the epoch's own table. No proof is made, and no key is needed.
 */
final class SolvedAccounts implements AutoCloseable {
    private final Map<ProofShape, Constraints> compiled = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    /**
     * Every account of an epoch that has a margin: the sealed integers are accepted, one unit more or less is not.
     *
     * @return how many there are
     */
    int assertSolved(House house, ComputedEpoch epoch) {
        EpochComputation computation = new EpochComputation(house.library());
        int solved = 0;
        try (AccountTree accounts = computation.tree(epoch.accounts());
                RiskTableTree table =
                        RiskTableTree.open(house.library(), epoch.table()).orElseThrow()) {
            for (AccountLine line : epoch.accounts()) {
                Optional<MarginStatement> stated = line.margin().stated();
                if (stated.isPresent()) {
                    assertSolved(house, epoch, line, stated.orElseThrow(), accounts, table);
                    solved++;
                }
            }
        }
        return solved;
    }

    private void assertSolved(
            House house,
            ComputedEpoch epoch,
            AccountLine line,
            MarginStatement stated,
            AccountTree accounts,
            RiskTableTree table) {
        ProofShape shape = ProofShape.of(epoch.table(), line.lots());
        ProofShape.Fit fit = shape.fit(epoch.table(), line.lots());
        assertInstanceOf(ProofShape.Fit.Fits.class, fit, () -> line.name() + ": " + fit);
        Constraints constraints = compiled.computeIfAbsent(shape, wanted -> Constraints.of(house.library(), wanted));
        long margin = stated.given().initialMargin();
        WitnessRequest asked = request(house, epoch, line, accounts, margin);
        assertEquals(
                new Answer.Given<>(new Constraints.Solution(
                        margin,
                        stated.given().maintenanceMargin(),
                        stated.given().equity())),
                solve(house, constraints, shape, table, asked),
                line.name());
        for (long wrong : new long[] {margin - 1, margin + 1}) {
            if (wrong >= 0) {
                Answer<Constraints.Solution> answer =
                        solve(house, constraints, shape, table, request(house, epoch, line, accounts, wrong));
                assertEquals(
                        RefusalKind.CLAIM_NOT_TRUE,
                        assertInstanceOf(Answer.Refused.class, answer, line.name())
                                .refusal()
                                .kind(),
                        line.name());
            }
        }
    }

    private static WitnessRequest request(
            House house, ComputedEpoch epoch, AccountLine line, AccountTree accounts, long margin) {
        AccountInput input = house.epochs().epoch(epoch.number()).orElseThrow().inputs().accounts().stream()
                .filter(account -> account.number() == line.number())
                .findFirst()
                .orElseThrow();
        return new WitnessRequest(
                EpochComputation.commitment(epoch.sealed().epoch()),
                new AccountLeaf(
                        AccountLeaf.Format.of(epoch.table()),
                        line.number(),
                        FieldElement.ofDigest(input.owner()),
                        FieldElement.ofDigest(input.salt()),
                        line.lots()),
                Optional.empty(),
                accounts.path(line.number()),
                Challenge.of("https://verifier.example", line.name(), "1"),
                Scope.of("https://verifier.example", "journey"),
                new Claim(Claim.Kind.INITIAL_MARGIN, Claim.Candidate.GIVEN, margin, OptionalLong.of(line.number())));
    }

    /** Where a table is opened by seal, then challenge: with a seal over this request alone. */
    private Answer<Constraints.Solution> solve(
            House house, Constraints constraints, ProofShape shape, RiskTableTree table, WitnessRequest request) {
        if (!shape.opening().sealed()) {
            return constraints.solve(table, request);
        }
        FieldElement salt = AccountLeaf.drawSalt(random);
        FieldElement commitment = constraints
                .commit(table, request.leaf(), request.claim().candidate(), salt)
                .orElseThrow();
        try (RequestTree requests = RequestTree.of(house.library(), List.of(commitment), random)) {
            RequestSeal seal =
                    RequestSeal.of(shape.opening(), request.epoch().digest(house.library()), requests.root(), table);
            return constraints.solve(table, request.sealedAs(new SealedRequest(seal, salt, requests.path(0))));
        }
    }

    @Override
    public void close() {
        compiled.values().forEach(Constraints::close);
    }
}
