package io.bulwark.house.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList.Fault;
import io.bulwark.clearing.round.Evidence;
import io.bulwark.clearing.round.RoundMessage.Value;
import io.bulwark.tier.Heavy;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The protocol in simulated networks: messages late, lost, contradicted, forged by two of seven, and honest nodes killed on the way. */
@Heavy
@Sized
class RoundTest {
    private static final int ROUNDS = Tier.size(6, 1_000);

    @Test
    void shouldSealOneEpochAtEveryHonestNodeWhateverTwoOfSevenSay() {
        for (int seed = 1; seed <= ROUNDS; seed++) {
            SimulatedNodes simulated = new SimulatedNodes(seed, 2, true);
            assertTrue(simulated.run(120_000), "seed " + seed + " is not sealed: " + simulated.waiting());
            assertEquals(1, simulated.sealed().size(), "seed " + seed);
            simulated.requireOneWordInEachPlace();
            for (Evidence evidence : simulated.evidence()) {
                assertTrue(
                        simulated.isLiar(evidence.accused()) || evidence.fault() == Fault.ABSENT,
                        "seed " + seed + " convicts an honest node: " + evidence.fault());
            }
        }
    }

    /** Two heard a liar's vote before the proposal that makes it count: it is told again, and counts then. */
    @Test
    void shouldCountWhatCameTooEarly() {
        SimulatedNodes simulated = new SimulatedNodes(15, 2, true);
        assertTrue(simulated.run(120_000), simulated.waiting());
    }

    @Test
    void shouldSealAtOnceWhereAllAreHonest() {
        SimulatedNodes simulated = new SimulatedNodes(1, 0, false);
        assertTrue(simulated.run(3_000), simulated.waiting());
        assertEquals(Set.of(), simulated.evidence());
    }

    @Test
    void shouldStopWithThreeSilentAndSayWhoIsMissing() {
        SimulatedNodes simulated = new SimulatedNodes(1, 3, false);
        simulated.silence();
        assertEquals(false, simulated.run(120_000));
        assertEquals(Set.<Value>of(), simulated.sealed());
        assertTrue(simulated.waiting().contains("4 of the 5"), simulated.waiting());
        assertTrue(simulated.waiting().contains("nothing from"), simulated.waiting());
    }

    @Test
    void shouldNameEveryKindOfLieThatSignaturesShow() {
        Set<Fault> named = new TreeSet<>();
        SimulatedNodes mute = new SimulatedNodes(1, 2, false);
        mute.silence();
        assertTrue(mute.run(120_000), mute.waiting());
        mute.evidence().forEach(evidence -> named.add(evidence.fault()));
        assertEquals(Set.of(Fault.ABSENT), named);
        for (int seed = 1; seed <= ROUNDS && named.size() < 5; seed++) {
            SimulatedNodes simulated = new SimulatedNodes(seed, 2, true);
            simulated.run(120_000);
            named.addAll(simulated.evidence().stream().map(Evidence::fault).collect(Collectors.toSet()));
        }
        assertTrue(
                named.containsAll(
                        List.of(Fault.EQUIVOCATION, Fault.REFUTED, Fault.MISMATCH, Fault.COPIED, Fault.ABSENT)),
                "only " + named);
    }

    @Test
    void shouldConvictNobodyByEvidenceThatWasTurnedAgainstAnother() {
        SimulatedNodes simulated = new SimulatedNodes(3, 2, true);
        simulated.run(120_000);
        assertTrue(!simulated.evidence().isEmpty());
        for (Evidence evidence : simulated.evidence()) {
            assertEquals(evidence, Evidence.read(evidence.canonical().encode()));
            for (Evidence forged : simulated.forgeries(evidence)) {
                assertTrue(forged.flaw(simulated.nodes(), simulated).isPresent(), forged.toString());
            }
            for (Digest honest : simulated.honest()) {
                if (evidence instanceof Evidence.Absent absent && !honest.equals(absent.accused())) {
                    Evidence framed = new Evidence.Absent(honest, absent.waited());
                    assertTrue(simulated.isNamedAbsent(honest, absent)
                            || framed.flaw(simulated.nodes(), simulated).isPresent());
                }
            }
        }
    }
}
