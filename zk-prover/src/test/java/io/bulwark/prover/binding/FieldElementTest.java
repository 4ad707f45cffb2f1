package io.bulwark.prover.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The canonical form of a field element. */
final class FieldElementTest {
    private static final BigInteger LARGEST = FieldElement.ORDER.subtract(BigInteger.ONE);

    @Test
    void shouldAcceptTheLargestElementAndRefuseTheOrder() {
        assertEquals(LARGEST, FieldElement.of(LARGEST).value());
        assertThrows(IllegalArgumentException.class, () -> FieldElement.of(FieldElement.ORDER));
        assertThrows(IllegalArgumentException.class, () -> FieldElement.of(BigInteger.ONE.shiftLeft(256)));
        assertThrows(IllegalArgumentException.class, () -> FieldElement.of(BigInteger.ONE.negate()));
    }

    @Test
    void shouldWriteANegativeNumberAsTheOrderLessItsSize() {
        assertEquals(LARGEST, FieldElement.of(-1).value());
        assertEquals(
                FieldElement.ORDER.subtract(BigInteger.ONE.shiftLeft(63)),
                FieldElement.of(Long.MIN_VALUE).value());
    }

    @Test
    void shouldReadItsOwnBytesAndNothingElse() {
        FieldElement element = FieldElement.of(LARGEST);
        assertEquals(element, FieldElement.ofBytes(element.bytes()));
        assertThrows(IllegalArgumentException.class, () -> FieldElement.ofBytes(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> FieldElement.ofBytes(new byte[33]));
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        assertThrows(IllegalArgumentException.class, () -> FieldElement.ofBytes(ones));
    }

    @Test
    void shouldPutShortBytesAtTheEnd() {
        byte[] expected = new byte[32];
        expected[30] = 1;
        expected[31] = 2;
        assertArrayEquals(expected, FieldElement.ofShortBytes(new byte[] {1, 2}).bytes());
    }
}
