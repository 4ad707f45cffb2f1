package io.bulwark.prover.contagion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.ContagionVector;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.fund.FundRequest;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.SetupProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The certificate of a small house from Java and back: what it says, what it refuses. */
final class ContagionProverTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();

    private static DrawnHouse house;
    private static CircuitKeys keys;
    private static ContagionProver prover;
    private static ContagionProof proof;

    @BeforeAll
    static void open() {
        SplittableRandom random = new SplittableRandom(5);
        do {
            house = DrawnHouse.of(LIBRARY, random, 1);
        } while (house.tariff().certified().stream()
                .noneMatch(vector -> vector.rates().stream().anyMatch(rate -> rate > 0)));
        keys = CircuitKeys.prepare(LIBRARY, DrawnHouse.shape(house), TestKeys.folder(), SetupProgress.SILENT);
        prover = ContagionProver.open(LIBRARY, keys);
        proof = prover.prove(house.request()).orElseThrow().proof();
    }

    @AfterAll
    static void close() {
        prover.close();
    }

    @Test
    void shouldCertifyTheHousesOwnVectorsToAnotherProcess() {
        ContagionProof read = ContagionProof.read(proof.encode());
        assertEquals(proof, read);
        assertInstanceOf(Answer.Given.class, read.verify(LIBRARY, keys.verifyingKey()));
        assertEquals(house.epoch().digest(LIBRARY), read.seal());
        assertThrows(IllegalArgumentException.class, () -> ContagionProof.read(new byte[] {1, 2, 3}));
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
        ContagionShape shape = proof.shape();
        List<UnaryOperator<ContagionProof>> changes = List.of(
                p -> new ContagionProof(
                        p.key(), p.shape(), p.table(), p.tariff(), p.proof(), FieldElement.of(1), p.margins()),
                p -> new ContagionProof(
                        p.key(), p.shape(), p.table(), p.tariff(), p.proof(), p.seal(), FieldElement.of(1)),
                p -> new ContagionProof(p.key(), p.shape(), p.table(), another, p.proof(), p.seal(), p.margins()),
                p -> new ContagionProof(
                        p.key(),
                        new ContagionShape(
                                shape.levels(),
                                shape.positions(),
                                shape.lines(),
                                shape.entries() + 1,
                                shape.places(),
                                shape.groups(),
                                shape.scenarios(),
                                shape.members()),
                        p.table(),
                        p.tariff(),
                        p.proof(),
                        p.seal(),
                        p.margins()));
        for (int i = 0; i < changes.size(); i++) {
            ContagionProof changed = changes.get(i).apply(proof);
            assertInstanceOf(Answer.Refused.class, changed.verify(LIBRARY, keys.verifyingKey()), "change " + i);
        }
    }
}
