package io.bulwark.netting.formula;

import java.util.List;

/**
 * What one venue that closes positions by its own rule asks of an account on the way of each path.
 *
 * @param venue number of the venue
 * @param distance d, u: what the venue's own count leaves before it acts; below 0 it may act now
 * @param losses l by path: what the account's entries there lose in the path's first row, as the venue counts them, u
 */
public record VenueNeed(int venue, long distance, List<Long> losses) {
    /** Copies. */
    public VenueNeed {
        losses = List.copyOf(losses);
    }

    /** T of a path, u ≥ 0: what must reach the venue in the path's first row so that it does not act. */
    public long need(int path) {
        return Math.max(0, Math.subtractExact(losses.get(path), distance));
    }

    /** T by path, u. */
    public List<Long> needs() {
        return losses.stream()
                .map(loss -> Math.max(0, Math.subtractExact(loss, distance)))
                .toList();
    }
}
