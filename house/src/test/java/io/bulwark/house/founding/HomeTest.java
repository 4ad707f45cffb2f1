package io.bulwark.house.founding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody but its owner enters a home, nor the folders in it where keys are, what venues said of everybody and what waits to be sealed. */
class HomeTest {
    @Test
    void shouldCloseWhatIsNobodyElses(@TempDir Path folder) throws IOException {
        Home home = new Home(folder.resolve("house"));
        for (Path alone : List.of(home.kafka(), home.owners(), home.book(), home.requests(), home.signing())) {
            assertEquals("rwx------", permissions(alone), alone::toString);
        }
        assertEquals("rwx------", permissions(home.folder()));
        Files.setPosixFilePermissions(home.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        home.keys();
        assertEquals("rwx------", permissions(home.folder()), "a home of before is closed when it is used");
        Files.setPosixFilePermissions(home.owners(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertEquals("rwx------", permissions(home.owners()), "a folder of before is closed when it is used");
    }

    private static String permissions(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }
}
