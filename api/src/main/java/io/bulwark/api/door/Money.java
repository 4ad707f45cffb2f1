package io.bulwark.api.door;

import io.bulwark.clearing.money.Usd;
import io.micronaut.serde.annotation.Serdeable;

/**
 * An amount for programs and for people.
 *
 * @param u whole units of 10⁻⁴ USD
 * @param usd the same as exact decimal text with four places
 */
@Serdeable
public record Money(long u, String usd) {

    /** The amount of so many units. */
    public static Money of(long u) {
        return new Money(u, Usd.text(u));
    }

    @Override
    public String toString() {
        return usd;
    }
}
