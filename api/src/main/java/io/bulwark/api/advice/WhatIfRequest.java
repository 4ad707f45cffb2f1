package io.bulwark.api.advice;

import io.bulwark.api.account.NamedPortfolio;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * The form of a what-if, for its description; it is read field by field, so that a refusal can name what it refuses.
 *
 * @param account number of a booked account, or
 * @param portfolio any portfolio
 * @param changes at most 1,000
 * @param hedging whether each entry alone is told beside the account, before and after
 * @param fund whether the fund is asked too: what it would ask of the member, and why an opening would be stopped
 */
@Serdeable
record WhatIfRequest(
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Integer> account,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<NamedPortfolio> portfolio,

        List<Change> changes,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Boolean> hedging,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Boolean> fund) {
    /** Copies. */
    public WhatIfRequest {
        changes = List.copyOf(changes);
    }

    /**
     * One change.
     *
     * @param in which list, or cash
     * @param id of the instrument or asset; none for cash
     * @param lots more or fewer; none for cash
     * @param amount u, more or less; for cash only
     */
    @Serdeable
    @Schema(name = "Change")
    public record Change(
            String in,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> id,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Long> lots,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Long> amount) {}
}
