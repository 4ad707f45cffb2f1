package io.bulwark.clearing.document;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.tier.Heavy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Heavy
final class CanonicalEncodingTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The integer examples of RFC 8949 appendix A, and the edges of every head. */
    @ParameterizedTest
    @CsvSource({
        "0,00",
        "1,01",
        "10,0a",
        "23,17",
        "24,1818",
        "25,1819",
        "100,1864",
        "255,18ff",
        "256,190100",
        "1000,1903e8",
        "65535,19ffff",
        "65536,1a00010000",
        "1000000,1a000f4240",
        "2147483647,1a7fffffff",
        "2147483648,1a80000000",
        "4294967295,1affffffff",
        "4294967296,1b0000000100000000",
        "1000000000000,1b000000e8d4a51000",
        "9223372036854775807,1b7fffffffffffffff",
        "-1,20",
        "-10,29",
        "-24,37",
        "-25,3818",
        "-100,3863",
        "-256,38ff",
        "-257,390100",
        "-1000,3903e7",
        "-65536,39ffff",
        "-65537,3a00010000",
        "-2147483648,3a7fffffff",
        "-2147483649,3a80000000",
        "-4294967296,3affffffff",
        "-4294967297,3b0000000100000000",
        "-9223372036854775808,3b7fffffffffffffff"
    })
    void shouldWriteIntegersWithTheShortestHead(long value, String expected) {
        assertEquals(expected, HEX.formatHex(integer(value).encode()));
        assertEquals(integer(value), CanonicalReader.read(HEX.parseHex(expected)));
    }

    @ParameterizedTest
    @CsvSource({"'',60", "a,6161", "IETF,6449455446", "ü,62c3bc", "水,63e6b0b4", "𐅑,64f0908591"})
    void shouldWriteTextAsUtf8(String value, String expected) {
        assertEquals(expected, HEX.formatHex(text(value).encode()));
        assertEquals(text(value), CanonicalReader.read(HEX.parseHex(expected)));
    }

    @Test
    void shouldWriteArraysAndBytesWithDefiniteLength() {
        CanonicalValue tree = array(integer(1), array(integer(2), bytes(new byte[] {1, 2, 3, 4})), array());
        assertEquals("830182024401020304" + "80", HEX.formatHex(tree.encode()));
        assertEquals(tree, CanonicalReader.read(tree.encode()));
    }

    @ParameterizedTest
    @ValueSource(ints = {23, 24, 255, 256, 1_000, 4_000, 16_000, 65_535, 65_536, 300_000})
    void shouldKeepOneDefiniteLengthForLongTextAndBytes(int length) {
        String letters = "水".repeat(length);
        byte[] encoded = array(text(letters), bytes(new byte[length])).encode();
        assertEquals(1 + headLength(3 * length) + 3 * length + headLength(length) + length, encoded.length);
        assertEquals(array(text(letters), bytes(new byte[length])), CanonicalReader.read(encoded));
    }

    private static int headLength(int length) {
        return length < 24 ? 1 : length < 256 ? 2 : length < 65_536 ? 3 : 5;
    }

    @ParameterizedTest
    @CsvSource({
        "1817,an integer with a longer head than needed",
        "1900ff,two bytes where one is enough",
        "1b00000000ffffffff,eight bytes where four are enough",
        "9f01ff,an array of indefinite length",
        "5f4101ff,bytes in chunks",
        "7f6161ff,text in chunks",
        "980101,an array with a longer head than needed",
        "580101,bytes with a longer head than needed",
        "780161,text with a longer head than needed and no content",
        "a10102,a map",
        "f4,a boolean",
        "f6,null",
        "f7,undefined",
        "f90000,a half float",
        "fb3ff0000000000000,a double",
        "c101,a tag",
        "d9d9f701,the self-described tag",
        "c24101,a big integer",
        "1b8000000000000000,beyond int64",
        "3b8000000000000000,below int64",
        "0101,something after the end",
        "8201,an array that stops early",
        "42ff,bytes that stop early",
        "61ff,ill-formed UTF-8",
        "62c080,an overlong UTF-8 form",
        "63eda080,a surrogate in UTF-8",
        "6365cc81,text not in normalisation form C",
        "ff,a lone break",
        "1c,a reserved head",
        "'',nothing"
    })
    void shouldRefuseEverythingElse(String hex, String what) {
        CanonicalException refusal =
                assertThrows(CanonicalException.class, () -> CanonicalReader.read(HEX.parseHex(hex)), what);
        assertTrue(refusal.rule().startsWith("must"), refusal.rule());
    }

    @Test
    void shouldRefuseNestingBeyondTheLimit() {
        byte[] deep = new byte[CanonicalReader.DEPTH_MAX + 2];
        java.util.Arrays.fill(deep, (byte) 0x81);
        deep[deep.length - 1] = 0;
        assertThrows(CanonicalException.class, () -> CanonicalReader.read(deep));
    }

    @Test
    void shouldRefuseTextThatHasNoOneForm() {
        assertThrows(CanonicalException.class, () -> text("e\u0301"));
        assertThrows(CanonicalException.class, () -> text("\ud800"));
    }

    @Test
    void shouldReadBackWhatRandomTreesWrote() {
        long seed = 20240523;
        System.out.println("canonical trees: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            CanonicalValue tree = randomTree(random, 4);
            assertEquals(tree, CanonicalReader.read(tree.encode()), "seed " + seed + ", tree " + i);
        }
    }

    /** Whatever bytes come: a refusal that says why, or a value that encodes to just these bytes. */
    @Test
    void shouldRefuseOrReproduceEveryMutation() {
        long seed = 20240524;
        System.out.println("canonical mutations: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = randomTree(random, 3).encode();
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            try {
                assertArrayEquals(mutated, CanonicalReader.read(mutated).encode());
            } catch (CanonicalException refused) {
                assertTrue(!refused.rule().isEmpty());
            }
        }
    }

    private static CanonicalValue randomTree(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 4)) {
            case 0 -> integer(random.nextLong() >> random.nextInt(64));
            case 1 -> {
                byte[] value = new byte[random.nextInt(70)];
                random.nextBytes(value);
                yield bytes(value);
            }
            case 2 -> text("aüß水𐅑 \"\\".substring(0, random.nextInt(4)).repeat(random.nextInt(12)));
            default -> {
                List<CanonicalValue> values = new ArrayList<>();
                for (int i = random.nextInt(30); i > 0; i--) {
                    values.add(randomTree(random, depth - 1));
                }
                yield array(values);
            }
        };
    }

    @Test
    void shouldSortMapsByTheBytesOfTheirKeys() {
        CanonicalValue map = CanonicalValue.map(
                Map.of("b", integer(2), "a", integer(1), "水", integer(4), "aa", integer(3), "𐅑", integer(5)));
        assertEquals(
                array(
                        array(text("a"), integer(1)),
                        array(text("aa"), integer(3)),
                        array(text("b"), integer(2)),
                        array(text("水"), integer(4)),
                        array(text("𐅑"), integer(5))),
                map);
    }

    @ParameterizedTest
    @CsvSource({"1.50,1.5", "0.00,0", "-0.0,0", "1E+3,1000", "-1.10,-1.1", "1E-7,0.0000001", "100,100"})
    void shouldWriteOneTextPerDecimal(String number, String expected) {
        assertEquals(expected, CanonicalDecimal.format(new BigDecimal(number)));
        assertEquals(0, new BigDecimal(number).compareTo(CanonicalDecimal.parse(expected)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "-0", "00", "01", "1.", ".5", "1.0", "1.50", "+1", "1e3", " 1", "1 ", "1,5", "٣", "NaN"
            })
    void shouldRefuseOtherTextsOfADecimal(String text) {
        assertThrows(CanonicalException.class, () -> CanonicalDecimal.parse(text));
    }

    @Test
    void shouldRefuseDecimalsTooLongToWrite() {
        assertThrows(CanonicalException.class, () -> CanonicalDecimal.format(new BigDecimal("1e1000000000")));
        assertThrows(CanonicalException.class, () -> CanonicalDecimal.format(new BigDecimal("1e-1000000000")));
    }

    @Test
    void shouldNameTheFieldThatIsWrong() {
        byte[] document = array(
                        text("bulwark-x"),
                        integer(1),
                        array(array(integer(7), text("x")), array(text("y"), integer(8))))
                .encode();
        CanonicalFields fields = CanonicalReader.document(document, "bulwark-x", 1);
        CanonicalException refusal = assertThrows(
                CanonicalException.class, () -> fields.list("lines", line -> line.integer("number") + line.text("id")));
        assertEquals("bulwark-x.lines[1].number", refusal.field());
        assertThrows(CanonicalException.class, () -> CanonicalReader.document(document, "bulwark-x", 2));
        assertThrows(CanonicalException.class, () -> CanonicalReader.document(document, "bulwark-y", 1));
        CanonicalException rest = assertThrows(
                CanonicalException.class,
                () -> CanonicalReader.document(document, "bulwark-x", 1).end());
        assertEquals("bulwark-x must have 2; have 3 fields", rest.getMessage());
    }

    @Test
    void shouldRefuseAnIncompleteDocument() {
        assertThrows(
                IllegalStateException.class,
                () -> new CanonicalWriter().array(2).integer(1).finish());
        assertThrows(IllegalStateException.class, () -> new CanonicalWriter().finish());
        assertThrows(
                IllegalStateException.class,
                () -> new CanonicalWriter().integer(1).integer(2));
        assertArrayEquals(
                array(array(), integer(1)).encode(),
                new CanonicalWriter().array(2).array(0).integer(1).finish());
    }

    @Test
    void shouldCompareAndPrintDigestsByValue() {
        Digest abc = Digest.sha256("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", abc.hex());
        assertEquals(abc, Digest.parse(abc.hex()));
        assertTrue(Digest.ZERO.compareTo(abc) < 0 && Digest.ZERO.isZero() && !abc.isZero());
        assertThrows(CanonicalException.class, () -> Digest.parse(abc.hex().toUpperCase(java.util.Locale.ROOT)));
        assertThrows(CanonicalException.class, () -> Digest.of(new byte[31]));
    }
}
