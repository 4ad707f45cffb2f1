package io.bulwark.netting.portfolio;

import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.position.VenueSnapshot;
import java.math.BigInteger;

/**
 * How much of what a snapshot is good for still counts: all of it up to the venue's age limit, then linearly less, nothing
 * after the same span again.
 *
 * @param ageMillis epoch time less the venue's time; what is read after the epoch's time has age 0
 * @param limitMillis the venue's age limit, &gt; 0
 */
record Freshness(long ageMillis, long limitMillis) {
    Freshness {
        if (limitMillis <= 0) {
            throw new IllegalArgumentException("age limit must be > 0 ms; have " + limitMillis);
        }
    }

    static Freshness of(VenueSnapshot snapshot, ListedVenue venue, long epochMillis) {
        long age = Math.subtractExact(epochMillis, snapshot.raw().horizon().timeMillis());
        return new Freshness(Math.max(0, age), venue.ageMillisMax());
    }

    boolean stale() {
        return ageMillis > limitMillis;
    }

    /** What still counts of so many lots, or units of cash, rounded down. */
    long counted(long lots) {
        if (!stale()) {
            return lots;
        }
        BigInteger left = BigInteger.valueOf(limitMillis)
                .shiftLeft(1)
                .subtract(BigInteger.valueOf(ageMillis))
                .max(BigInteger.ZERO);
        return Rounding.exactLong(
                Rounding.fdiv(BigInteger.valueOf(lots).multiply(left), BigInteger.valueOf(limitMillis)));
    }
}
