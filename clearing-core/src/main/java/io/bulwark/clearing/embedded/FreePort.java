package io.bulwark.clearing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback interface that nobody listens on. */
final class FreePort {
    private FreePort() {}

    /**
     * So many ports that are free now, no two of them the same; somebody else may take one before we do, so the caller tries again.
     * All are held until all are found: a port that is let go may be the next that is given.
     */
    static List<Integer> find(int count) {
        List<Integer> found = new ArrayList<>();
        hold(count, found);
        return List.copyOf(found);
    }

    private static void hold(int count, List<Integer> found) {
        if (found.size() == count) {
            return;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            found.add(socket.getLocalPort());
            hold(count, found);
        } catch (IOException e) {
            throw new UncheckedIOException("looking for a free port", e);
        }
    }
}
