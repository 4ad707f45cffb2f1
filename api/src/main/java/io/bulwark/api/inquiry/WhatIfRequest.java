package io.bulwark.api.inquiry;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a what-if, for its description; it is read field by field, so that a refusal can name what it refuses.
 *
 * @param account number of a booked account, or
 * @param portfolio any portfolio
 * @param changes at most 1,000
 */
@Serdeable
@Schema(description = "Either account or portfolio, and the changes to it. Unknown fields are refused.")
public record WhatIfRequest(
        @Schema(description = "Number of an account in the latest sealed epoch", example = "0") @Nullable
        Integer account,

        @Schema(description = "Any portfolio in lots") @Nullable
        Portfolio portfolio,

        @Schema(description = "At most 1,000; several changes of one entry add up")
        List<Change> changes) {
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
            @Schema(allowableValues = {"cash", "positions", "paid", "collateral", "debt"})
            String in,

            @Schema(description = "Instrument or asset", example = "ETH-PERP") @Nullable
            String id,

            @Schema(description = "Whole lots, more or fewer", example = "-100") @Nullable
            Long lots,

            @Schema(description = "For cash: more or less, in u = 0.0001 USD") @Nullable
            Long amount) {}
}
