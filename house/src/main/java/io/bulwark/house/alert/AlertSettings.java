package io.bulwark.house.alert;

import io.bulwark.adapter.notification.Courier.MailServer;
import io.bulwark.adapter.notification.Courier.MailServer.Login;
import io.bulwark.adapter.notification.Courier.Settings;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How alerts leave the house: {@code alerts.properties} in its home, which is its owner's alone. The password of the mail server stands
 * in a file of its own.
 *
 * @param fields as they are written
 */
record AlertSettings(Properties fields) {
    private static final String FILE = "alerts.properties";

    private static final Set<String> FIELDS = Set.of(
            "webhook.private",
            "retry.seconds",
            "smtp.host",
            "smtp.port",
            "smtp.tls",
            "smtp.user",
            "smtp.password.file",
            "smtp.from");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}(?:,[0-9]{1,6}){0,19}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|::1");
    private static final int PORT = 587;
    private static final int PORT_MAX = 65_535;

    /**
     * Of a home.
     *
     * @throws BadInput naming the field and its rule
     */
    static Settings of(Home home) {
        Path file = home.folder().resolve(FILE);
        Properties fields = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                fields.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + file, e);
            } catch (IllegalArgumentException e) {
                throw new BadInput(FILE, "", "must be lines of field=value");
            }
        }
        return new AlertSettings(fields).settings();
    }

    private Settings settings() {
        fields.stringPropertyNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new BadInput(
                            FILE,
                            name,
                            "must be one of " + FIELDS.stream().sorted().toList());
                });
        Settings usual = Settings.withoutMail();
        String inside = text("webhook.private").orElse("refused");
        if (!inside.equals("refused") && !inside.equals("allowed")) {
            throw new BadInput("webhook.private", inside, "must be refused or allowed");
        }
        List<Duration> pauses = text("retry.seconds").map(AlertSettings::pauses).orElse(usual.pauses());
        return new Settings(inside.equals("allowed"), pauses, text("smtp.host").map(this::mail));
    }

    private static List<Duration> pauses(String seconds) {
        if (!SECONDS.matcher(seconds).matches()) {
            throw new BadInput("retry.seconds", seconds, "must be 1 to 20 whole numbers with commas between");
        }
        return Arrays.stream(seconds.split(","))
                .map(Long::valueOf)
                .map(Duration::ofSeconds)
                .toList();
    }

    private MailServer mail(String host) {
        String port = text("smtp.port").orElse(Integer.toString(PORT));
        if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > PORT_MAX) {
            throw new BadInput("smtp.port", port, "must be 1 to " + PORT_MAX);
        }
        String tls = text("smtp.tls").orElse("on");
        if (!tls.equals("on") && !(tls.equals("off") && LOOPBACK.matcher(host).matches())) {
            throw new BadInput("smtp.tls", tls, "must be on; off only where the server is this machine");
        }
        Optional<Login> login = text("smtp.user").map(user -> new Login(user, password()));
        String from = text("smtp.from").orElseThrow(() -> new BadInput("smtp.from", "", "must be given"));
        return new MailServer(host, Integer.parseInt(port), tls.equals("on"), login, from);
    }

    private String password() {
        String file = text("smtp.password.file")
                .orElseThrow(() -> new BadInput("smtp.password.file", "", "must be given where smtp.user is"));
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new BadInput("smtp.password.file", file, "must be a file that this process reads");
        }
    }

    private Optional<String> text(String field) {
        return Optional.ofNullable(fields.getProperty(field)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
