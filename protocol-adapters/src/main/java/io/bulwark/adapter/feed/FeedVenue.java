package io.bulwark.adapter.feed;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** A protocol that pushes signed files of the risk language. */
public final class FeedVenue implements Venue.Pushed<FeedVenue.Configuration> {
    /** Its kind in founding files: {@code feed} was given to prices of chains, and a kind is never given to another form. */
    public static final String KIND = "pushed";

    private static final String FILE = "file";
    private static final String SIGNATURE = "signature";

    /**
     * Who pushes.
     *
     * @param venue the venue's permanent number
     * @param audience the name of this house under which the protocol signs for it: what is signed for one house is nothing in another
     * @param key the protocol's Ed25519 public key, 64 lower-case hexadecimal digits
     */
    public record Configuration(int venue, String audience, String key) implements Venue.Founding {
        private static final String AUDIENCE = "[a-z0-9][a-z0-9.-]{0,62}";

        /** Checks both forms: each stands in a line of what is signed. */
        public Configuration {
            if (!audience.matches(AUDIENCE)) {
                throw new IllegalArgumentException("audience must match " + AUDIENCE + "; have " + audience);
            }
            if (!key.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException(
                        "key must be an Ed25519 public key, 64 lower-case hexadecimal digits; have " + key);
            }
        }
    }

    /** Everything for which a house that lists so refuses a file of a venue of it, in the file's order; empty if it takes it. */
    public static List<Refusal> refusals(int venue, Listing listing, FeedFile said) {
        return new FeedCheck(venue, listing).of(said);
    }

    /** What such a house takes, and counts for nothing or against the account: quantities that are no whole lots. */
    public static List<Refusal> uneven(int venue, Listing listing, FeedFile.Snapshot said) {
        return new FeedCheck(venue, listing).uneven(said);
    }

    @Override
    public Form<Configuration> form() {
        return new Form<>(KIND, 1, Configuration.class);
    }

