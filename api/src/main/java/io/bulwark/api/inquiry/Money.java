package io.bulwark.api.inquiry;

import io.bulwark.clearing.money.Usd;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An amount for programs and for people.
 *
 * @param u whole units of 10⁻⁴ USD
 * @param usd the same as exact decimal text with four places
 */
@Serdeable
@Schema(description = "An amount, exactly, twice")
public record Money(
        @Schema(description = "Whole units of 0.0001 USD", format = "int64", example = "12345678")
        long u,

        @Schema(description = "The same in USD, exact decimal text with four places", example = "1234.5678")
        String usd) {
    /** The amount of so many units. */
    public static Money of(long u) {
        return new Money(u, Usd.text(u));
    }

    @Override
    public String toString() {
        return usd;
    }
}
