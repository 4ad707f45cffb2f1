package io.bulwark.api.http;

import io.bulwark.api.cycle.BadInput;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The listening server: opened over an open house, closed before it. */
public final class HttpFrontDoor implements AutoCloseable {
    private static final int PORT_MAX = 65_535;

    private final EmbeddedServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private HttpFrontDoor(EmbeddedServer server) {
        this.server = server;
    }

    /**
     * Opens the door on 127.0.0.1.
     *
     * @param port 0 for any free port, or 1 to 65535
     * @param singletons what the controllers ask: the open house
     * @throws BadInput if the port is out of range or taken
     */
    public static HttpFrontDoor open(int port, Object... singletons) {
        if (port < 0 || port > PORT_MAX) {
            throw new BadInput("--port", Integer.toString(port), "a port from 0 to " + PORT_MAX);
        }
        ApplicationContext context = ApplicationContext.builder()
                .singletons(singletons)
                .banner(false)
                .properties(Map.of("micronaut.server.port", port == 0 ? -1 : port))
                .start();
        try {
            return new HttpFrontDoor(context.getBean(EmbeddedServer.class).start());
        } catch (RuntimeException e) {
            context.close();
            throw causedByTakenPort(e)
                    ? new BadInput("--port", Integer.toString(port), "a port that no other program listens on")
                    : e;
        }
    }

    private static boolean causedByTakenPort(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof BindException || (cause != null && causedByTakenPort(cause));
    }

    /** The address that people and programs use. */
    public URI address() {
        return server.getURI();
    }

    /** Waits until another thread closes the door. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        server.getApplicationContext().close();
        closed.countDown();
    }
}
