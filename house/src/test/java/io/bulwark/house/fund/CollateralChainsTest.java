package io.bulwark.house.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollateralChainsTest {
    /** A stable that is backed by a vault whose vault holds the stable: the three of them; what merely rests on them does not. */
    @Test
    void shouldFlagWhatBacksItsOwnBacker() {
        Map<String, List<String>> claims = Map.of(
                "xUSD", List.of("vault"),
                "vault", List.of("deUSD"),
                "deUSD", List.of("xUSD", "USDC"),
                "aXUSD", List.of("xUSD"),
                "USDC", List.of("USDC"));
        assertEquals(
                List.of("xUSD", "vault", "deUSD"),
                CollateralChains.cycles(claims, List.of("xUSD", "vault", "deUSD", "aXUSD", "USDC", "unlisted")));
    }
}
