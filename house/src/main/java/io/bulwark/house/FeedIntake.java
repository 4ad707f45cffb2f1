package io.bulwark.house;

import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.adapter.ConnectedVenue.Pusher;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.ledger.BookingResult;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.house.founding.FoundingFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What protocols push. A file that its protocol signed goes the way of everything that venues say: to the broker, through the intake,
 * into the books or into quarantine. The same file again finds what became of it.
 */
public final class FeedIntake {
    /** How long a push waits for an epoch that is being sealed; what was handed on is taken in after it. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final House house;
    private final AtomicLong booked = new AtomicLong();

    FeedIntake(House house) {
        this.house = house;
    }

    /**
     * What a house answers to a push; the same push has the same receipt, but that what waited is booked.
     *
     * @param snapshot of whom and when it speaks, and the bytes that are kept
     * @param file SHA-256 of the file
     * @param outcome what became of it; empty while an epoch is being sealed, or where another process takes in: it is on its way
     * @param answer the signature of the house's reader over the snapshot's id
     */
    public record Receipt(RawSnapshot snapshot, Digest file, Optional<BookingResult> outcome, EpochSignature answer) {}

    /** How many pushes were booked since this house was opened. */
    public long booked() {
        return booked.get();
    }

    /** Who pushes for a venue; empty where it is not listed, or is read. */
    public Optional<Pusher<?>> pusher(int venue) {
        return house.file().stream()
                .flatMap(file -> file.connections().stream())
                .filter(connection -> connection.number() == venue)
                .findFirst()
                .flatMap(ConnectedVenue::pusher);
    }

    /**
     * Takes a file in that its protocol signed.
     *
     * @param signature which holds: {@link Pusher#signed}
     * @param market whether it must be a report of the market, and not a snapshot of an account
     * @throws BadInput if it says nothing that could be booked of anybody; it is kept in quarantine
     */
    public Receipt take(Pusher<?> pusher, byte[] file, byte[] signature, boolean market) throws InterruptedException {
        RawSnapshot snapshot;
        try {
            snapshot = pusher.pushed(file, signature);
        } catch (PayloadRefused e) {
            house.ledger()
                    .refuse(pusher.founding().venue() + "/pushed", file, new Refusal(e.field(), e.value(), e.rule()));
            throw new BadInput(e.field(), e.value(), e.rule());
        }
        if (market != snapshot.account().address().equals(VenueAccount.MARKET)) {
            throw new BadInput(
                    "file",
                    snapshot.account().address(),
                    market
                            ? "must be a report, with prices; a snapshot goes to /snapshots"
                            : "must be a snapshot, with holdings; a report goes to /reports");
        }
        Optional<BookingResult> outcome = house.ledger().outcome(snapshot.id());
        if (outcome.filter(before -> !(before instanceof BookingResult.Refused)).isEmpty()) {
            outcome = booked(snapshot);
        }
        return new Receipt(
                snapshot, Digest.sha256(file), outcome, house.signing().reader().answerFor(snapshot.id()));
    }

    private Optional<BookingResult> booked(RawSnapshot snapshot) throws InterruptedException {
        FoundingFile listed = house.file().orElseThrow();
        house.producers().publish(List.of(snapshot));
        // Where another process takes in, it finds on the broker what this one was given.
        if (house.sealedByAnother().isPresent()
                || !house.alone(PATIENCE, () -> house.cycle().drain(listed))) {
            return Optional.empty();
        }
        Optional<BookingResult> outcome = house.ledger().outcome(snapshot.id());
        if (outcome.filter(result -> result instanceof BookingResult.Booked).isPresent()) {
            booked.incrementAndGet();
        }
        return outcome;
    }
}
