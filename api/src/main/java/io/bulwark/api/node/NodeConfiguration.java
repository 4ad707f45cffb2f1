package io.bulwark.api.node;

import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.node.Node;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * How one node runs: what changes no number, and is no other node's matter.
 *
 * <p>JSON: {@code {"listen": "HOST:PORT", "venues": PATH, "commitMillis": N, "revealMillis": N, "voteMillis": N, "pauseMillis":
 * N}}. The first two must be there; paths are
 * from the file's own folder.
 *
 * @param listen where it answers the other nodes
 * @param venues the file that says where venues answer
 * @param timing how long it waits
 */
record NodeConfiguration(InetSocketAddress listen, Path venues, Node.Timing timing) {
    /** What holds where the file says nothing: 5 s each for commitments, reveals and votes, a minute between epochs. */
    static final Node.Timing TIMING = new Node.Timing(5_000, 5_000, 5_000, 60_000);

    private static final int TEXT_MAX = 4_096;
    private static final int MILLIS_MAX = 86_400_000;
    private static final int PORT_MAX = 65_535;

    /**
     * Reads it.
     *
     * @throws BadInput naming field, value and rule
     */
    static NodeConfiguration read(Path file) {
        JsonFields fields = JsonFields.read(InputFile.bytes(file, JsonFields.BYTES_MAX));
        NodeConfiguration configuration = new NodeConfiguration(
                listen(fields),
                file.toAbsolutePath().resolveSibling(fields.text("venues", TEXT_MAX)),
                new Node.Timing(
                        millis(fields, "commitMillis", TIMING.commitMillis()),
                        millis(fields, "revealMillis", TIMING.revealMillis()),
                        millis(fields, "voteMillis", TIMING.voteMillis()),
                        millis(fields, "pauseMillis", TIMING.pauseMillis())));
        fields.nothingElse();
        return configuration;
    }

    private static int millis(JsonFields fields, String name, int absent) {
        return (int) fields.wholeNumber(name, 1, MILLIS_MAX, absent);
    }

    private static InetSocketAddress listen(JsonFields fields) {
        String text = fields.text("listen", TEXT_MAX);
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw fields.refuse("listen", "must be HOST:PORT");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > PORT_MAX) {
            throw fields.refuse("listen", "must have a port of at most " + PORT_MAX);
        }
        return new InetSocketAddress(text.substring(0, colon), port);
    }
}
