package io.bulwark.api.http;

import io.bulwark.api.access.Access;
import io.bulwark.api.house.HouseBooks;
import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.House;
import io.bulwark.house.alert.Alerts;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening server: opened over an open house, closed before it. */
public final class HttpFrontDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontDoor.class);
    private static final int PORT_MAX = 65_535;
    private static final int DRAIN_SECONDS = 10;

    private final EmbeddedServer server;
    private final Admission admission;

    private HttpFrontDoor(EmbeddedServer server, Admission admission) {
        this.server = server;
        this.admission = admission;
    }

    /**
     * Opens the door of an open house on 127.0.0.1.
     *
     * @param port 0 for any free port, or 1 to 65535
     * @param house what the controllers ask; closed by whoever opened it, after the door
     * @param origins further addresses under which a proxy hands this door out
     * @throws BadInput if the port is out of range or taken, or the token of the home is not its owner's alone
     */
    public static HttpFrontDoor open(int port, House house, List<URI> origins) {
        return open(port, house, Admission.Opens.EVERYTHING, origins);
    }

    static HttpFrontDoor open(int port, House house, Admission.Opens opens, List<URI> origins) {
        AccessToken token = AccessToken.keep(house.home().token(), new SecureRandom());
        Admission admission = new Admission(token, opens, origins);
        Alerts alerts = new Alerts(house);
        HttpFrontDoor door = open(
                port,
                admission,
                alerts,
                new Access(house, token.nonceKey(), admission::origin),
                house,
                house.jobs(),
                new HouseBooks(house),
                new VerifyingKeys(house.home().keys()),
                house.library());
        try {
            alerts.watch(opens == Admission.Opens.EVERYTHING);
            return door;
        } catch (RuntimeException e) {
            door.close();
            throw e;
        }
    }

    /**
     * Opens the door over what the controllers ask.
     *
     * @param port 0 for any free port, or 1 to 65535
     * @param admission whom it admits
     * @param singletons the books and what else there is
     * @throws BadInput if the port is out of range or taken
     */
    static HttpFrontDoor open(int port, Admission admission, Object... singletons) {
        requirePort(port);
        ApplicationContext context = ApplicationContext.builder()
                .singletons(admission)
                .singletons(singletons)
                .banner(false)
                .properties(Map.of("micronaut.server.port", port == 0 ? -1 : port))
                .start();
        try {
            return new HttpFrontDoor(context.getBean(EmbeddedServer.class).start(), admission);
        } catch (RuntimeException e) {
            context.close();
            throw causedByTakenPort(e) ? taken(port) : e;
        }
    }

    /**
     * Refuses a port that the door could not open on, before anything long begins.
     *
     * @throws BadInput unless it is 0, or 1 to 65535 and free
     */
    public static void requirePort(int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new BadInput("--port", Integer.toString(port), "must be a port from 0 to " + PORT_MAX);
        }
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw taken(port);
        }
    }

    private static BadInput taken(int port) {
        return new BadInput("--port", Integer.toString(port), "must be a port that no other program listens on");
    }

    private static boolean causedByTakenPort(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof BindException || (cause != null && causedByTakenPort(cause));
    }

    /** The address that people and programs use. */
    public URI address() {
        return server.getURI();
    }

    /** The address that a browser opens once: it carries the token, and is for whoever started the house alone. */
    public URI link() {
        return address().resolve("/?token=" + admission.token().text());
    }

    /** What the server is made of: its routes are read from it. */
    ApplicationContext context() {
        return server.getApplicationContext();
    }

    /** Whether {@link #link} shows every account. */
    boolean showsEverything() {
        return admission.opens() == Admission.Opens.EVERYTHING;
    }

    /** Takes no connection more, has whoever is being answered answered, for {@value #DRAIN_SECONDS} seconds at most, then ends. */
    @Override
    public void close() {
        ApplicationContext context = server.getApplicationContext();
        try {
            context.getBean(GracefulShutdownManager.class)
                    .shutdownGracefully()
                    .toCompletableFuture()
                    .get(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("requests were still being answered after {} s; they are ended", DRAIN_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            context.findBean(Alerts.class).ifPresent(Alerts::close);
            context.close();
        }
    }
}
