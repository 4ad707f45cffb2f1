package io.bulwark.api.holding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.book.Reserves;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A house's reserves as a text file, over the numbers of a table. */
class ReservesFileTest {
    private static final List<Integer> ASSETS = List.of(0, 1, 4);
    private static final List<Integer> INSTRUMENTS = List.of(1, 7);

    @Test
    void shouldReadLotsInTheOrderOfTheTable() {
        assertEquals(
                new Reserves(7, List.of(0L, 90L, 12L), List.of(0L, 3L)),
                ReservesFile.of("# held\n4,12\n\ncash, 7\n1,90\ninstrument 7,3\n", ASSETS, INSTRUMENTS));
        assertEquals(new Reserves(0, List.of(0L, 0L, 0L), List.of(0L, 0L)), ReservesFile.of("", ASSETS, INSTRUMENTS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1,2,3",
                "1,-2",
                "1,2.5",
                "cash,",
                "2,5",
                "bitcoin,5",
                "1,5\n1,6",
                "01,5",
                "instrument 4,5",
                "instrument,5",
                "1,99999999999999999999"
            })
    void shouldRefuseAnotherLine(String text) {
        BadInput refused = assertThrows(BadInput.class, () -> ReservesFile.of(text, ASSETS, INSTRUMENTS));
        assertTrue(refused.field().equals("--reserves"), refused.getMessage());
    }
}
