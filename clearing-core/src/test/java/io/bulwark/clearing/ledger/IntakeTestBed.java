package io.bulwark.clearing.ledger;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.event.Outbox;
import io.bulwark.clearing.event.RecordSink;
import io.bulwark.clearing.event.SnapshotPublisher;
import io.bulwark.clearing.ledger.SnapshotIntake.Normalisation;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.AccountRegister;
import io.bulwark.clearing.register.OutboxTable;
import java.util.List;
import javax.sql.DataSource;

/** A fresh database with one clearing account, and records for it. */
public final class IntakeTestBed {
    /** A topic's identity. */
    public static final String TOPIC = "topic-1";

    /** The linked venue account. */
    public static final VenueAccount ACCOUNT = new VenueAccount(1, "0xa1");

    /** Who answers for the records. */
    public static final QuorumKey READER = QuorumKey.generate();

    private final Database.Configuration configuration;
    private final DataSource source;
    private final Database database;

    private IntakeTestBed(Database.Configuration configuration) {
        this.configuration = configuration;
        this.source = PostgresTestBed.pool(configuration);
        this.database = Database.over(source);
        new AccountRegister(database).open(new ClearingAccount(7, "basis", "Alpha", List.of(ACCOUNT)));
    }

    /** A bed of its own. */
    public static IntakeTestBed fresh() {
        return new IntakeTestBed(PostgresTestBed.freshDatabase());
    }

    /** Its address, for another process. */
    public Database.Configuration configuration() {
        return configuration;
    }

    /** Its data source. */
    public DataSource source() {
        return source;
    }

    /** Its books. */
    public Ledger ledger() {
        return new Ledger(database);
    }

    /** The outbox over some data source. */
    public Outbox outbox(DataSource over) {
        return new OutboxTable(Database.migrated(over));
    }

    /** The real intake over some data source. */
    public RecordSink intake(DataSource over) {
        return new SnapshotIntake(Database.migrated(over), IntakeTestBed::normalise, READER.publicKey()::equals);
    }

    /** Reads the lines, or refuses them. */
    public static Normalisation normalise(RawSnapshot raw) {
        try {
            return new Normalisation.Normalised(Snapshots.read(raw));
        } catch (IllegalArgumentException e) {
            return new Normalisation.Malformed(
                    new Refusal("holdings", String.valueOf(e.getMessage()), "must be lines of holdings"));
        }
    }

    /** The broken control: it steps on first, in a transaction of its own, and books afterwards. */
    public RecordSink markerBeforeBooking(DataSource over) {
        Database books = Database.migrated(over);
        SnapshotIntake intake = new SnapshotIntake(books, IntakeTestBed::normalise, READER.publicKey()::equals);
        return new RecordSink() {
            @Override
            public long next(String topicIdentity) {
                return intake.next(topicIdentity);
            }

            @Override
            public void again(String topicIdentity) {
                intake.again(topicIdentity);
            }

            @Override
            public Taken take(String topicIdentity, long expected, long offset, byte[] value) {
                books.write(transaction -> transaction.update("update intake_cursor set next = ?", offset + 1));
                byte[] snapshot = CanonicalFields.document(
                                CanonicalReader.read(value), SnapshotPublisher.SCHEMA, SnapshotPublisher.VERSION)
                        .bytes("snapshot");
                RawSnapshot raw = RawSnapshot.of(CanonicalReader.read(snapshot));
                new Ledger(books).book(Snapshots.read(raw));
                return Taken.TAKEN;
            }
        };
    }

    /** The n-th record: the account then has n + 1 of asset 3. */
    public static byte[] record(int n) {
        return SnapshotPublisher.signed(Snapshots.raw(ACCOUNT, 1_000L + n, "collateral 3 " + (n + 1)), READER);
    }

    /** A snapshot whose payload the venue's adapter refuses. */
    public static byte[] malformed() {
        return SnapshotPublisher.signed(Snapshots.raw(ACCOUNT, 5, "nonsense 1"), READER);
    }

    /** How many journal entries there are. */
    public long entries() {
        return database.read(transaction -> transaction.number("select count(*) from journal_entry"));
    }

    /** How many outbox records there are. */
    public long outbox() {
        return database.read(transaction -> transaction.number("select count(*) from outbox"));
    }
}
