package io.bulwark.journey;

import java.net.URI;

/** The token of a house's door, as its link gives it away. */
final class DoorToken {
    private DoorToken() {}

    /** The value of the header that opens the door. */
    static String header(URI link) {
        return "Bearer " + link.getQuery().substring("token=".length());
    }
}
