package io.bulwark.api.http;

import io.bulwark.api.access.Access;
import io.bulwark.api.house.HouseBooks;
import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.House;
import io.bulwark.house.alert.Alerts;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.graceful.GracefulShutdownManager;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening server: opened over an open house, closed before it. */
public final class HttpFrontDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontDoor.class);
    private static final int DRAIN_SECONDS = 10;

    private final EmbeddedServer server;
    private final Admission admission;
    private final Listening listening;

    private HttpFrontDoor(EmbeddedServer server, Admission admission, Listening listening) {
        this.server = server;
        this.admission = admission;
        this.listening = listening;
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
        return open(Listening.here(port), house, Admission.Opens.EVERYTHING, origins);
    }

    static HttpFrontDoor open(Listening listening, House house, Admission.Opens opens, List<URI> origins) {
        AccessToken token = AccessToken.keep(house.home().token(), new SecureRandom());
        Admission admission =
                new Admission(token, opens, origins, listening.tls().isPresent());
        Alerts alerts = new Alerts(house);
        HttpFrontDoor door = open(
                listening,
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

    static HttpFrontDoor open(int port, Admission admission, Object... singletons) {
        return open(Listening.here(port), admission, singletons);
    }

    /**
     * Opens the door over what the controllers ask.
     *
     * @param listening where
     * @param admission whom it admits
     * @param singletons the books and what else there is
     * @throws BadInput if the port is taken, or the certificate cannot be served
     */
    static HttpFrontDoor open(Listening listening, Admission admission, Object... singletons) {
        listening.require();
        ApplicationContextBuilder builder = ApplicationContext.builder()
                .singletons(admission)
                .singletons(singletons)
                .banner(false)
                .properties(listening.properties());
        listening.tls().ifPresent(builder::singletons);
        ApplicationContext context = builder.start();
        try {
            return new HttpFrontDoor(context.getBean(EmbeddedServer.class).start(), admission, listening);
        } catch (RuntimeException e) {
            context.close();
            throw causedByTakenPort(e) ? listening.taken() : e;
        }
    }

    private static boolean causedByTakenPort(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof BindException || (cause != null && causedByTakenPort(cause));
    }

    /** The address that people and programs use: where it speaks TLS, one under a name that was given to it. */
    public URI address() {
        return admission.served().orElseGet(() -> listening.here(server.getScheme(), server.getPort()));
    }

    /** The same for people, who are told where it listens if the address is a name. */
    String place() {
        return address()
                + admission
                        .served()
                        .map(name -> " on port " + server.getPort() + " of "
                                + listening.address().getHostAddress())
                        .orElse("");
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
            context.findBean(Access.class).ifPresent(Access::close);
            context.close();
        }
    }
}
