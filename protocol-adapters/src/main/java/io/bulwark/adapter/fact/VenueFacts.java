package io.bulwark.adapter.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadRefused;
import java.util.List;

/** How the payloads of one venue are read. Pure: a function of the bytes. */
public interface VenueFacts {
    /** The venue's name, as its room is called. */
    String venue();

    /** The payloads that are known, in the order in which they are tried. No two recognise the same content. */
    List<PayloadKind> kinds();

    /**
     * The part of an answer that its kind is told by: what an interface wraps around every answer is taken off here, its horizon noted.
     *
     * @throws PayloadRefused if the answer is an error, or its envelope breaks a rule
     */
    default JsonNode body(JsonNode answer, FactSheet sheet) {
        return answer;
    }

    /**
     * Whether an element of this array is a payload of its own, as when several answers were stored together. The rows of a venue's list are not.
     */
    default boolean several(JsonNode body) {
        return false;
    }
}
