package io.bulwark.clearing.attestation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.KeyList.Entry;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KeyListTest {
    private static final Digest HOUSE = digest("house");
    private static final KeyList FIRST = KeyList.first(HOUSE, new Entry(digest("account"), 1, 0));
    private static final KeyList SECOND = FIRST.with(new Entry(digest("book"), 3, 0));

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyList after(KeyList before, Entry... keys) {
        return new KeyList(HOUSE, before.number() + 1, before.digest(), List.of(keys));
    }

    @Test
    void shouldReadWhatItWrites() {
        for (KeyList list : List.of(FIRST, SECOND)) {
            assertEquals(list, KeyList.of(CanonicalReader.read(list.canonical().encode())));
        }
        assertEquals(2, SECOND.number());
        assertEquals(FIRST.digest(), SECOND.previous());
        assertEquals(Optional.of(new Entry(digest("book"), 3, 0)), SECOND.find(digest("book")));
        assertEquals(Optional.empty(), FIRST.find(digest("book")));
    }

    @Test
    void shouldServeFromItsFirstEpochToItsLast() {
        Entry open = new Entry(digest("k"), 3, 0);
        assertFalse(open.serves(2));
        assertTrue(open.serves(3));
        assertTrue(open.serves(Long.MAX_VALUE));
        Entry retired = new Entry(digest("k"), 3, 5);
        assertTrue(retired.serves(5));
        assertFalse(retired.serves(6));
        assertThrows(CanonicalException.class, () -> new Entry(digest("k"), 0, 0));
        assertThrows(CanonicalException.class, () -> new Entry(digest("k"), 3, 2));
    }

    @Test
    void shouldRefuseWhatIsNoList() {
        assertThrows(CanonicalException.class, () -> new KeyList(HOUSE, 1, digest("x"), FIRST.keys()));
        assertThrows(CanonicalException.class, () -> new KeyList(HOUSE, 2, Digest.ZERO, FIRST.keys()));
        assertThrows(CanonicalException.class, () -> new KeyList(HOUSE, 0, Digest.ZERO, FIRST.keys()));
        assertThrows(CanonicalException.class, () -> new KeyList(HOUSE, 1, Digest.ZERO, List.of()));
        assertThrows(
                CanonicalException.class,
                () -> FIRST.with(new Entry(digest("account"), 2, 0)),
                "one key under two ranges");
        List<Digest> unsorted = Stream.of(digest("account"), digest("book"))
                .sorted((a, b) -> b.compareTo(a))
                .toList();
        assertThrows(
                CanonicalException.class,
                () -> KeyList.of(array(
                        text("bulwark-key-list"),
                        integer(1),
                        bytes(HOUSE),
                        integer(1),
                        bytes(Digest.ZERO),
                        array(unsorted.stream()
                                .map(key -> array(bytes(key), integer(1), integer(0)))
                                .toList()))));
    }

    @Test
    void shouldFollowTheListBeforeAndForgetNoKey() {
        assertEquals(Optional.empty(), SECOND.flawAfter(FIRST));
        assertEquals(
                Optional.empty(),
                after(FIRST, new Entry(digest("account"), 1, 4), new Entry(digest("book"), 5, 0))
                        .flawAfter(FIRST),
                "retired");
        KeyList retired = after(FIRST, new Entry(digest("account"), 1, 4));
        for (KeyList wrong : List.of(
                after(FIRST, new Entry(digest("book"), 1, 0)),
                after(FIRST, new Entry(digest("account"), 2, 0)),
                new KeyList(HOUSE, 2, digest("another"), SECOND.keys()),
                new KeyList(HOUSE, 3, FIRST.digest(), SECOND.keys()),
                new KeyList(digest("another"), 2, FIRST.digest(), SECOND.keys()))) {
            assertTrue(wrong.flawAfter(FIRST).isPresent(), wrong.toString());
        }
        assertTrue(
                after(retired, new Entry(digest("account"), 1, 0))
                        .flawAfter(retired)
                        .isPresent(),
                "a retired key comes back");
        assertTrue(
                after(retired, new Entry(digest("account"), 1, 9))
                        .flawAfter(retired)
                        .isPresent(),
                "a retired key serves longer");
    }
}
