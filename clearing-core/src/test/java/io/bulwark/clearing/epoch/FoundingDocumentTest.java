package io.bulwark.clearing.epoch;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FoundingDocumentTest {
    private static final List<Digest> QUORUM = List.of(digest("k1"), digest("k2"), digest("k3"));

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    private static FoundingDocument founding(KeyRule keys) {
        return new FoundingDocument("bulwark-test", 2, QUORUM, keys);
    }

    private static CanonicalValue quorum() {
        return array(QUORUM.stream().map(CanonicalValue::bytes).toList());
    }

    private static String refused(CanonicalValue... keys) {
        CanonicalValue value =
                array(text("bulwark-founding"), integer(2), text("bulwark-test"), integer(2), quorum(), array(keys));
        return String.valueOf(assertThrows(CanonicalException.class, () -> FoundingDocument.of(value))
                .getMessage());
    }

    @Test
    void shouldNameTheHouseByItsFoundingDocument() {
        for (KeyRule keys : List.of(new KeyRule.Test(), new KeyRule.Ceremony(3), new KeyRule.Ceremony(7))) {
            FoundingDocument founding = founding(keys);
            byte[] house = founding.house().bytes();
            byte[] sha = founding.canonical().sha256().bytes();
            assertEquals(0, house[0]);
            assertEquals(sha[0], house[1]);
            assertEquals(sha[30], house[31]);
            assertEquals(
                    founding,
                    FoundingDocument.of(
                            CanonicalReader.read(founding.canonical().encode())));
        }
    }

    @Test
    void shouldBeAnotherHouseUnderAnotherRuleOfKeys() {
        Digest test = founding(new KeyRule.Test()).house();
        Digest three = founding(new KeyRule.Ceremony(3)).house();
        assertNotEquals(test, three);
        assertNotEquals(three, founding(new KeyRule.Ceremony(4)).house());
        assertNotEquals(test, new FoundingDocument("bulwark-test", 1, QUORUM, new KeyRule.Test()).house());
    }

    /** A house of version 1 is a test house, and stays the house that it was. */
    @Test
    void shouldReadVersionOneAsATestHouseOfItsOldIdentity() {
        CanonicalValue old = array(text("bulwark-founding"), integer(1), text("bulwark-test"), integer(2), quorum());
        FoundingDocument founding = FoundingDocument.of(old);
        assertEquals(new KeyRule.Test(), founding.keys());
        assertEquals(old, founding.canonical());
        assertEquals(FoundingDocument.withoutKeys("bulwark-test", 2, QUORUM), founding);
        assertEquals(
                old.sha256().hex().substring(0, 62),
                founding.house().hex().substring(2),
                "31 bytes behind a zero byte");
        assertNotEquals(founding(new KeyRule.Test()).house(), founding.house());
        assertThrows(
                CanonicalException.class,
                () -> new FoundingDocument(1, "bulwark-test", 2, QUORUM, new KeyRule.Ceremony(3)));
    }

    @Test
    void shouldRefuseARuleOfKeysThatIsNone() {
        assertEquals("bulwark-founding.keys.origin is missing; have nothing", refused());
        assertEquals("founding.keys must be \"test\" or \"ceremony\"; have \"unsafe\"", refused(text("unsafe")));
        assertEquals(
                "founding.keys.signed must be in 3…1000 contributors; have 2", refused(text("ceremony"), integer(2)));
        assertEquals(
                "founding.keys.signed must be in 3…1000 contributors; have -1", refused(text("ceremony"), integer(-1)));
        refused(text("ceremony"));
        refused(text("test"), integer(3));
        refused(text("ceremony"), integer(3), integer(3));
        assertThrows(
                CanonicalException.class,
                () -> FoundingDocument.of(array(
                        text("bulwark-founding"), integer(1), text("n"), integer(2), quorum(), array(text("test")))),
                "version 1 with keys");
        assertThrows(
                CanonicalException.class,
                () -> FoundingDocument.of(array(text("bulwark-founding"), integer(2), text("n"), integer(2), quorum())),
                "version 2 without");
        assertThrows(
                CanonicalException.class,
                () -> FoundingDocument.of(array(
                        text("bulwark-founding"), integer(3), text("n"), integer(2), quorum(), array(text("test")))));
    }

    @Test
    void shouldRefuseAQuorumThatCannotSign() {
        assertThrows(CanonicalException.class, () -> new FoundingDocument("n", 4, QUORUM, new KeyRule.Test()));
        assertThrows(CanonicalException.class, () -> new FoundingDocument("n", 0, QUORUM, new KeyRule.Test()));
        assertThrows(
                CanonicalException.class,
                () -> new FoundingDocument("n", 1, List.of(digest("k"), digest("k")), new KeyRule.Test()));
        assertThrows(CanonicalException.class, () -> new FoundingDocument(" ", 1, QUORUM, new KeyRule.Test()));
        assertThrows(
                CanonicalException.class,
                () -> FoundingDocument.of(array(text("bulwark-house"), integer(1), bytes(digest("x")))));
    }
}
