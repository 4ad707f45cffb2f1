package io.bulwark.api.http;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.house.House;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a serving verb listens, under which names it is reached, and what it says at start. */
public final class DoorOptions {
    @Option(
            names = "--port",
            description =
                    "Port on 127.0.0.1, or at the address of --listen; 0 takes a free one. Default: ${DEFAULT-VALUE}",
            defaultValue = "8080")
    private int port;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Where to listen; beyond this machine, as 0.0.0.0 is, with a certificate and an --origin. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private String listen;

    @Option(
            names = TlsFiles.CERTIFICATE,
            paramLabel = "FILE",
            description = {
                "Speaks HTTPS and nothing else, with this certificate (PEM, the door's own first).",
                "Read again when it is renewed. See docs/access.md."
            })
    private @Nullable Path certificate;

    @Option(
            names = TlsFiles.KEY,
            paramLabel = "FILE",
            description = "The certificate's key (PEM), readable by you alone.")
    private @Nullable Path key;

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description =
                    "A further address under which this house is reached, by name or by way of a proxy, such as https://house.example.")
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

    /** Refuses, before anything long begins, what could not be listened on. */
    public void require() {
        listening().require();
        if (opens != null) {
            named(opens);
        }
    }

    private Listening listening() {
        if ((certificate == null) != (key == null)) {
            throw new BadInput(
                    certificate == null ? TlsFiles.CERTIFICATE : TlsFiles.KEY,
                    "",
                    "must be given with the other of the two");
        }
        Listening listening = new Listening(
                Listening.address(listen),
                port,
                certificate == null || key == null ? Optional.empty() : Optional.of(new TlsFiles(certificate, key)));
        if (listening.isBeyond() && origins.isEmpty()) {
            throw new BadInput(
                    "--origin",
                    "",
                    "must be given with --listen " + listen + ": the name by which people reach this house");
        }
        Admission.requireOrigins(origins, listening.tls().isPresent());
        return listening;
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
        return HttpFrontDoor.open(listening(), house, opens == null ? byItsKeys(house) : named(opens), origins);
    }

    /** Says where the house answers, and by which link a browser is let in; whoever reads it may stop the process at once without failure. */
    public static void announce(StopSignal stop, HttpFrontDoor door, PrintWriter out, String until) {
        stop.serve();
        out.println("Bulwark answers at " + door.place() + until);
        out.println("For your browser: " + door.link()
                + (door.showsEverything()
                        ? " (whoever has this link sees every account)"
                        : " (an operator's: whoever has this link runs the house and sees no account)"));
        out.flush();
    }
}
