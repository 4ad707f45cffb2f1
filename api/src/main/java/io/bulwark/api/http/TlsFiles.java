package io.bulwark.api.http;

import io.bulwark.api.door.InputFile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.ssl.CertificateProvider;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/**
 * The door's certificate and its key, in PEM. The files may be renewed while the door is open.
 *
 * @param certificate the door's own first, then those up to the authority
 * @param key its owner's alone: PKCS#8, PKCS#1 or SEC 1, without a password
 */
record TlsFiles(Path certificate, Path key) {
    static final String CERTIFICATE = "--tls-certificate";
    static final String KEY = "--tls-key";

    private static final int BYTES_MAX = 1 << 18;
    private static final String ENTRY = "door";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final Set<String> KEYS = Set.of(PKCS8, "RSA PRIVATE KEY", "EC PRIVATE KEY");

    /**
     * A certificate and its key, which belong together.
     *
     * @param store the chain and the key
     * @param digest of both files
     * @param until when the certificate ends
     */
    record Pair(KeyStore store, Digest digest, Instant until) {}

    /**
     * Both files, as they lie there now.
     *
     * @throws BadInput if one cannot be read, others may read the key, they are not of each other, or the certificate is not in force; what
     *     the key's file holds is not said
     */
    Pair read() {
        byte[] chainBytes = named(CERTIFICATE, () -> InputFile.bytes(certificate, BYTES_MAX));
        byte[] keyBytes = named(KEY, () -> InputFile.secretBytes(key, BYTES_MAX));
        List<X509Certificate> chain = chain(chainBytes);
        X509Certificate own = chain.getFirst();
        PrivateKey secret = secret(keyBytes, own.getPublicKey());
        try {
            own.checkValidity();
        } catch (CertificateException e) {
            throw new BadInput(
                    CERTIFICATE,
                    certificate.toString(),
                    "must be in force; it is from " + own.getNotBefore().toInstant() + " until "
                            + own.getNotAfter().toInstant());
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ENTRY, secret, null, chain.toArray(X509Certificate[]::new));
            return new Pair(
                    store, digest(chainBytes, keyBytes), own.getNotAfter().toInstant());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a store in memory takes a certificate and its key", e);
        }
    }

    private interface Reading {
        byte[] bytes();
    }

    private static byte[] named(String option, Reading reading) {
        try {
            return reading.bytes();
        } catch (BadInput e) {
            throw new BadInput(option, e.value(), e.rule());
        }
    }

    private static Digest digest(byte[] chain, byte[] key) {
        return Digest.sha256(ByteBuffer.allocate(Integer.BYTES + chain.length + key.length)
                .putInt(chain.length)
                .put(chain)
                .put(key)
                .array());
    }

    private List<X509Certificate> chain(byte[] bytes) {
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (CertificateException e) {
            // Said below: what a parser of DER has to say helps nobody.
        }
        throw new BadInput(CERTIFICATE, certificate.toString(), "must hold certificates in PEM, the door's own first");
    }

    private PrivateKey secret(byte[] bytes, PublicKey open) {
        PrivateKey secret;
        try (PemReader reader =
                new PemReader(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.US_ASCII))) {
            PemObject found = reader.readPemObject();
            while (found != null && !KEYS.contains(found.getType())) {
                found = reader.readPemObject();
            }
            if (found == null || !found.getHeaders().isEmpty()) {
                throw noKey();
            }
            secret = KeyFactory.getInstance(open.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8(found, open)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw noKey();
        }
        if (!areOfEachOther(secret, open)) {
            throw new BadInput(KEY, key.toString(), "must be the key of the certificate in " + certificate);
        }
        return secret;
    }

    private BadInput noKey() {
        return new BadInput(
                KEY, key.toString(), "must hold the key of the certificate in PEM, without a password: PRIVATE KEY");
    }

    /** The older forms say the key alone: of which kind it is the certificate knows. */
    private static byte[] pkcs8(PemObject found, PublicKey open) throws IOException {
        return found.getType().equals(PKCS8)
                ? found.getContent()
                : new PrivateKeyInfo(
                                SubjectPublicKeyInfo.getInstance(open.getEncoded())
                                        .getAlgorithm(),
                                ASN1Primitive.fromByteArray(found.getContent()))
                        .getEncoded();
    }

    /** Whether what one signs the other finds signed. */
    private static boolean areOfEachOther(PrivateKey secret, PublicKey open) {
        byte[] said = ENTRY.getBytes(StandardCharsets.US_ASCII);
        String how = switch (open.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> open.getAlgorithm();
        };
        try {
            Signature signing = Signature.getInstance(how);
            signing.initSign(secret);
            signing.update(said);
            byte[] signed = signing.sign();
            signing.initVerify(open);
            signing.update(said);
            return signing.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * What the framework serves TLS with: read at start, and again whenever the files have changed, so that a renewed certificate needs no
     * restart. Files that are not of each other yet, because one was written and the other is about to be, change nothing.
     */
    @Singleton
    @Named(DoorCertificate.NAME)
    @Requires(beans = TlsFiles.class)
    static final class DoorCertificate implements CertificateProvider {
        static final String NAME = "door";

        private static final Logger LOG = LoggerFactory.getLogger(DoorCertificate.class);
        private static final Duration LOOK = Duration.ofSeconds(5);

        private final TlsFiles files;
        private final Sinks.Many<KeyStore> stores = Sinks.many().replay().latest();
        private volatile TlsFiles.Pair served;
        private String trouble = "";

        DoorCertificate(
                TlsFiles files,
                @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
                Optional<MeterRegistry> metrics) {
            this.files = files;
            this.served = files.read();
            stores.tryEmitNext(served.store()).orThrow();
            // Ends with the scheduler, which ends with the door.
            Future<?> _ = scheduler.scheduleWithFixedDelay(LOOK, LOOK, this::look);
            metrics.ifPresent(registry -> Gauge.builder(
                            "bulwark.door.certificate.end.seconds",
                            this,
                            door -> door.served.until().getEpochSecond())
                    .description("When the certificate that the door shows ends, seconds since 1970")
                    .register(registry));
        }

        /** The same trouble is said once. */
        private void look() {
            try {
                TlsFiles.Pair read = files.read();
                if (!read.digest().equals(served.digest())) {
                    served = read;
                    stores.tryEmitNext(read.store()).orThrow();
                    LOG.info("the door shows another certificate, which ends at {}", read.until());
                }
                trouble = "";
            } catch (BadInput e) {
                String said = String.valueOf(e.getMessage());
                if (!said.equals(trouble)) {
                    LOG.warn("the door goes on with its certificate, which ends at {}: {}", served.until(), said);
                }
                trouble = said;
            }
        }

        @Override
        public Publisher<KeyStore> getKeyStore() {
            return stores.asFlux();
        }

        @Override
        public String getName() {
            return NAME;
        }
    }
}
