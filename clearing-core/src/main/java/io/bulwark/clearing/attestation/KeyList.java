package io.bulwark.clearing.attestation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which verifying keys a house proves with, and over which epochs. Lists are numbered and each names the one before; a key that was listed is never
 * taken out, so that whoever holds a later list knows of every key that ever counted.
 *
 * @param house the house
 * @param number from 1, consecutive
 * @param previous digest of the list before; zero in the first
 * @param keys sorted by identity, each once, at least one
 */
public record KeyList(Digest house, long number, Digest previous, List<Entry> keys) {
    /** Most keys of a house. */
    public static final int KEYS_MAX = 1_000;

    private static final String SCHEMA = "bulwark-key-list";
    private static final long VERSION = 1;

    /**
     * One key.
     *
     * @param identity SHA-256 of the key record
     * @param from the first epoch that it serves, at least 1
     * @param until the last epoch that it serves; 0 while it still serves
     */
    public record Entry(Digest identity, long from, long until) {
        /** Checks the order of the epochs. */
        public Entry {
            if (from < 1) {
                throw new CanonicalException("keys.from", String.valueOf(from), "must be an epoch, >= 1");
            }
            if (until != 0 && until < from) {
                throw new CanonicalException(
                        "keys.until", String.valueOf(until), "must be 0, or the first epoch " + from + " or a later");
            }
        }

        /** Whether it serves an epoch. */
        public boolean serves(long epoch) {
            return epoch >= from && (until == 0 || epoch <= until);
        }
    }

    /** Sorts, and checks that nothing stands twice and exactly the first list has none before it. */
    public KeyList {
        keys = keys.stream().sorted(Comparator.comparing(Entry::identity)).toList();
        if (number < 1) {
            throw new CanonicalException("keyList.number", String.valueOf(number), "must be >= 1");
        }
        if ((number == 1) != previous.isZero()) {
            throw new CanonicalException("keyList.previous", previous.hex(), "must be zero in list 1 and only there");
        }
        if (keys.isEmpty() || keys.size() > KEYS_MAX) {
            throw new CanonicalException("keyList.keys", keys.size() + " keys", "must be 1 to " + KEYS_MAX);
        }
        for (int i = 1; i < keys.size(); i++) {
            if (keys.get(i).identity().equals(keys.get(i - 1).identity())) {
                throw new CanonicalException(
                        "keyList.keys", keys.get(i).identity().hex(), "must not stand twice");
            }
        }
    }

    /** The first list of a house. */
    public static KeyList first(Digest house, Entry key) {
        return new KeyList(house, 1, Digest.ZERO, List.of(key));
    }

    /** The next list, with a key more. */
    public KeyList with(Entry key) {
        List<Entry> more = new ArrayList<>(keys);
        more.add(key);
        return new KeyList(house, number + 1, digest(), more);
    }

    /** The entry of a key. */
    public Optional<Entry> find(Digest identity) {
        return keys.stream().filter(key -> key.identity().equals(identity)).findFirst();
    }

    /**
     * Why this list may not come after another, in words; empty if it may. Every key of the list before stays, its first epoch too, and one that was
     * retired is not brought back.
     */
    public Optional<String> flawAfter(KeyList before) {
        if (!house.equals(before.house)) {
            return Optional.of("house must be " + before.house + "; have " + house);
        }
        if (number != before.number + 1 || !previous.equals(before.digest())) {
            return Optional.of("list must be number " + (before.number + 1) + " after " + before.digest()
                    + "; have number " + number + " after " + previous);
        }
        return before.keys.stream()
                .filter(old -> find(old.identity())
                        .filter(now -> now.from() == old.from() && (old.until() == 0 || now.until() == old.until()))
                        .isEmpty())
                .findFirst()
                .map(old -> "key " + old.identity() + " must stay as it was listed, from epoch " + old.from());
    }

    /** The tree of key-list in attestation.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                bytes(house),
                integer(number),
                bytes(previous),
                array(keys.stream()
                        .map(key -> array(bytes(key.identity()), integer(key.from()), integer(key.until())))
                        .toList()));
    }

    /** SHA-256 of the canonical encoding: what is signed. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws CanonicalException if the value is not a list of keys in its one order
     */
    public static KeyList of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        KeyList list = new KeyList(
                fields.digest("house"),
                fields.integer("number"),
                fields.digest("previous"),
                fields.list(
                        "keys", key -> new Entry(key.digest("identity"), key.integer("from"), key.integer("until"))));
        fields.end();
        if (!list.canonical().equals(value)) {
            throw new CanonicalException("keyList.keys", list.keys.size() + " keys", "must be sorted by identity");
        }
        return list;
    }
}
