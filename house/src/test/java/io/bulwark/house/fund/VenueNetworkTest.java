package io.bulwark.house.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.money.Usd;
import io.bulwark.house.fund.VenueNetwork.Asked;
import io.bulwark.house.fund.VenueNetwork.Node;
import io.bulwark.house.fund.VenueNetwork.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * After the move BORIS owes 500 at ALPHA and has 300 at BETA; ANNA has 1,000 at ALPHA, CLARA 100 at BETA and 50 in hand. So ALPHA owes
 * 1,000 and is owed 500: it has 500 of others'. BORIS pays 300 and
 * falls; ALPHA has 800 for ANNA and falls with it.
 */
class VenueNetworkTest {
    private static final List<String> VENUES = List.of("ALPHA", "BETA");
    private static final List<Standing> ACCOUNTS = List.of(
            new Standing("ANNA", 1_000, 1_000, List.of(1_000L, 0L)),
            new Standing("BORIS", 400, -200, List.of(-500L, 300L)),
            new Standing("CLARA", 200, 150, List.of(0L, 100L)));

    @Test
    void shouldSayWhoFallsInWhatOrder() {
        VenueNetwork network = asked(Map.of(), 1);
        assertEquals(1_000 + 500 + 300 + 100, Usd.floor(network.owed()));
        assertEquals(200 + 200, Usd.floor(network.unpaid()));
        assertTrue(network.certified().isPresent());
        assertEquals(
                List.of("BORIS 1 500 300", "ALPHA 2 1000 800"),
                network.fallen().stream().map(VenueNetworkTest::text).toList());
    }

    @Test
    void shouldSpreadDistressAlongWhatIsOwed() {
        VenueNetwork network = asked(Map.of(), 1);
        assertEquals(
                List.of(0.0, 1.0, 0.25, 0.0, 0.0),
                network.nodes().stream().map(Node::before).toList());
        // ALPHA holds half of what it owes against BORIS, who lost everything; ANNA all that it has against ALPHA.
        assertEquals(0.5, distress(network, "ALPHA"), 1e-9);
        assertEquals(0.5, distress(network, "ANNA"), 1e-9);
        assertEquals(0.25, distress(network, "CLARA"), 1e-9);
        assertEquals(0, distress(network, "BETA"));
    }

    @Test
    void shouldCarryTheLossOfAVenueToAnother() {
        VenueNetwork network = asked(Map.of("BETA", 0.5), 1);
        assertEquals(
                List.of("BETA 1 400 200", "BORIS 1 500 150", "ALPHA 2 1000 650"),
                network.fallen().stream()
                        .map(VenueNetworkTest::text)
                        .sorted(byRound())
                        .toList());
        assertEquals(200 + 350 + 350, Usd.floor(network.unpaid()));
    }

    @Test
    void shouldTakeDefaultCosts() {
        VenueNetwork network = asked(Map.of(), 0.5);
        assertEquals(
                List.of("BORIS 1 500 150", "ALPHA 2 1000 325"),
                network.fallen().stream().map(VenueNetworkTest::text).toList());
        assertTrue(network.certified().isPresent(), "nobody else falls by rounding");
    }

    private static Comparator<String> byRound() {
        return Comparator.comparing((String said) -> said.split(" ")[1]).thenComparing(said -> said);
    }

    private static VenueNetwork asked(Map<String, Double> lost, double kept) {
        return VenueNetwork.of(new Asked(OptionalInt.empty(), lost, kept), "a move", VENUES, ACCOUNTS);
    }

    private static String text(Node node) {
        return node.name() + " " + node.fallsIn() + " " + Usd.floor(node.owes()) + " " + Usd.floor(node.pays());
    }

    private static double distress(VenueNetwork network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .mapToDouble(Node::distress)
                .findFirst()
                .orElseThrow();
    }
}
