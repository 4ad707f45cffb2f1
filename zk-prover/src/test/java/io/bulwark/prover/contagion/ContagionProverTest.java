package io.bulwark.prover.contagion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.fund.FundRequest;
import io.bulwark.prover.fund.FundStatement;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.witness.PublicInputs;
import io.bulwark.tier.BuildCache;
import io.bulwark.tier.OfProof;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The certificate of a small house from Java and back: what it says, what it refuses. */
@OfProof
final class ContagionProverTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();

    private static DrawnHouse house;
    private static CircuitKeys keys;
    private static ContagionProver prover;
    private static ProofBundle proof;

    @BeforeAll
    static void open() {
        SplittableRandom random = new SplittableRandom(5);
        do {
            house = DrawnHouse.of(LIBRARY, random, 1);
        } while (house.tariff().certified().stream()
                .noneMatch(vector -> vector.rates().stream().anyMatch(rate -> rate > 0)));
        keys = CircuitKeys.prepare(LIBRARY, DrawnHouse.shape(house), BuildCache.keys(), SetupProgress.SILENT);
        prover = ContagionProver.open(LIBRARY, keys);
        proof = prover.prove(house.request()).orElseThrow().proof();
    }

    @AfterAll
    static void close() {
        prover.close();
    }

    @Test
    void shouldCertifyTheHousesOwnVectorsToAnotherProcess() {
        ProofBundle read = ProofBundle.ofJson(proof.toJson());
        assertEquals(proof, read);
        assertInstanceOf(Verifier.Verification.Valid.class, new Verifier(LIBRARY, keys.verifyingKey()).verify(read));
        assertEquals(
                says(DrawnHouse.shape(house), house.tariff()).over(house.epoch().digest(LIBRARY)), read.publicInputs());
    }

    private static ContagionStatement says(ContagionShape shape, BufferTariff tariff) {
        return ContagionStatement.of(LIBRARY, shape, house.table(), tariff).orElseThrow();
    }

    @Test
    void shouldRefuseAVectorThatIsAUnitTooLow() {
        List<ContagionVector> certified = new ArrayList<>(house.tariff().certified());
        for (int s = 0; s < certified.size(); s++) {
            int[] rates = certified.get(s).rates().stream().toArray();
            for (int i = 0; i < rates.length; i++) {
                if (rates[i] > 0) {
                    rates[i]--;
                    certified.set(s, new ContagionVector(IntColumn.of(rates)));
                    Answer<ContagionProver.Proved> lower =
                            prover.prove(house.publishing(certified).request());
                    var refused = assertInstanceOf(Answer.Refused.class, lower);
                    assertEquals("CLAIM_NOT_MET", refused.refusal().code());
                    assertEquals(
                            "tariff.certified[" + s + "][" + i + "]",
                            refused.refusal().where());
                    return;
                }
            }
        }
        throw new AssertionError("the house must have a vector above 0");
    }

    @Test
    void shouldRefuseAnAccountLeftOut() {
        List<FundRequest.Account> fewer = new ArrayList<>(house.accounts());
        fewer.remove(1);
        var refused = assertInstanceOf(Answer.Refused.class, prover.prove(house.request(fewer)));
        assertEquals("LEAF_NOT_IN_TREE", refused.refusal().code());
    }

    @Test
    void shouldRefuseEveryOtherStatement() {
        BufferTariff another = house.publishing(house.tariff().charged()).tariff();
        ContagionShape shape = DrawnHouse.shape(house);
        ContagionShape larger = new ContagionShape(
                shape.levels(),
                shape.positions(),
                shape.lines(),
                shape.entries() + 1,
                shape.places(),
                shape.groups(),
                shape.scenarios(),
                shape.members(),
                shape.format());
        FieldElement seal = proof.publicInputs().seal();
        ContagionStatement honest = says(shape, house.tariff());
        List<PublicInputs> changes = List.of(
                honest.over(FieldElement.of(1)),
                says(shape, another).over(seal),
                says(larger, house.tariff()).over(seal),
                new ContagionStatement(shape.groups() + 1, shape.scenarios(), honest.terms()).over(seal),
                new ContagionStatement(shape.groups(), shape.scenarios() + 1, honest.terms()).over(seal),
                new FundStatement(0, shape.scenarios()).over(seal));
        Verifier verifier = new Verifier(LIBRARY, keys.verifyingKey());
        for (int i = 0; i < changes.size(); i++) {
            ProofBundle changed = new ProofBundle(keys.verifyingKey().identity(), proof.proof(), changes.get(i));
            assertInstanceOf(Verifier.Verification.Invalid.class, verifier.verify(changed), "change " + i);
        }
    }

    /** An account that holds something and has no margin is in no certificate. */
    @Test
    void shouldRefuseAnAccountWithoutMargin() {
        List<FundRequest.Account> without = new ArrayList<>(house.accounts());
        FundRequest.Account first = without.getFirst();
        MarginLeaf m = first.margin();
        without.set(0, new FundRequest.Account(first.leaf(), MarginLeaf.without(m.number(), m.member(), m.salt())));
        var refused = assertInstanceOf(Answer.Refused.class, prover.prove(house.request(without)));
        assertEquals("NO_MARGIN", refused.refusal().code());
    }
}
