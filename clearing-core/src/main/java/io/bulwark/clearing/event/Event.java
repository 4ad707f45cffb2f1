package io.bulwark.clearing.event;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;

/** A fact of the ledger. What it names by digest is a document in the ledger. */
public sealed interface Event {
    /** A snapshot was accepted and booked in a journal entry. */
    record SnapshotBooked(VenueAccount account, Digest snapshot, long entry) implements Event {}

    /** A venue said something else about a horizon than before; the first counts, both are kept. */
    record SnapshotContradicted(VenueAccount account, Digest first, Digest second) implements Event {}

    /** An accepted snapshot was superseded by the quorum, and taken back in a journal entry. */
    record SnapshotReversed(VenueAccount account, Digest snapshot, long entry) implements Event {}

    /** A payload was refused and is in quarantine. */
    record SnapshotRefused(Digest document, String field, String rule) implements Event {}

    /** A transfer was posted in a journal entry. */
    record TransferPosted(Digest transfer, long entry) implements Event {}

    /** An account's margin in an epoch is known. */
    record StatementIssued(long epoch, int clearingAccount, Digest statement) implements Event {}

    /** An epoch was sealed. */
    record EpochSealed(long number, Digest digest, Digest body) implements Event {}

    /** A proof was asked for; the books know what. */
    record ProofRequested(Digest job, int clearingAccount) implements Event {}

    /** The topic that tells it. */
    default Topic topic() {
        return switch (this) {
            case SnapshotBooked _, SnapshotContradicted _, SnapshotReversed _, SnapshotRefused _, TransferPosted _ ->
                Topic.LEDGER;
            case StatementIssued _ -> Topic.STATEMENTS;
            case EpochSealed _ -> Topic.EPOCHS;
            case ProofRequested _ -> Topic.PROOF_JOBS;
        };
    }

    /** The record's key: facts of one key stay in order. */
    default String key() {
        return switch (this) {
            case SnapshotBooked booked -> key(booked.account());
            case SnapshotContradicted contradicted -> key(contradicted.account());
            case SnapshotReversed reversed -> key(reversed.account());
            case SnapshotRefused refused -> refused.document().hex();
            case TransferPosted posted -> posted.transfer().hex();
            case StatementIssued issued -> String.valueOf(issued.clearingAccount());
            case EpochSealed _ -> "epoch";
            case ProofRequested requested -> String.valueOf(requested.clearingAccount());
        };
    }

    /** The key of what concerns a venue account: {@code venue/address}. */
    static String key(VenueAccount account) {
        return account.venue() + "/" + account.address();
    }

    /** The tree of event.cddl; its bytes are the record's value. */
    default CanonicalValue canonical() {
        return switch (this) {
            case SnapshotBooked(VenueAccount account, Digest snapshot, long entry) ->
                event(
                        "snapshot-booked",
                        integer(account.venue()),
                        text(account.address()),
                        bytes(snapshot),
                        integer(entry));
            case SnapshotReversed(VenueAccount account, Digest snapshot, long entry) ->
                event(
                        "snapshot-reversed",
                        integer(account.venue()),
                        text(account.address()),
                        bytes(snapshot),
                        integer(entry));
            case SnapshotContradicted(VenueAccount account, Digest first, Digest second) ->
                event(
                        "snapshot-contradicted",
                        integer(account.venue()),
                        text(account.address()),
                        bytes(first),
                        bytes(second));
            case SnapshotRefused(Digest document, String field, String rule) ->
                event("snapshot-refused", bytes(document), text(field), text(rule));
            case TransferPosted(Digest transfer, long entry) ->
                event("transfer-posted", bytes(transfer), integer(entry));
            case StatementIssued(long epoch, int account, Digest statement) ->
                event("statement-issued", integer(epoch), integer(account), bytes(statement));
            case EpochSealed(long number, Digest digest, Digest body) ->
                event("epoch-sealed", integer(number), bytes(digest), bytes(body));
            case ProofRequested(Digest job, int account) -> event("proof-requested", bytes(job), integer(account));
        };
    }

    private static CanonicalValue event(String kind, CanonicalValue... fields) {
        return array(text("bulwark-event"), integer(1), text(kind), array(fields));
    }

    /**
     * Reads a record's value.
     *
     * @throws CanonicalException if the bytes are not an event
     */
    static Event of(byte[] encoding) {
        CanonicalFields document = CanonicalReader.document(encoding, "bulwark-event", 1);
        String kind = document.text("kind");
        CanonicalFields fields = document.fields("fields");
        document.end();
        Event event = of(kind, fields);
        fields.end();
        return event;
    }

    private static Event of(String kind, CanonicalFields fields) {
        return switch (kind) {
            case "snapshot-booked" ->
                new SnapshotBooked(account(fields), fields.digest("snapshot"), fields.integer("entry"));
            case "snapshot-reversed" ->
                new SnapshotReversed(account(fields), fields.digest("snapshot"), fields.integer("entry"));
            case "snapshot-contradicted" ->
                new SnapshotContradicted(account(fields), fields.digest("first"), fields.digest("second"));
            case "snapshot-refused" ->
                new SnapshotRefused(fields.digest("document"), fields.text("field"), fields.text("rule"));
            case "transfer-posted" -> new TransferPosted(fields.digest("transfer"), fields.integer("entry"));
            case "statement-issued" ->
                new StatementIssued(
                        fields.integer("epoch"),
                        (int) fields.integer("clearingAccount", 0, Integer.MAX_VALUE),
                        fields.digest("statement"));
            case "epoch-sealed" ->
                new EpochSealed(fields.integer("number"), fields.digest("digest"), fields.digest("body"));
            case "proof-requested" ->
                new ProofRequested(fields.digest("job"), (int) fields.integer("clearingAccount", 0, Integer.MAX_VALUE));
            default -> throw new CanonicalException("event.kind", kind, "must be a known kind");
        };
    }

    private static VenueAccount account(CanonicalFields fields) {
        return new VenueAccount((int) fields.integer("venue", 0, Integer.MAX_VALUE), fields.text("address"));
    }
}
