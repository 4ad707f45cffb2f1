package io.bulwark.api.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class NamedHousesTest {
    private static final String HOUSE = "00" + "ab".repeat(31);

    private static NamedHouses read(String json) {
        return NamedHouses.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String refused(String json) {
        return assertThrows(BadInput.class, () -> read(json)).field();
    }

    @Test
    void shouldFindAHouseByItsNameOrByItself() {
        NamedHouses houses = read("{\"demo\": \"" + HOUSE + "\"}");
        assertEquals(Digest.parse(HOUSE), houses.find("--house", "demo"));
        assertEquals(Digest.parse("00" + "cd".repeat(31)), houses.find("--house", "00" + "cd".repeat(31)));
        BadInput unknown = assertThrows(BadInput.class, () -> houses.find("--house", "dem"));
        assertEquals("--house = dem: must be a house, or one of the names [demo]", unknown.getMessage());
    }

    @Test
    void shouldRefuseWhatIsNoHouse() {
        NamedHouses houses = read("{}");
        for (String none : new String[] {"", "ab".repeat(32), HOUSE.toUpperCase(java.util.Locale.ROOT), HOUSE + "00"}) {
            assertThrows(BadInput.class, () -> houses.find("--house", none), none);
            assertThrows(BadInput.class, () -> NamedHouses.house("--house", none), none);
        }
        assertEquals("demo", refused("{\"demo\": \"ab\"}"));
        assertEquals("demo", refused("{\"demo\": 7}"));
        assertEquals("demo", refused("{\"demo\": \"" + "ab".repeat(32) + "\"}"));
        assertEquals(HOUSE, refused("{\"" + HOUSE + "\": \"" + HOUSE + "\"}"), "a house under another's identity");
        assertEquals(" ", refused("{\" \": \"" + HOUSE + "\"}"));
        assertThrows(BadInput.class, () -> read("[]"));
        assertThrows(BadInput.class, () -> read("{\"a\": \"" + HOUSE + "\", \"a\": \"" + HOUSE + "\"}"), "twice");
    }
}
