package io.bulwark.clearing.event;

/**
 * One record of the outbox.
 *
 * @param sequence its place, dense from 1
 * @param topic where it goes
 * @param key the record's key
 * @param event the record's value, canonical bytes of an {@link Event}
 */
public record OutboxRecord(long sequence, Topic topic, String key, byte[] event) {}
