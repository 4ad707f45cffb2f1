package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** How the cases of some kinds are computed. */
public interface Computation {
    /** Whether this computation knows the kind. */
    boolean knows(String kind);

    /**
     * Every field of the kind in the shape of {@code expected}; empty if the case asks for something within the kind that is not known.
     *
     * @throws io.bulwark.clearing.document.BadInput if the inputs break a rule
     */
    Optional<JsonNode> compute(ReferenceCase referenceCase);

    /** Whether a field of a kind's expectation decides about agreement; the others are material that helps to find a fault. */
    default boolean compares(String kind, String field) {
        return true;
    }
}
