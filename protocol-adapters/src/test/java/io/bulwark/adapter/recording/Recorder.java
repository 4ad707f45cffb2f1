package io.bulwark.adapter.recording;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.recording.DerivativesBed.Protocol;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Records again what the real contracts of a protocol answer: {@code Recorder PROTOCOL BED FILE}. Deploys the protocol on a local chain,
 * lets accounts use it, and writes what its adapter asks and is answered. {@code bulwark dev record} starts it.
 */
public final class Recorder {
    private static final int BAD_INPUT = 2;
    private static final String AAVE = "aave";

    private Recorder() {}

    /** Ends the process with 0, or with 2 and one line that says what was refused. */
    public static void main(String[] arguments) throws IOException, VenueException {
        System.exit(run(new PrintStream(System.out, true, UTF_8), new PrintStream(System.err, true, UTF_8), arguments));
    }

    /** What {@link #main} does, without ending the process. */
    static int run(PrintStream out, PrintStream err, String... arguments) throws IOException, VenueException {
        if (arguments.length != 3) {
            err.println("Recorder takes PROTOCOL BED FILE; has " + String.join(" ", arguments));
            return BAD_INPUT;
        }
        String name = arguments[0];
        Path bed = Path.of(arguments[1]);
        Path file = Path.of(arguments[2]);
        Optional<Protocol> derivatives =
                Stream.of(Protocol.values()).filter(p -> p.venue().equals(name)).findFirst();
        if (derivatives.isEmpty() && !name.equals(AAVE)) {
            err.println("PROTOCOL = " + name + ": must be aave, lyra or perp");
            return BAD_INPUT;
        }
        String missing = derivatives.map(p -> DerivativesBed.missing(p, bed)).orElseGet(() -> NodeScript.missing(bed));
        if (!missing.isEmpty()) {
            err.println("BED = " + bed + ": lacks " + missing);
            return BAD_INPUT;
        }
        int accounts = derivatives.isPresent()
                ? DerivativesRecorder.record(derivatives.get(), bed, file)
                : AaveRecorder.record(bed, file);
        out.println("recorded " + accounts + " accounts to " + file);
        return 0;
    }
}
