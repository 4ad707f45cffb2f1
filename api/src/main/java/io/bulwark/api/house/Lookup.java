package io.bulwark.api.house;

import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;

/** What a path names, or 404 with what there is instead. */
public final class Lookup {
    private Lookup() {}

    /** The latest sealed epoch, or 404 before the first. */
    public static ComputedEpoch latest(SealedBooks books) {
        return books.latest().orElseThrow(() -> absent("No epoch is sealed yet."));
    }

    /** The epoch of a number. */
    public static ComputedEpoch epoch(SealedBooks books, long number) {
        return books.epoch(number)
                .orElseThrow(() -> absent("Epoch " + number + " is not sealed; "
                        + books.latest()
                                .map(e -> "the latest is " + e.number() + ".")
                                .orElse("none is yet.")));
    }

    /** The account of a number in an epoch. */
    public static AccountLine account(ComputedEpoch epoch, int number) {
        return epoch.account(number)
                .orElseThrow(() -> absent("Account " + number + " is not in epoch " + epoch.number() + "."));
    }

    /** 404, with what there is instead. */
    public static HttpStatusException absent(String detail) {
        return new HttpStatusException(HttpStatus.NOT_FOUND, detail);
    }
}
