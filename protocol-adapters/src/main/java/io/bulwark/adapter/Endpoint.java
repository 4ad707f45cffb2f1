package io.bulwark.adapter;

import java.net.URI;

/**
 * Where a venue answers, with which keys it is read, and how often it may be asked: what changes no number.
 *
 * @param address scheme, host and port, and a path where the venue has one
 * @param keys that may read its accounts
 * @param budget how often and how long it may be asked
 */
public record Endpoint(URI address, KeyRing keys, ReadBudget budget) {
    /** A recording, or a chain of one's own: it tells whatever key is shown, and has no limit. */
    public static Endpoint recorded(URI address) {
        return new Endpoint(address, KeyRing.RECORDED, ReadBudget.perSecond(10_000));
    }

    /**
     * A transport to it.
     *
     * @param venue names the venue in errors
     */
    public VenueTransport transport(String venue) {
        return new VenueTransport(venue, address, budget);
    }
}
