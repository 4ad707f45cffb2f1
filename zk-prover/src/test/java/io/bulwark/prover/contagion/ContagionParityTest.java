package io.bulwark.prover.contagion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionSystem;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.ForcedFlows;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.ProverRefusal;
import io.bulwark.tier.OfProof;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flows that the cascade computes and those that the circuit proves are the same integers, and both refuse the same vectors. */
@OfProof
final class ContagionParityTest {
    private static final int BOOKS = 12;
    private static final int VECTORS = 4;
    private static final int PERTURBATION = 3_000;

    private final ProverLibrary library = ProverLibrary.load();

    @ParameterizedTest(name = "together {0}")
    @ValueSource(ints = {0, 1})
    void shouldProveExactlyWhatTheHouseCertifies(int together) {
        SplittableRandom random = new SplittableRandom(20_261_121 + together);
        int forced = 0;
        int refused = 0;
        int held = 0;
        try (ContagionConstraints constraints =
                ContagionConstraints.of(library, DrawnHouse.shape(DrawnHouse.of(library, random, together)))) {
            for (int book = 0; book < BOOKS; book++) {
                DrawnHouse house = DrawnHouse.of(library, random, together);
                List<ContagionVector> certified = house.tariff().certified();
                List<ForcedFlows> flows = flows(house.system(), certified);
                assertEquals(flows, constraints.solve(house.request()).orElseThrow(), "book " + book);
                forced += flows.stream().anyMatch(f -> f.amounts().stream().anyMatch(a -> a > 0)) ? 1 : 0;
                for (int vector = 0; vector < VECTORS; vector++) {
                    DrawnHouse other =
                            house.publishing(vector == 0 ? lowered(certified, random) : changed(certified, random));
                    boolean holds = holds(other.system(), other.tariff().certified());
                    Answer<List<ForcedFlows>> answer = constraints.solve(other.request());
                    if (holds) {
                        held++;
                        assertInstanceOf(Answer.Given.class, answer, "book " + book);
                    } else {
                        refused++;
                        var no = assertInstanceOf(Answer.Refused.class, answer, "book " + book);
                        assertEquals("CLAIM_NOT_MET", no.refusal().code(), "book " + book);
                    }
                }
            }
        }
        assertTrue(forced > BOOKS / 2 && refused >= BOOKS && held >= BOOKS / 2, forced + ", " + refused + ", " + held);
    }

    /** In a key with room for more groups than the tariff has: what is forced, and what is refused, is the same. */
    @Test
    void shouldSayTheSameOnARungOfTheHouse() {
        SplittableRandom random = new SplittableRandom(20_261_122);
        int refused = 0;
        for (int book = 0; book < BOOKS; book++) {
            DrawnHouse drawn = DrawnHouse.of(library, random, 0);
            List<ContagionVector> certified = drawn.tariff().certified();
            for (List<ContagionVector> vectors : List.of(certified, lowered(certified, random))) {
                DrawnHouse house = drawn.publishing(vectors);
                ContagionShape rung = ContagionShape.of("1-2-3-6-6-3", house.tariff());
                assertEquals(List.of(3, 27), List.of(rung.groups(), rung.scenarios()));
                assertEquals(
                        "2-16-8-64-32-3-27-16-10",
                        ContagionShape.rung(house.table(), house.tariff(), 16).label());
                assertEquals(
                        "3-16-8-256-128-3-27-64-10",
                        ContagionShape.rung(house.table(), house.tariff(), 17).label());
                Answer<List<ForcedFlows>> exact = house.request().flows(library, DrawnHouse.shape(house));
                Answer<List<ForcedFlows>> wide = house.request().flows(library, rung);
                if (exact instanceof Answer.Refused<List<ForcedFlows>>(ProverRefusal why)) {
                    refused++;
                    assertEquals(
                            why, assertInstanceOf(Answer.Refused.class, wide).refusal());
                } else {
                    assertEquals(exact.orElseThrow(), wide.orElseThrow(), "book " + book);
                }
            }
        }
        assertTrue(refused > 0);
    }

    private static List<ForcedFlows> flows(ContagionSystem system, List<ContagionVector> vectors) {
        return IntStream.range(0, vectors.size())
                .mapToObj(s -> new ContagionMap(system, s).flows(vectors.get(s)))
                .toList();
    }

    private static boolean holds(ContagionSystem system, List<ContagionVector> vectors) {
        return IntStream.range(0, vectors.size()).allMatch(s -> new ContagionMap(system, s).holds(vectors.get(s)));
    }

    /** One unit less in a component above 0 that is drawn: below the least fixed point, so nothing certifies it. */
    private static List<ContagionVector> lowered(List<ContagionVector> vectors, SplittableRandom random) {
        int places = vectors.size() * vectors.getFirst().rates().length();
        int drawn = random.nextInt(places);
        for (int step = 0; step < places; step++) {
            int at = (drawn + step) % places;
            int scenario = at / vectors.getFirst().rates().length();
            int component = at % vectors.getFirst().rates().length();
            if (vectors.get(scenario).rates().at(component) > 0) {
                return with(vectors, scenario, component, -1);
            }
        }
        return vectors;
    }

    private static List<ContagionVector> changed(List<ContagionVector> vectors, SplittableRandom random) {
        List<ContagionVector> changed = vectors;
        int scenario = random.nextInt(vectors.size());
        int down = random.nextInt(2);
        for (int component = 0; component < vectors.getFirst().rates().length(); component++) {
            changed = with(changed, scenario, component, random.nextInt(PERTURBATION) - down * PERTURBATION / 2);
        }
        return changed;
    }

    private static List<ContagionVector> with(List<ContagionVector> vectors, int scenario, int component, int by) {
        int[] rates = vectors.get(scenario).rates().stream().toArray();
        rates[component] = Math.max(0, rates[component] + by);
        List<ContagionVector> changed = new ArrayList<>(vectors);
        changed.set(scenario, new ContagionVector(IntColumn.of(rates)));
        return changed;
    }
}
