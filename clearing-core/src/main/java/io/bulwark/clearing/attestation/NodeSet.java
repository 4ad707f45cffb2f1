package io.bulwark.clearing.attestation;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who signs for a house on a chain.
 *
 * @param threshold how many must; more than half, so that two quorums share a member and two signed digests of one number convict somebody
 * @param nodes their addresses, at most 32, in increasing order
 */
public record NodeSet(int threshold, SortedSet<ChainAddress> nodes) {
    /** Largest set. */
    public static final int NODES_MAX = 32;

    /** Copies, and checks the rules that the registry has. */
    public NodeSet {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        if (nodes.size() > NODES_MAX || threshold > nodes.size() || 2 * threshold <= nodes.size()) {
            throw new IllegalArgumentException("threshold must be more than half of at most " + NODES_MAX
                    + " nodes; have " + threshold + " of " + nodes.size());
        }
    }

    /** A set of the given nodes in any order. */
    public static NodeSet of(int threshold, Collection<ChainAddress> nodes) {
        return new NodeSet(threshold, new TreeSet<>(nodes));
    }
}
