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
 * @param addresses further addresses under which people reach this door by way of a proxy: scheme, host and port, no path
 */
record Admission(AccessToken token, Opens opens, List<URI> addresses) {
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
     * @throws BadInput unless each address is an origin
     */
    public Admission {
        addresses = List.copyOf(addresses);
        for (URI address : addresses) {
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (!web || address.getHost() == null || !address.toString().equals(origin(address))) {
                throw new BadInput("--origin", address.toString(), "must be an origin such as https://house.example");
            }
        }
    }

    /** The origin of a request to a host that the door {@link #knowsHost}. */
    URI origin(String host) {
        String said = host.toLowerCase(Locale.ROOT);
        return addresses.stream()
                .filter(address -> address.getAuthority().equals(said))
                .findFirst()
                .orElseGet(() -> URI.create("http://" + (NAME.matcher(said).matches() ? said : "unknown")));
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

    /** Whether people reach the door by TLS under a host. */
    boolean isSecure(@Nullable String host) {
        return host != null && "https".equals(origin(host).getScheme());
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
                        here(port).map(name -> "http://" + name),
                        addresses.stream().map(URI::toString))
                .anyMatch(origin::equals);
    }

    private static Stream<String> here(int port) {
        return THIS_MACHINE.stream()
                .flatMap(name -> port == HTTP_PORT ? Stream.of(name, name + ":" + port) : Stream.of(name + ":" + port));
    }
}
