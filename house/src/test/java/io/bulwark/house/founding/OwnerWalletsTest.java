package io.bulwark.house.founding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.wallet.OwnerWallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnerWalletsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    @Test
    void shouldKeepAWalletForItsOwnerAlone() throws IOException {
        OwnerWallets wallets = new OwnerWallets(folder);
        assertEquals(Optional.empty(), wallets.find(4));
        OwnerWallet drawn = wallets.keep(4, RANDOM);
        assertEquals(drawn, wallets.keep(4, RANDOM), "the second time it is the same");
        assertEquals(Optional.of(drawn.key()), wallets.find(4));
        assertEquals(drawn, OwnerWallet.decode(Files.readAllBytes(file())));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertNotEquals(drawn.key(), wallets.keep(5, RANDOM).key());
    }

    @Test
    void shouldGiveAKeyOfVersionOneABundleKeyAndLeaveItTheSame() throws IOException {
        OwnerKey key = OwnerKey.draw(RANDOM);
        Files.write(file(), key.encode());
        OwnerWallets wallets = new OwnerWallets(folder);
        assertEquals(Optional.of(key), wallets.find(4));
        assertArrayEquals(key.encode(), Files.readAllBytes(file()), "to look changes nothing");
        OwnerWallet wallet = wallets.keep(4, RANDOM);
        assertEquals(key, wallet.key());
        assertEquals(wallet, wallets.keep(4, RANDOM));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    private Path file() {
        return folder.resolve("account-4.key");
    }
}
