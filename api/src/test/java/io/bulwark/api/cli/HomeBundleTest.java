package io.bulwark.api.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.wallet.OwnerWallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner at home hears of options and files that do not belong together. */
final class HomeBundleTest {
    @TempDir
    private Path folder;

    @Test
    void shouldAskForAnAccountOrABundle() {
        refuses("--account: must be given, or --bundle and --wallet", "prove");
        refuses("--bundle: must be given where --wallet", "prove", "--wallet", "w");
        refuses("--wallet: must be given with --bundle", "prove", "--bundle", "b");
        refuses("--account and --epoch must not stand beside it", "prove", "--bundle", "b", "--account", "1");
    }

    @Test
    void shouldRefuseAWalletThatOthersMayRead() throws IOException {
        Path wallet = wallet();
        Files.setPosixFilePermissions(wallet, PosixFilePermissions.fromString("rw-r--r--"));
        refuses(
                "must be readable by its owner alone (0600); have rw-r--r--",
                "prove",
                "--bundle",
                "b",
                "--wallet",
                wallet.toString());
    }

    @Test
    void shouldRefuseFilesThatAreNeitherWalletNorBundle() throws IOException {
        Path wallet = wallet();
        Path bundle = Files.write(folder.resolve("bundle"), new byte[] {1, 2, 3});
        refuses("encrypted bundle's form", "prove", "--bundle", bundle.toString(), "--wallet", wallet.toString());
        Files.write(wallet, new byte[] {1, 2, 3});
        refuses("have 3 bytes that are not", "prove", "--bundle", bundle.toString(), "--wallet", wallet.toString());
    }

    @Test
    void shouldProveNothingForNobody() {
        refuses("--claim: must be given, or --ask", "prove", "--account", "1");
        refuses("--verifier: must be given, or --ask", "prove", "--account", "1", "--claim", "initial-margin");
        refuses("--purpose: must be given", "prove", "--account", "1", "--claim", "initial-margin", "--verifier", "v");
        refuses("--claim = excess: must be one of initial-margin,", "prove", "--account", "1", "--claim", "excess");
        refuses(
                "no such option must stand beside it",
                "prove",
                "--account",
                "1",
                "--ask",
                "ask.json",
                "--purpose",
                "loan");
    }

    private Path wallet() throws IOException {
        SecureRandom random = new SecureRandom();
        Path file = Files.write(
                folder.resolve("wallet"),
                OwnerWallet.around(OwnerKey.draw(random), 1, random).encode());
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void refuses(String words, String... arguments) {
        Said said = Said.by(arguments);
        assertTrue(said.isOneLineRefusal(), said.toString());
        assertTrue(said.err().contains(words), said.err());
    }
}
