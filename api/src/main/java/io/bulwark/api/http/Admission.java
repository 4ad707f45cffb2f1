package io.bulwark.api.http;

import io.bulwark.api.door.Caller;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.BadInput;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Under which names the door answers, and what the house's own token opens.
 *
 * @param token the house's own, which lies in its home
 * @param opens what it opens
 * @param addresses further addresses under which people reach this door, by name or by way of a proxy: scheme, host and port, no path
 * @param tls whether the door itself speaks TLS
 */
record Admission(AccessToken token, Opens opens, List<URI> addresses, boolean tls) {
    /** What the house's own token opens. */
    enum Opens {
        /** Every role and every account: for whoever tries a house alone. */
        EVERYTHING,
        /** What an operator may. */
        OPERATION
    }

    private static final List<String> THIS_MACHINE = List.of("127.0.0.1", "localhost", "[::1]");
    private static final int HTTP_PORT = 80;
    private static final String HOUSE = "house";
    private static final Pattern NAME = Pattern.compile("[a-z0-9.\\[\\]:-]{1,255}");

    /**
     * Copies the list.
     *
     * @throws BadInput unless each address is an origin, of https where the door speaks TLS
     */
    public Admission {
        addresses = List.copyOf(addresses);
        requireOrigins(addresses, tls);
    }

    /**
     * Refuses what is no address of a door.
     *
     * @throws BadInput unless each is an origin, of https where the door speaks TLS
     */
    static void requireOrigins(List<URI> addresses, boolean tls) {
        for (URI address : addresses) {
            boolean web = "http".equals(address.getScheme()) || isHttps(address);
            if (!web || address.getHost() == null || !address.toString().equals(origin(address))) {
                throw new BadInput("--origin", address.toString(), "must be an origin such as https://house.example");
            }
            if (tls && !isHttps(address)) {
                throw new BadInput(
                        "--origin", address.toString(), "must begin with https:// where the door speaks TLS");
            }
        }
    }

    /** The origin of a request to a host that the door {@link #knowsHost}. */
    URI origin(String host) {
        return named(host).orElseGet(() -> {
            String said = host.toLowerCase(Locale.ROOT);
            return URI.create(scheme() + (NAME.matcher(said).matches() ? said : "unknown"));
        });
    }

    private Optional<URI> named(@Nullable String host) {
        String said = String.valueOf(host).toLowerCase(Locale.ROOT);
        return addresses.stream()
                .filter(address -> address.getAuthority().equals(said))
                .findFirst();
    }

    /** Who comes with the house's own token. */
    Caller house() {
        return switch (opens) {
            case EVERYTHING ->
                new Caller(HOUSE, EnumSet.allOf(Role.class), new Caller.Sight.Everything(), Optional.empty());
            case OPERATION ->
                new Caller(
                        HOUSE,
                        EnumSet.of(Role.PUBLIC, Role.OPERATOR),
                        new Caller.Sight.Of(Set.of(), (account, scope) -> false),
                        Optional.empty());
        };
    }

    /** A door without TLS, as it is on this machine alone. */
    Admission(AccessToken token, Opens opens, List<URI> addresses) {
        this(token, opens, addresses, false);
    }

    private String scheme() {
        return tls ? "https://" : "http://";
    }

    /** The name by which people reach a door that speaks TLS itself, if it was given one. */
    Optional<URI> served() {
        return tls ? addresses.stream().findFirst() : Optional.empty();
    }

    /** Whether browsers are to use nothing but TLS for a host: not for a name of this machine, where other programs answer too. */
    boolean isPinned(@Nullable String host) {
        return named(host).filter(Admission::isHttps).isPresent();
    }

    /** Whether people reach the door by TLS under a host. Of one that is no name of the door nothing is made. */
    boolean isSecure(@Nullable String host) {
        return named(host).map(Admission::isHttps).orElse(tls);
    }

    private static boolean isHttps(URI address) {
        return "https".equals(address.getScheme());
    }

    private static String origin(URI address) {
        return (address.getScheme() + "://" + address.getAuthority()).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a request says that it is for this door. A page whose own name was made to lead here says another one.
     *
     * @param host the request's Host
     * @param port where the door listens
     */
    boolean knowsHost(String host, int port) {
        String said = host.toLowerCase(Locale.ROOT);
        return Stream.concat(here(port), addresses.stream().map(URI::getAuthority))
                .anyMatch(said::equals);
    }

    /**
     * Whether a page that asks came from this door.
     *
     * @param origin the request's Origin
     * @param port where the door listens
     */
    boolean knowsOrigin(String origin, int port) {
        return Stream.concat(
                        here(port).map(name -> scheme() + name),
                        addresses.stream().map(URI::toString))
                .anyMatch(origin::equals);
    }

    private static Stream<String> here(int port) {
        return THIS_MACHINE.stream()
                .flatMap(name -> port == HTTP_PORT ? Stream.of(name, name + ":" + port) : Stream.of(name + ":" + port));
    }
}
