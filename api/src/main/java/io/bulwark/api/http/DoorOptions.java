package io.bulwark.api.http;

import io.bulwark.house.House;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a serving verb listens, under which names it is reached, and what it says at start. */
public final class DoorOptions {
    @Option(
            names = "--port",
            description = "Port on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}",
            defaultValue = "8080")
    private int port;

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description = "A further address under which a proxy hands this house out, such as https://house.example.")
    private List<URI> origins = List.of();

    /** Refuses, before anything long begins, a port that could not be listened on. */
    public void require() {
        HttpFrontDoor.requirePort(port);
    }

    /** Opens the door. */
    public HttpFrontDoor open(House house) {
        return HttpFrontDoor.open(port, house, origins);
    }

    /** Says where the house answers, and by which link a browser is let in. */
    public static void announce(HttpFrontDoor door, PrintWriter out, String until) {
        out.println("Bulwark answers at " + door.address() + until);
        out.println("For your browser: " + door.link() + " (whoever has this link sees every account)");
        out.flush();
    }
}
