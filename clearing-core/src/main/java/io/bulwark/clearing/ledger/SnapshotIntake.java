package io.bulwark.clearing.ledger;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.event.RecordSink;
import io.bulwark.clearing.event.SnapshotPublisher;
import io.bulwark.clearing.event.Topic;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

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
    private final Predicate<Digest> readers;

    /**
     * An intake.
     *
     * @param normalisation says a snapshot in the house's words; pure, and it refuses a malformed payload instead of throwing: what it throws stops the intake
     * @param readers whose signature is taken: who fetched a snapshot answers for it
     */
    public SnapshotIntake(
            Database database, Function<RawSnapshot, Normalisation> normalisation, Predicate<Digest> readers) {
        this.database = database;
        this.normalisation = normalisation;
        this.readers = readers;
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
    public void again(String topicIdentity) {
        database.write(transaction -> transaction.update(
                "update intake_cursor set next = 0 where name = ? and topic = ?", CURSOR, topicIdentity));
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
        Optional<EpochSignature> answer;
        try {
            CanonicalValue published = CanonicalReader.read(value);
            answer = answer(published);
            raw = RawSnapshot.of(answer.isPresent() ? CanonicalReader.read(snapshot(published)) : published);
        } catch (CanonicalException e) {
            Refusal refusal = new Refusal(e.field(), e.value(), e.rule());
            return transaction ->
                    SnapshotBooks.refuse(transaction, Topic.SNAPSHOTS.id(), UNREADABLE_KIND, value, refusal);
        }
        if (answer.filter(a -> readers.test(a.signer()) && a.answersFor(raw.id()))
                .isEmpty()) {
            Refusal refusal = new Refusal(
                    "signature",
                    answer.map(a -> "of " + a.signer()).orElse("none"),
                    "must be over the snapshot, of a reader of the house: who fetched it answers for it");
            return transaction -> SnapshotBooks.refuse(transaction, raw, refusal);
        }
        return switch (normalisation.apply(raw)) {
            case Normalisation.Normalised(VenueSnapshot snapshot) ->
                transaction -> SnapshotBooks.book(transaction, snapshot, answer);
            case Normalisation.Malformed(Refusal refusal) ->
                transaction -> SnapshotBooks.refuse(transaction, raw, refusal);
        };
    }

    /** Who answers for what was published; empty of a bare snapshot, for which nobody does. */
    private static Optional<EpochSignature> answer(CanonicalValue published) {
        if (!isSigned(published)) {
            return Optional.empty();
        }
        CanonicalFields fields =
                CanonicalFields.document(published, SnapshotPublisher.SCHEMA, SnapshotPublisher.VERSION);
        fields.bytes("snapshot");
        Digest reader = fields.digest("reader");
        byte[] signature = fields.bytes("signature");
        fields.end();
        if (signature.length != EpochSignature.LENGTH) {
            throw new CanonicalException("signature", signature.length + " bytes", "must be 64 bytes");
        }
        return Optional.of(new EpochSignature(reader, signature));
    }

    private static byte[] snapshot(CanonicalValue published) {
        return CanonicalFields.document(published, SnapshotPublisher.SCHEMA, SnapshotPublisher.VERSION)
                .bytes("snapshot");
    }

    private static boolean isSigned(CanonicalValue published) {
        return published instanceof CanonicalValue.Array array
                && !array.values().isEmpty()
                && array.values().getFirst().equals(CanonicalValue.text(SnapshotPublisher.SCHEMA));
    }
}
