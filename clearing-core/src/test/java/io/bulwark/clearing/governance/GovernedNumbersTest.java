package io.bulwark.clearing.governance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A name is known if a room declares it, and otherwise not. */
class GovernedNumbersTest {
    private static final Parameter FIXED = new Parameter("room.fixed", "ppm", 0, 10, 5);

    private final GovernedNumbers numbers = new GovernedNumbers(List.of(new GovernedRoom() {
        @Override
        public List<Parameter> parameters() {
            return List.of(FIXED);
        }

        @Override
        public List<Function<String, Parameter>> perName() {
            return List.of(group -> new Parameter("room.range." + group, "ppm", 0, 10, 5));
        }
    }));

    @Test
    void shouldFindWhatARoomDeclares() {
        assertEquals(Optional.of(FIXED), find("room.fixed"));
        assertEquals("room.range.BTC", find("room.range.BTC").orElseThrow().name());
    }

    @Test
    void shouldNotFindWhatNoRoomDeclares() {
        assertEquals(Optional.empty(), find("room.fixd"));
        assertEquals(Optional.empty(), find("room.range.BTCC"));
        assertEquals(Optional.empty(), find("room.range."));
        assertEquals(Optional.empty(), find("range.BTC"));
    }

    private Optional<Parameter> find(String name) {
        return numbers.find(name, Set.of("BTC", "ETH")::contains);
    }
}
