package io.bulwark.api.proof;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.Said;
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
        refuses("--account: must be given, or --bundle and --wallet", "proof", "prove", "account");
        refuses("--bundle: must be given where --wallet", "proof", "prove", "account", "--wallet", "w");
        refuses("--wallet: must be given with --bundle", "proof", "prove", "account", "--bundle", "b");
        refuses(
                "--account and --epoch must not stand beside it",
                "proof",
                "prove",
                "account",
                "--bundle",
                "b",
                "--account",
                "1");
    }

    @Test
    void shouldRefuseAWalletThatOthersMayRead() throws IOException {
        Path wallet = wallet();
        Files.setPosixFilePermissions(wallet, PosixFilePermissions.fromString("rw-r--r--"));
        refuses(
                "must be readable by its owner alone (0600); have rw-r--r--",
                "proof",
                "prove",
                "account",
                "--bundle",
                "b",
                "--wallet",
                wallet.toString());
    }

    @Test
    void shouldRefuseFilesThatAreNeitherWalletNorBundle() throws IOException {
        Path wallet = wallet();
        Path bundle = Files.write(folder.resolve("bundle"), new byte[] {1, 2, 3});
        refuses(
                "encrypted bundle's form",
                "proof",
                "prove",
                "account",
                "--bundle",
                bundle.toString(),
                "--wallet",
                wallet.toString());
        Files.write(wallet, new byte[] {1, 2, 3});
        refuses(
                "have 3 bytes that are not",
                "proof",
                "prove",
                "account",
                "--bundle",
                bundle.toString(),
                "--wallet",
                wallet.toString());
    }

    @Test
    void shouldProveNothingForNobody() {
        refuses("--claim: must be given, or --ask", "proof", "prove", "account", "--account", "1");
        refuses(
                "--verifier: must be given, or --ask",
                "proof",
                "prove",
                "account",
                "--account",
                "1",
                "--claim",
                "initial-margin");
        refuses(
                "--purpose: must be given",
                "proof",
                "prove",
                "account",
                "--account",
                "1",
                "--claim",
                "initial-margin",
                "--verifier",
                "v");
        refuses(
                "--claim = excess: must be one of initial-margin,",
                "proof",
                "prove",
                "account",
                "--account",
                "1",
                "--claim",
                "excess");
        refuses(
                "no such option must stand beside it",
                "proof",
                "prove",
                "account",
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
