package io.bulwark.clearing.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FreePortTest {
    /** A port that is let go may be given again: of five hundred looked for one after another some would be the same. */
    @Test
    void shouldFindNoPortTwice() {
        List<Integer> ports = FreePort.find(500);
        assertEquals(500, new HashSet<>(ports).size());
    }
}
