package io.bulwark.prover.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomAccount;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Claim.Candidate;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.RequestSeal;
import io.bulwark.prover.commitment.RequestTree;
import io.bulwark.prover.proof.Constraints;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfProof;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Both rounds of the challenge opening between an owner at home and a house that is not told whose a commitment is. */
@OfProof
final class SealedRequestsTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Constraints CIRCUIT = TestKeys.constraints(TestKeys.SEALED);
    private static final RiskTable TABLE = RandomRiskTable.ofEveryFamily(new SplittableRandom(5), 16);
    private static final MarginAccount ACCOUNT =
            RandomAccount.indebted(new SplittableRandom(6), TABLE, TestKeys.SEALED);
    private static final TestEpoch EPOCH = TestEpoch.of(LIBRARY, TABLE, List.of(ACCOUNT, ACCOUNT));
    private static final FieldElement DIGEST = EPOCH.commitment().digest(LIBRARY);

    private final RequestOpening opening = commit(0);
    private final SealedRequests sealed =
            seal(List.of(opening.request().commitment(), commit(1).request().commitment()));

    @AfterAll
    static void close() {
        EPOCH.close();
    }

    private static RequestOpening commit(int account) {
        FieldElement salt = AccountLeaf.drawSalt(RANDOM);
        FieldElement commitment = CIRCUIT.commit(EPOCH.table(), EPOCH.leaf(account), Candidate.GIVEN, salt)
                .orElseThrow();
        return new RequestOpening(new SealRequest(Opening.CHALLENGE, DIGEST, commitment), Candidate.GIVEN, salt);
    }

    private static SealedRequests seal(List<FieldElement> commitments) {
        List<FieldElement> leaves = RequestTree.mixed(commitments, RANDOM);
        try (RequestTree tree = RequestTree.of(LIBRARY, leaves)) {
            return new SealedRequests(
                    EPOCH.commitment().house().digest(),
                    EPOCH.commitment().epoch(),
                    RequestSeal.of(Opening.CHALLENGE, DIGEST, tree.root(), EPOCH.table()),
                    leaves,
                    List.of());
        }
    }

    @Test
    void shouldBeProvedFromAfterTheSealAlone() {
        WitnessRequest request = EPOCH.request(0, Claim.initialMargin(margin()));
        WitnessRequest found =
                request.sealedAs(sealed.find(LIBRARY, opening, EPOCH.table()).orElseThrow());
        assertInstanceOf(Answer.Given.class, CIRCUIT.solve(EPOCH.table(), found));
        assertEquals(sealed.seal().value(LIBRARY), found.publicInputs(LIBRARY).seal());
        RequestOpening others = commit(0);
        assertInstanceOf(
                Answer.Refused.class,
                CIRCUIT.solve(
                        EPOCH.table(),
                        request.sealedAs(seal(List.of(others.request().commitment()))
                                .find(
                                        LIBRARY,
                                        new RequestOpening(others.request(), Candidate.GIVEN, opening.salt()),
                                        EPOCH.table())
                                .orElseThrow())),
                "a commitment is opened by its own salt");
    }

    private static long margin() {
        return MarginStatement.of(TABLE, ACCOUNT).initialMargin();
    }

    @Test
    void shouldSealForTheSmallKeyApart() {
        Constraints small = TestKeys.constraints(TestKeys.COMPACT);
        WitnessRequest request = EPOCH.request(0, Claim.initialMargin(margin()));
        WitnessRequest compact = EPOCH.sealed(Opening.COMPACT, small, request).orElseThrow();
        assertInstanceOf(Answer.Given.class, small.solve(EPOCH.table(), compact));
        assertInstanceOf(
                Answer.Refused.class,
                small.solve(
                        EPOCH.table(),
                        EPOCH.sealed(Opening.CHALLENGE, CIRCUIT, request).orElseThrow()),
                "what was committed to in one packing opens in no other");
        SealRequest apart =
                new SealRequest(Opening.COMPACT, DIGEST, opening.request().commitment());
        assertEquals(
                Optional.empty(),
                sealed.find(LIBRARY, new RequestOpening(apart, Candidate.GIVEN, opening.salt()), EPOCH.table()));
    }

    @Test
    void shouldHideTheNumberAndTheOrderOfRequests() {
        assertEquals(RequestTree.COMMITMENTS_MIN, sealed.commitments().size());
        List<FieldElement> one = List.of(opening.request().commitment());
        assertTrue(
                IntStream.range(0, 8)
                                .mapToLong(i -> seal(one).commitments().indexOf(one.getFirst()))
                                .distinct()
                                .count()
                        > 1,
                "the place must not be the sequence");
    }

    @Test
    void shouldRefuseRowsThatTheHouseMadeUp() {
        SealedRequests madeUp = new SealedRequests(
                sealed.house(),
                sealed.epoch(),
                new RequestSeal(Opening.CHALLENGE, DIGEST, sealed.seal().requestRoot(), FieldElement.of(4711)),
                sealed.commitments(),
                List.of());
        assertRefuses("evaluated root must be that of the epoch's table", madeUp);
        List<FieldElement> fewer = sealed.commitments().subList(0, 63);
        assertRefuses(
                "request root must be that of the commitments",
                new SealedRequests(sealed.house(), sealed.epoch(), sealed.seal(), fewer, List.of()));
    }

    private void assertRefuses(String rule, SealedRequests requests) {
        IllegalArgumentException byAnybody =
                assertThrows(IllegalArgumentException.class, () -> requests.check(LIBRARY, EPOCH.table()));
        assertTrue(String.valueOf(byAnybody.getMessage()).contains(rule), byAnybody.toString());
        sealed.check(LIBRARY, EPOCH.table());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> requests.find(LIBRARY, opening, EPOCH.table()));
        assertTrue(String.valueOf(refused.getMessage()).contains(rule), refused.toString());
    }

    @Test
    void shouldFindNothingOfAnotherCommitmentOrEpoch() {
        assertEquals(Optional.empty(), sealed.find(LIBRARY, commit(0), EPOCH.table()));
        SealRequest elsewhere = new SealRequest(
                Opening.CHALLENGE, FieldElement.of(7), opening.request().commitment());
        assertEquals(
                Optional.empty(),
                sealed.find(LIBRARY, new RequestOpening(elsewhere, Candidate.GIVEN, opening.salt()), EPOCH.table()));
    }

    @Test
    void shouldReadItsFilesAndNothingElse() {
        QuorumKey member = QuorumKey.generate();
        SealedRequests signed = sealed.signed(List.of(member.sign(sealed.statement())));
        assertEquals(signed, SealedRequests.decode(signed.encode()));
        assertEquals(opening, RequestOpening.decode(opening.encode()));
        assertEquals(opening.request(), SealRequest.decode(opening.request().encode()));
        assertFalse(opening.toString().contains(opening.salt().hex()));
        for (byte[] file :
                List.of(signed.encode(), opening.encode(), opening.request().encode())) {
            for (byte[] other :
                    List.of(new byte[0], Arrays.copyOf(file, file.length - 1), Arrays.copyOf(file, file.length + 1))) {
                assertThrows(IllegalArgumentException.class, () -> SealedRequests.decode(other));
                assertThrows(IllegalArgumentException.class, () -> RequestOpening.decode(other));
                assertThrows(IllegalArgumentException.class, () -> SealRequest.decode(other));
            }
        }
    }

    @Test
    void shouldNotTakeASignatureOnAnEpochForOneOnASeal() {
        QuorumKey member = QuorumKey.generate();
        Digest house = sealed.house();
        EpochStatement epoch = new EpochStatement(house, sealed.epoch(), DIGEST.digest(), 1_000);
        assertTrue(member.sign(sealed.statement()).signs(sealed.statement()));
        assertFalse(member.sign(epoch).signs(sealed.statement()));
        assertFalse(member.sign(sealed.statement()).signs(epoch));
        List<FieldElement> others = new ArrayList<>(sealed.commitments());
        others.set(0, FieldElement.of(3));
        assertFalse(member.sign(sealed.statement()).signs(seal(others).statement()), "every root is in what is signed");
    }
}
