package io.bulwark.clearing.event;

import java.util.List;

/** What is to be told to Kafka, in one order without gaps. */
public interface Outbox {
    /**
     * One record of the outbox.
     *
     * @param sequence its place, dense from 1
     * @param topic where it goes
     * @param key the record's key
     * @param event the record's value, canonical bytes of an {@link Event}
     */
    record OutboxRecord(long sequence, Topic topic, String key, byte[] event) {}

    /** Which ledger this is the outbox of: one that begins anew has another identity, and is told from its beginning. */
    String identity();

    /**
     * The next records.
     *
     * @param sequence the first sequence wanted, from 1
     * @param limit how many at most
     * @return records with the sequences {@code sequence}, {@code sequence + 1}, …; empty if there is nothing to tell yet
     */
    List<OutboxRecord> from(long sequence, int limit);

    /**
     * How far a topic was told at least, however long ago: brokers forget the marks of those who rest.
     *
     * @param topic identity of the topic
     * @return the last sequence that is known to be told; 0 if none is
     */
    long told(String topic);

    /** Remembers how far a topic is told. */
    void tell(String topic, long sequence);
}
