package io.bulwark.clearing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs, which refuses to run as root: as ourselves if we are not root; else in a user namespace, where root is nobody; else, where namespaces are
 * forbidden, as the user nobody, who must then own what the server writes.
 */
enum ServerUser {
    OURSELVES,
    NAMESPACE,
    NOBODY;

    private List<String> prefix() {
        return switch (this) {
            case OURSELVES -> List.of();
            case NAMESPACE -> List.of("unshare", "-U");
            case NOBODY -> List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
        };
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    static ServerUser choose() {
        if (!isRoot()) {
            return OURSELVES;
        }
        return Stream.of(NAMESPACE, NOBODY)
                .filter(user -> Command.succeeds(user.command(List.of("true"))))
                .findFirst()
                .orElseThrow(
                        () -> new EmbeddedServerException(
                                "PostgreSQL does not run as root, and neither unshare -U nor setpriv works here: start as another user"));
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix());
        whole.addAll(command);
        return whole;
    }

    /** Hands a file or directory over to the server's user. */
    void own(Path path) {
        if (this != NOBODY) {
            return;
        }
        try {
            UserPrincipal nobody =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(path, nobody);
        } catch (IOException e) {
            throw new UncheckedIOException("handing " + path + " to nobody", e);
        }
    }
}
