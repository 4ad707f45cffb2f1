package io.bulwark.adapter.notification;

import io.bulwark.clearing.document.BadInput;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Carries notices to webhooks and mailboxes. Safe to use from one thread at a time. */
public final class Courier implements AutoCloseable {
    private static final int ADDRESS_MAX = 500;

    private final Settings settings;
    private final Webhook webhook;

    /** With these settings. */
    public Courier(Settings settings) {
        this.settings = settings;
        this.webhook = new Webhook(settings.privateToo());
    }

    /**
     * How notices are carried.
     *
     * @param privateToo whether webhooks may lead to addresses inside this network, and to http
     * @param pauses after the first failure, the second and so on; after one failure more than there are pauses nothing is tried again
     * @param mail where mails are handed in; empty: none are sent
     */
    public record Settings(boolean privateToo, List<Duration> pauses, Optional<MailServer> mail) {
        /** Copies. */
        public Settings {
            pauses = List.copyOf(pauses);
            if (pauses.isEmpty()) {
                throw new IllegalArgumentException("there must be a pause after a failure");
            }
        }

        /** Without mail, inside addresses refused, ten attempts within a day. */
        public static Settings withoutMail() {
            return new Settings(
                    false,
                    List.of(
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(2),
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(30),
                            Duration.ofHours(1),
                            Duration.ofHours(3),
                            Duration.ofHours(6),
                            Duration.ofHours(12)),
                    Optional.empty());
        }
    }

    /**
     * A mail server of the house's own.
     *
     * @param host where it answers
     * @param port 1 to 65535
     * @param startTls whether the connection must become TLS before anything is said
     * @param login as whom; empty: it asks for nobody
     * @param from whose mails these are
     */
    public record MailServer(String host, int port, boolean startTls, Optional<Login> login, String from) {
        /** A name and a password, which no text shows. */
        public record Login(String user, String password) {
            @Override
            public String toString() {
                return user;
            }
        }
    }

    /**
     * What is to be carried.
     *
     * @param id the same at every attempt: by it a receiver knows what it has
     * @param at when it is sent
     * @param subject one line for people
     * @param text for people
     * @param json for programs
     */
    public record Notice(String id, Instant at, String subject, String text, String json) {}

    /** What became of it. */
    public sealed interface Carried {
        /** The words of it. */
        String said();

        /** The receiver has it. */
        record Arrived(String said) implements Carried {}

        /** It has not, and may have later. */
        record Failed(String said) implements Carried {}

        /** It never will: it wants no more, or no such address may be spoken to. */
        record Refused(String said) implements Carried {}
    }

    /**
     * Requires that an address is one of a webhook.
     *
     * @throws BadInput naming the rule, also where its name leads inside this network now
     */
    public String webhookAddress(String url) {
        try {
            URI uri = new URI(url);
            boolean scheme =
                    "https".equals(uri.getScheme()) || (settings.privateToo() && "http".equals(uri.getScheme()));
            if (url.length() > ADDRESS_MAX
                    || !scheme
                    || uri.getHost() == null
                    || uri.getUserInfo() != null
                    || uri.getFragment() != null) {
                throw new BadInput(
                        "url",
                        "",
                        "must be https://HOST/… without a user, of at most " + ADDRESS_MAX + " characters"
                                + (settings.privateToo() ? "; http too in this house" : ""));
            }
            webhook.requireAllowed(uri);
            return uri.toString();
        } catch (URISyntaxException e) {
            throw new BadInput("url", "", "must be a URL");
        }
    }

    /**
     * Requires that an address is one mailbox.
     *
     * @throws BadInput naming the rule, also where the house sends no mail
     */
    public String mailAddress(String address) {
        if (settings.mail().isEmpty()) {
            throw new BadInput("mail", address, "must wait until the operator names a mail server (alerts.properties)");
        }
        try {
            InternetAddress[] read = InternetAddress.parse(address, true);
            if (read.length == 1
                    && address.length() <= ADDRESS_MAX
                    && address.equals(read[0].getAddress())
                    && address.matches("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+")) {
                return address.toLowerCase(Locale.ROOT);
            }
        } catch (AddressException e) {
            throw new BadInput("mail", address, "must be one mailbox, such as maria@fund.example");
        }
        throw new BadInput("mail", address, "must be one mailbox, such as maria@fund.example");
    }

    /** Sends a webhook, signed with its receiver's secret. */
    public Carried webhook(String url, byte[] secret, Notice notice) {
        return webhook.send(URI.create(url), secret, notice);
    }

    /** Sends a mail. */
    public Carried mail(String address, Notice notice) {
        return settings.mail()
                .map(server -> Mail.send(server, address, notice))
                .orElseGet(() -> new Carried.Failed("this house names no mail server now"));
    }

    /** The pauses between attempts. */
    public List<Duration> pauses() {
        return settings.pauses();
    }

    @Override
    public void close() {
        webhook.close();
    }
}
