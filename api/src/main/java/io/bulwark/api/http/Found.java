package io.bulwark.api.http;

import io.bulwark.api.inquiry.AccountSummary;
import io.bulwark.api.inquiry.MarginAnswer;
import io.bulwark.api.inquiry.SealedBooks;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;

/** What a path names, or 404 with what there is instead. */
final class Found {
    private Found() {}

    /** The latest sealed epoch, or 404 before the first. */
    static ComputedEpoch latest(SealedBooks books) {
        return books.latest().orElseThrow(() -> absent("No epoch is sealed yet."));
    }

    /** The epoch of a number. */
    static ComputedEpoch epoch(SealedBooks books, long number) {
        return books.epoch(number)
                .orElseThrow(() -> absent("Epoch " + number + " is not sealed; "
                        + books.latest()
                                .map(e -> "the latest is " + e.number() + ".")
                                .orElse("none is yet.")));
    }

    /** The account of a number in an epoch. */
    static AccountLine account(ComputedEpoch epoch, int number) {
        return epoch.account(number)
                .orElseThrow(() -> absent("Account " + number + " is not in epoch " + epoch.number() + "."));
    }

    /** The margin of an account in an epoch, or 404 with the reasons where it has none. */
    static MarginAnswer margin(ComputedEpoch epoch, int number) {
        AccountLine account = account(epoch, number);
        return MarginAnswer.of(account, epoch)
                .orElseThrow(() -> absent("Account " + number + " has no margin in epoch " + epoch.number() + ": "
                        + String.join("; ", AccountSummary.of(account).reasons())));
    }

    static HttpStatusException absent(String detail) {
        return new HttpStatusException(HttpStatus.NOT_FOUND, detail);
    }
}
