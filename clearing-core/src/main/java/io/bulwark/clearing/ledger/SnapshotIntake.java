package io.bulwark.clearing.ledger;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.event.RecordSink;
import io.bulwark.clearing.event.Topic;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes published snapshots into the books: the booking, what is told of it, and the step to the next record are one transaction.
 *
 * <p>A record that is no snapshot, or that its venue's adapter refuses, is kept in quarantine, and the next one follows.
 */
public final class SnapshotIntake implements RecordSink {
    private static final String CURSOR = "snapshots";
    private static final String UNREADABLE_KIND = "unreadable";

    private final Database database;
    private final Function<RawSnapshot, Normalisation> normalisation;

    /**
     * An intake.
     *
     * @param normalisation says a snapshot in the house's words; pure, and it refuses a malformed payload instead of throwing: what it throws stops the intake
     */
    public SnapshotIntake(Database database, Function<RawSnapshot, Normalisation> normalisation) {
        this.database = database;
        this.normalisation = normalisation;
    }

    /** What an adapter makes of a raw snapshot. */
    public sealed interface Normalisation {
        /** Said in the house's words. */
        record Normalised(VenueSnapshot snapshot) implements Normalisation {}

        /** Refused by a rule. */
        record Malformed(Refusal refusal) implements Normalisation {}
    }

    @Override
    public long next(String topicIdentity) {
        return database.write(transaction -> {
            transaction.update(
                    "insert into intake_cursor (name, topic, next) values (?, ?, 0)"
                            + " on conflict (name) do update set topic = excluded.topic, next = 0 where intake_cursor.topic <> excluded.topic",
                    CURSOR,
                    topicIdentity);
            return transaction.number("select next from intake_cursor where name = ?", CURSOR);
        });
    }

    @Override
    public Taken take(String topicIdentity, long expected, long offset, byte[] value) {
        Consumer<DatabaseTransaction> booking = booking(value);
        return database.write(transaction -> {
            if (!step(transaction, topicIdentity, expected, offset)) {
                return Taken.FENCED;
            }
            booking.accept(transaction);
            return Taken.TAKEN;
        });
    }

    /** Moves the cursor if it stands where the worker left it; if not, another worker is at it. */
    private static boolean step(DatabaseTransaction transaction, String topicIdentity, long expected, long offset) {
        return transaction.update(
                        "update intake_cursor set next = ? where name = ? and topic = ? and next = ?",
                        offset + 1,
                        CURSOR,
                        topicIdentity,
                        expected)
                == 1;
    }

    private Consumer<DatabaseTransaction> booking(byte[] value) {
        RawSnapshot raw;
        try {
            raw = RawSnapshot.of(CanonicalReader.read(value));
        } catch (CanonicalException e) {
            Refusal refusal = new Refusal(e.field(), e.value(), e.rule());
            return transaction ->
                    SnapshotBooks.refuse(transaction, Topic.SNAPSHOTS.id(), UNREADABLE_KIND, value, refusal);
        }
        return switch (normalisation.apply(raw)) {
            case Normalisation.Normalised(VenueSnapshot snapshot) ->
                transaction -> SnapshotBooks.book(transaction, snapshot);
            case Normalisation.Malformed(Refusal refusal) ->
                transaction -> SnapshotBooks.refuse(transaction, raw, refusal);
        };
    }
}