    @Override
    public ReadBudget budget(Configuration founding) {
        return ReadBudget.perSecond(1);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "what its protocol signs; a block must be final",
                "as the risk language has them: long above zero, underlying units",
                "none: amounts are exact decimals",
                Set.of(EvidenceGrade.VENUE_SIGNATURE));
    }

    @Override
    public Digest key(Configuration founding) {
        return Digest.parse(founding.key());
    }

    @Override
    public String statement(Configuration founding, byte[] file) {
        return "bulwark feed 1\n" + founding.audience() + "\n" + founding.venue() + "\n"
                + Digest.sha256(file).hex() + "\n";
    }

    @Override
    public RawSnapshot pushed(Configuration founding, byte[] file, byte[] signature) {
        requireSigned(founding, file, signature);
        FeedFile said = read(file);
        requireSame("venue", said.account().venue(), founding.venue());
        return new RawSnapshot(
                said.account(),
                said.horizon(),
                List.of(new Reading(FILE, "", file), new Reading(SIGNATURE, "", signature)));
    }

    private void requireSigned(Configuration founding, byte[] file, byte[] signature) {
        if (!signed(founding, file, signature)) {
            throw refusal(
                    SIGNATURE,
                    signature.length + " bytes",
                    "must be the Ed25519 signature of " + founding.key() + " over the four lines \"bulwark feed 1\", \""
                            + founding.audience() + "\", \"" + founding.venue()
                            + "\" and the SHA-256 of the file, each with its line feed");
        }
    }

    private static FeedFile read(byte[] file) {
        try {
            return FeedFile.read(file);
        } catch (BadInput e) {
            throw refusal(e.field(), e.value(), e.rule());
        }
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        List<Reading> readings = raw.readings();
        if (readings.size() != 2
                || !readings.getFirst().method().equals(FILE)
                || !readings.getLast().method().equals(SIGNATURE)) {
            throw refusal("readings", readings.toString(), "must be a file and its signature");
        }
        byte[] file = readings.getFirst().result();
        requireSigned(founding, file, readings.getLast().result());
        FeedFile said = read(file);
        requireSame("account", said.account(), raw.account());
        requireSame("horizon", said.horizon(), raw.horizon());
        List<Refusal> findings = refusals(founding.venue(), listing, said);
        if (!findings.isEmpty()) {
            Refusal first = findings.getFirst();
            throw refusal(first.field(), first.value(), first.rule());
        }
        return switch (said) {
            case FeedFile.Snapshot snapshot ->
                new VenueSnapshot(raw, snapshot.holdings(), List.of(), said.grade(), snapshot.standings());
            case FeedFile.Report report ->
                new VenueSnapshot(
                        raw,
                        List.of(),
                        report.prices().stream()
                                .map(price -> new PriceReport(
                                        founding.venue(),
                                        price.measure(),
                                        price.subject(),
                                        price.value(),
                                        raw.horizon().timeMillis()))
                                .toList(),
                        said.grade(),
                        List.of(),
                        report.market().stream()
                                .map(shown -> new MarketReport(
                                        founding.venue(),
                                        shown.kind(),
                                        shown.subject(),
                                        shown.value(),
                                        said.grade(),
                                        raw.horizon().timeMillis()))
                                .toList());
        };
    }

    private static void requireSame(String field, Object said, Object asked) {
        if (!said.equals(asked)) {
            throw refusal(field, String.valueOf(said), "must be " + asked);
        }
    }

    private static PayloadRefused refusal(String field, String value, String rule) {
        return new PayloadRefused(KIND, field, value, rule);
    }

    /** A protocol's side of a push: signed files sent to a house, and what a house lists. */
    public static final class Sender implements AutoCloseable {
        private static final String HOUSE = "house";
        private static final Duration CONNECT = Duration.ofSeconds(10);
        private static final Duration ANSWER = Duration.ofSeconds(60);
        private static final int ANSWER_BYTES_MAX = 16 << 20;

        private final HttpClient client;
        private final URI house;

        /**
         * To one house, whose certificate Java's own authorities vouch for where it answers by https.
         *
         * @param house where it answers: scheme, host and port
         */
        public Sender(URI house) {
            this(house, Optional.empty());
        }

        /**
         * To one house, whose certificate an authority of one's own vouches for, and no other.
         *
         * @param house where it answers: scheme, host and port
         * @param authority its certificates in PEM; empty: those that Java knows
         * @throws IllegalArgumentException if they are none
         */
        public Sender(URI house, Optional<byte[]> authority) {
            this.house = house;
            HttpClient.Builder building = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER);
            authority.map(Sender::trusting).ifPresent(building::sslContext);
            this.client = building.build();
        }

        private static SSLContext trusting(byte[] authority) {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                for (Certificate one : CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(authority))) {
                    store.setCertificateEntry(Integer.toString(store.size()), one);
                }
                if (store.size() == 0) {
                    throw new IllegalArgumentException("authority must be certificates in PEM; have none");
                }
                TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(store);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, trust.getTrustManagers(), null);
                return context;
            } catch (CertificateException e) {
                throw new IllegalArgumentException("authority must be certificates in PEM", e);
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("a store in memory takes certificates", e);
            }
        }

        /**
         * What a house answered.
         *
         * @param status of HTTP
         * @param body JSON: a receipt, or a problem
         */
        public record Answer(int status, String body) {}

        /**
         * Sends a file.
         *
         * @throws VenueException if the house does not answer
         */
        public Answer send(FeedFile said, byte[] file, byte[] signature) throws VenueException {
            String what = said instanceof FeedFile.Report ? "/reports" : "/snapshots";
            return ask(HttpRequest.newBuilder(
                            house.resolve("/venues/" + said.account().venue() + what))
                    .header("Content-Type", "application/json")
                    .header("Feed-Signature", HexFormat.of().formatHex(signature))
                    .POST(BodyPublishers.ofByteArray(file)));
        }

        /**
         * What a house lists, as a founding file without accounts.
         *
         * @throws VenueException if the house does not answer
         */
        public Answer listing() throws VenueException {
            return ask(HttpRequest.newBuilder(house.resolve("/listing")).GET());
        }

        /**
         * Posts JSON.
         *
         * @param path of the route, from the root
         * @param bearer a session's or another token; empty where none is needed
         * @throws VenueException if the house does not answer
         */
        public Answer post(String path, String json, Optional<String> bearer) throws VenueException {
            HttpRequest.Builder request = HttpRequest.newBuilder(house.resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json));
            bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
            return ask(request);
        }

        /**
         * Asks for JSON.
         *
         * @param path of the route, from the root
         * @param bearer a session's or another token
         * @throws VenueException if the house does not answer
         */
        public Answer get(String path, String bearer) throws VenueException {
            return ask(HttpRequest.newBuilder(house.resolve(path))
                    .header("Authorization", "Bearer " + bearer)
                    .GET());
        }

        private Answer ask(HttpRequest.Builder request) throws VenueException {
            try {
                HttpResponse<byte[]> answer = client.send(
                        request.timeout(ANSWER).build(),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
                return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
            } catch (SSLException e) {
                throw new VenueException(
                        HOUSE, Category.DEGRADE, house + " does not show that it is that house: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new VenueException(
                        HOUSE,
                        Category.RETRY,
                        house + " does not answer: " + e.getClass().getSimpleName(),
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new VenueException(HOUSE, Category.DEGRADE, "interrupted while waiting for an answer", e);
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
