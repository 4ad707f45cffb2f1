package io.bulwark.api.venue;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where venues answer and with which keys: read strictly, and no address or secret is told in a refusal. */
final class VenuesFileTest {
    private static final String SECRET = "s3cr3t-of-the-key";

    @TempDir
    private Path folder;

    @BeforeEach
    void keepASecret() throws IOException {
        write("secret", SECRET + "\n", "rw-------");
    }

    @Test
    void shouldReadVenuesWithKeysAndBudgets() {
        assertDoesNotThrow(() -> read("""
                {"venues": [
                  {"venue": "one", "endpoint": "https://one.example/v1?key=abc", "keys": []},
                  {"venue": "two", "endpoint": "http://127.0.0.1:8545", "weight": 20, "periodMillis": 1000,
                   "keys": [{"id": "k", "secretFile": "secret"},
                            {"account": "a", "id": "k", "secretFile": "secret", "passphraseFile": "secret"}]}]}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'venue': 'one', 'endpoint': 'ftp://TOLD', 'keys': []} | endpoint",
                "{'venue': 'one', 'endpoint': 'https://', 'keys': []} | endpoint",
                "{'venue': 'one', 'endpoint': 'https://TOLD /', 'keys': []} | endpoint",
                "{'venue': 'one', 'endpoint': 'https://x', 'weight': 1, 'keys': []} | periodMillis",
                "{'venue': 'one', 'endpoint': 'https://x', 'weight': 0, 'periodMillis': 1, 'keys': []} | weight",
                "{'venue': 'one', 'endpoint': 'https://x', 'weight': 1, 'periodMillis': 86400001, 'keys': []} | periodMillis",
                "{'venue': 'one', 'endpoint': 'https://x', 'keys': [{'id': 'k', 'secretFile': 'absent'}]} | FILE",
                "{'venue': 'one', 'endpoint': 'https://x', 'keys': [{'id': 'k'}]} | secretFile",
                "{'venue': 'one', 'endpoint': 'https://x', 'keys': [{'id': 'k', 'secretFile': 'secret', 'secret': 'TOLD'}]} | secret",
                "{'venue': 'one', 'endpoint': 'https://x', 'keys': [{'id': 'k', 'secretFile': 'secret'}, {'id': 'l', 'secretFile': 'secret'}]} | account",
                "{'venue': 'one', 'endpoint': 'https://x', 'endpiont': 'https://TOLD', 'keys': []} | endpiont",
                "{'endpoint': 'https://x', 'keys': []} | venue"
            })
    void shouldRefuseByFieldWithoutTellingAnAddressOrASecret(String venue, String field) {
        BadInput refused = assertThrows(BadInput.class, () -> read("{\"venues\": [" + venue.replace('\'', '"') + "]}"));
        assertTrue(refused.field().contains(field), refused.toString());
        assertFalse(refused.toString().contains("TOLD"), refused.toString());
        assertFalse(refused.toString().contains(SECRET), refused.toString());
    }

    @Test
    void shouldRefuseAVenueThatStandsTwice() {
        String one = "{\"venue\": \"one\", \"endpoint\": \"https://x\", \"keys\": []}";
        BadInput refused = assertThrows(BadInput.class, () -> read("{\"venues\": [" + one + "," + one + "]}"));
        assertTrue(refused.toString().contains("must stand once"), refused.toString());
    }

    @Test
    void shouldRefuseFilesThatOthersMayRead() throws IOException {
        Path open = write("open.json", "{\"venues\": []}", "rw-r--r--");
        assertTrue(assertThrows(BadInput.class, () -> VenuesFile.read(open))
                .toString()
                .contains("readable by its owner alone"));
        write("secret", SECRET, "rw-rw----");
        BadInput refused = assertThrows(
                BadInput.class,
                () -> read("{\"venues\": [{\"venue\": \"one\", \"endpoint\": \"https://x\","
                        + " \"keys\": [{\"id\": \"k\", \"secretFile\": \"secret\"}]}]}"));
        assertTrue(refused.toString().contains("readable by its owner alone"), refused.toString());
    }

    private VenuesFile read(String json) throws IOException {
        return VenuesFile.read(write("venues.json", json, "rw-------"));
    }

    private Path write(String name, String text, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
