package io.bulwark.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A key and the certificate that it signed for itself, as the JDK's own tool makes them. */
final class CertifiedHost {
    static final String PASSWORD = "of the store";

    private static final String ALIAS = "server";

    private final KeyStore store;

    private CertifiedHost(KeyStore store) {
        this.store = store;
    }

    /** Made in a store, for localhost and two days. */
    static CertifiedHost in(Path file) throws Exception {
        return in(file, "-keyalg", "EC", "-groupname", "secp256r1", "-ext", "san=dns:localhost,ip:127.0.0.1");
    }

    /** Made in a store, of a kind of key, for these names. */
    static CertifiedHost in(Path file, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", ALIAS));
        command.addAll(List.of("-dname", "CN=localhost", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-validity", "2", "-keystore", file.toString()));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return new CertifiedHost(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    }

    KeyStore store() {
        return store;
    }

    byte[] certificate() throws GeneralSecurityException {
        return store.getCertificate(ALIAS).getEncoded();
    }

    /** PKCS#8. */
    byte[] key() throws GeneralSecurityException {
        return store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
    }

    /** Writes the certificate, which is its own authority, in PEM. */
    CertifiedHost certificate(Path file) throws IOException, GeneralSecurityException {
        pem(file, "CERTIFICATE", certificate());
        return this;
    }

    /** Writes the key in PEM, its owner's alone. */
    CertifiedHost key(Path file) throws IOException, GeneralSecurityException {
        pem(file, "PRIVATE KEY", key());
        return this;
    }

    /** Writes PEM over whatever lies there, whole or not at all. */
    static void pem(Path file, String kind, byte[] content) throws IOException {
        Path made = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "pem",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                made,
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                        + "-----\n");
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
