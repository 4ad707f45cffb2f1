package io.bulwark.netting.portfolio;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;

/**
 * One piece of collateral as it is passed on.
 *
 * @param velocity all that was received over what the first owner posted
 * @param owner who posted first
 * @param titleAtEnd what each holds in the end: received less passed on, nothing for the first owner
 */
public record PledgeChain(BigFraction velocity, String owner, Map<String, BigFraction> titleAtEnd) {
    /**
     * A pledge.
     *
     * @param from who posts
     * @param to who receives
     * @param amount > 0 for the first link, ≥ 0 for others
     */
    public record Link(String from, String to, BigFraction amount) {}

    /** Copies the titles in their order. */
    public PledgeChain {
        titleAtEnd = Collections.unmodifiableMap(new LinkedHashMap<>(titleAtEnd));
    }

    /** Velocity of a whole market: collateral received over collateral from its owners, both in one currency. */
    public static BigFraction velocity(BigFraction received, BigFraction primary) {
        if (primary.signum() <= 0) {
            throw new IllegalArgumentException("primary must be > 0; have " + primary);
        }
        return received.divide(primary);
    }

    /** Follows the links in order. */
    public static PledgeChain of(List<Link> links) {
        if (links.isEmpty() || links.stream().anyMatch(l -> l.amount().signum() < 0)) {
            throw new IllegalArgumentException("links must be at least one, amounts >= 0; have " + links.size());
        }
        String owner = links.getFirst().from();
        LinkedHashMap<String, BigFraction> title = new LinkedHashMap<>();
        BigFraction received = BigFraction.ZERO;
        for (Link link : links) {
            title.merge(link.from(), link.amount().negate(), BigFraction::add);
            title.merge(link.to(), link.amount(), BigFraction::add);
            received = received.add(link.amount());
        }
        title.put(owner, BigFraction.ZERO);
        return new PledgeChain(velocity(received, links.getFirst().amount()), owner, title);
    }
}
