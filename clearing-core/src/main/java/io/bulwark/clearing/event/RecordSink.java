package io.bulwark.clearing.event;

/** Where the records of a topic end up: something that knows, in the same transaction as their effect, which one is next. */
public interface RecordSink {
    /**
     * The offset of the record that is wanted next.
     *
     * @param topicIdentity identity of the topic: one made anew is read from its beginning
     */
    long next(String topicIdentity);

    /** Wants the topic from its beginning again: it has lost an end that was taken. What was taken before changes nothing. */
    void again(String topicIdentity);

    /**
     * Takes the record at an offset: its effect and the step to the next one happen together, or not at all.
     *
     * @param expected what the caller holds to be wanted next; at most the offset, less where Kafka leaves offsets out (marks of its transactions)
     * @return {@link Taken#FENCED} if another worker has taken this record meanwhile; nothing happened
     */
    Taken take(String topicIdentity, long expected, long offset, byte[] value);

    /** Whether a record was taken. */
    enum Taken {
        TAKEN,
        FENCED
    }
}
