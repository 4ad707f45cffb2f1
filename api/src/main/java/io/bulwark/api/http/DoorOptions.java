package io.bulwark.api.http;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.house.House;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--token-opens",
            paramLabel = "WHAT",
            description = {
                "What the token of the home opens: everything, for whoever tries a house alone, or operation, for "
                        + "a house that others use: an operator's routes, no account.",
                "Default: operation where the house proves with keys of a ceremony, else everything. See docs/access.md."
            })
    private @Nullable String opens;

    /** Refuses, before anything long begins, a port that could not be listened on. */
    public void require() {
        HttpFrontDoor.requirePort(port);
        if (opens != null) {
            named(opens);
        }
    }

    private static Admission.Opens named(String word) {
        return switch (word) {
            case "everything" -> Admission.Opens.EVERYTHING;
            case "operation" -> Admission.Opens.OPERATION;
            default -> throw new BadInput("--token-opens", word, "must be everything or operation");
        };
    }

    private static Admission.Opens byItsKeys(House house) {
        boolean real = house.founding()
                .filter(founding -> founding.keys() instanceof KeyRule.Ceremony)
                .isPresent();
        return real ? Admission.Opens.OPERATION : Admission.Opens.EVERYTHING;
    }

    /** Opens the door. */
    public HttpFrontDoor open(House house) {
        return HttpFrontDoor.open(port, house, opens == null ? byItsKeys(house) : named(opens), origins);
    }

    /** Says where the house answers, and by which link a browser is let in; whoever reads it may stop the process at once without failure. */
    public static void announce(StopSignal stop, HttpFrontDoor door, PrintWriter out, String until) {
        stop.serve();
        out.println("Bulwark answers at " + door.address() + until);
        out.println("For your browser: " + door.link()
                + (door.showsEverything()
                        ? " (whoever has this link sees every account)"
                        : " (an operator's: whoever has this link runs the house and sees no account)"));
        out.flush();
    }
}
