package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What became of one case.
 *
 * @param referenceCase the case
 * @param computed what the product computes; empty if the kind is not known
 * @param differences where it differs from what the file expects, one sentence each
 */
record CaseResult(ReferenceCase referenceCase, Optional<JsonNode> computed, List<String> differences) {
    /** The four ways in which a case can end. */
    enum Status {
        /** All that the file expects is what the product computes. */
        AGREES,
        /** Something differs. */
        DIFFERS,
        /** The file expects nothing; the product computed it. */
        COMPUTED,
        /** The product does not know the kind. */
        UNSUPPORTED
    }

    CaseResult {
        differences = List.copyOf(differences);
    }

    static CaseResult of(ReferenceCase referenceCase, Optional<JsonNode> computed) {
        List<String> differences = computed.isPresent()
                        && referenceCase.expected().isPresent()
                ? Comparison.differences(
                        referenceCase, computed.get(), referenceCase.expected().get())
                : List.of();
        return new CaseResult(referenceCase, computed, differences);
    }

    Status status() {
        if (computed.isEmpty()) {
            return Status.UNSUPPORTED;
        }
        if (referenceCase.expected().isEmpty()) {
            return Status.COMPUTED;
        }
        return differences.isEmpty() ? Status.AGREES : Status.DIFFERS;
    }
}
