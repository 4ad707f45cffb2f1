package io.bulwark.clearing.register;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.event.Event;
import io.bulwark.clearing.event.Outbox;
import io.bulwark.clearing.event.Outbox.OutboxRecord;
import io.bulwark.clearing.event.Topic;
import java.util.List;

/** The transactional outbox: what is to be told, in one dense order, written in the transaction of what it tells. */
public final class OutboxTable implements Outbox {
    private final Database database;

    /** The outbox of a database. */
    public OutboxTable(Database database) {
        this.database = database;
    }

    @Override
    public String identity() {
        return database.read(transaction -> transaction
                .first("select identity from ledger_identity", row -> row.text(1))
                .orElseThrow());
    }

    @Override
    public List<OutboxRecord> from(long sequence, int limit) {
        return database.read(transaction -> transaction.query(
                "select sequence, topic, key, event from outbox where sequence >= ? order by sequence limit ?",
                row -> new OutboxRecord(row.number(1), Topic.of(row.text(2)), row.text(3), row.bytes(4)),
                sequence,
                limit));
    }

    @Override
    public long told(String topic) {
        return database.read(transaction -> transaction
                .first("select told from relay_mark where topic = ?", row -> row.number(1), topic)
                .orElse(0L));
    }

    @Override
    public void tell(String topic, long sequence) {
        database.write(transaction -> transaction.update(
                "insert into relay_mark (topic, told) values (?, ?)"
                        + " on conflict (topic) do update set told = greatest(relay_mark.told, excluded.told)",
                topic,
                sequence));
    }

    public static void tell(DatabaseTransaction transaction, Event event) {
        transaction.update(
                "insert into outbox (sequence, topic, key, event) select coalesce(max(sequence), 0) + 1, ?, ?, ? from outbox",
                event.topic().id(),
                event.key(),
                event.canonical().encode());
    }
}
