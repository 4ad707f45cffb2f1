package io.bulwark.adapter;

import java.io.Serial;

/** The world did not answer. The category says what to do; the text says what happened. */
public final class VenueException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String venue;
    private final Category category;

    /** What the caller does. */
    public enum Category {
        /** Ask again: a lost packet, a full queue, a venue that moved while it was read. */
        RETRY,
        /** Go on without this venue: the last accepted snapshot stands and ages. */
        DEGRADE,
        /** Stop reading this venue until a person has looked: it is not the one that was configured, or it shut us out. */
        HALT
    }

    /** Without a cause. */
    public VenueException(String venue, Category category, String message) {
        super(venue + ": " + message);
        this.venue = venue;
        this.category = category;
    }

    /** With what caused it. */
    public VenueException(String venue, Category category, String message, Throwable cause) {
        super(venue + ": " + message, cause);
        this.venue = venue;
        this.category = category;
    }

    /** The venue's name. */
    public String venue() {
        return venue;
    }

    /** What the caller does. */
    public Category category() {
        return category;
    }
}
