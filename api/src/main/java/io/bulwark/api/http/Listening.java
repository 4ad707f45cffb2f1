package io.bulwark.api.http;

import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the door listens. Beyond this machine it speaks TLS or not at all: tokens and sessions would be read by whoever stands between.
 *
 * @param address 127.0.0.1, or another of this machine
 * @param port 0 for any free port, or 1 to 65535
 * @param tls with which certificate; empty: without TLS
 */
record Listening(InetAddress address, int port, Optional<TlsFiles> tls) {
    private static final int PORT_MAX = 65_535;
    private static final List<InetAddress> HERE =
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

    /**
     * Refuses what cannot be.
     *
     * @throws BadInput if the port is out of range, or the address is beyond this machine and there is no certificate
     */
    Listening {
        if (port < 0 || port > PORT_MAX) {
            throw new BadInput("--port", Integer.toString(port), "must be a port from 0 to " + PORT_MAX);
        }
        if (address.isLoopbackAddress() && !HERE.contains(address)) {
            throw new BadInput(
                    "--listen", address.getHostAddress(), "must be 127.0.0.1 or ::1 where it is this machine");
        }
        if (!address.isLoopbackAddress() && tls.isEmpty()) {
            throw new BadInput(
                    "--listen",
                    address.getHostAddress(),
                    "must be of this machine alone, as 127.0.0.1 is, where there is no " + TlsFiles.CERTIFICATE
                            + ": without TLS whoever stands between reads tokens");
        }
    }

    /** On 127.0.0.1, without TLS. */
    static Listening here(int port) {
        return new Listening(HERE.getFirst(), port, Optional.empty());
    }

    /**
     * An address as it is written.
     *
     * @throws BadInput if it is a name, or nothing
     */
    static InetAddress address(String literal) {
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--listen", literal, "must be an address, such as 127.0.0.1 or 0.0.0.0");
        }
    }

    /** Whether others than this machine reach it. */
    boolean isBeyond() {
        return !address.isLoopbackAddress();
    }

    /**
     * Refuses what the door could not open on, before anything long begins.
     *
     * @throws BadInput if the port is taken, the address is none of this machine's, or the certificate cannot be served
     */
    void require() {
        tls.ifPresent(TlsFiles::read);
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw taken();
        }
    }

    BadInput taken() {
        return new BadInput(
                "--port",
                Integer.toString(port),
                "must be a port that no other program listens on"
                        + (isBeyond() ? ", at an address of this machine" : ""));
    }

    /** As the framework takes it. */
    Map<String, Object> properties() {
        int bound = port == 0 ? -1 : port;
        Map<String, Object> properties = new HashMap<>(
                Map.of("micronaut.server.host", address.getHostAddress(), "micronaut.server.port", bound));
        if (tls.isPresent()) {
            properties.put("micronaut.server.ssl.enabled", true);
            properties.put("micronaut.server.ssl.port", bound);
            properties.put("micronaut.server.ssl.key-name", TlsFiles.DoorCertificate.NAME);
        }
        return properties;
    }

    /** The address by which this machine reaches the door on a port. */
    URI here(String scheme, int port) {
        String host = address.equals(HERE.getLast()) ? "[::1]" : "127.0.0.1";
        return URI.create(scheme + "://" + host + ":" + port);
    }
}
