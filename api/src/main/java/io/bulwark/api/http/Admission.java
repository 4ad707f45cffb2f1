package io.bulwark.api.http;

import io.bulwark.clearing.document.BadInput;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whom the door admits: who knows the token, under the names of this machine.
 *
 * @param token what is needed for all that is not for everybody
 * @param addresses further addresses under which people reach this door by way of a proxy: scheme, host and port, no path
 */
record Admission(AccessToken token, List<URI> addresses) {
    private static final List<String> THIS_MACHINE = List.of("127.0.0.1", "localhost", "[::1]");
    private static final int HTTP_PORT = 80;

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
