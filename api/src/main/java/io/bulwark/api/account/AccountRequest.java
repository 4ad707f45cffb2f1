package io.bulwark.api.account;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/**
 * The form of a question about one account, for its description; it is read field by field, so that a refusal can name what it refuses.
 *
 * @param account number of a booked account, or
 * @param portfolio any portfolio
 */
@Serdeable
public record AccountRequest(
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Integer> account,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<NamedPortfolio> portfolio) {}
