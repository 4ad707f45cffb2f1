package io.bulwark.clearing.attestation;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An account or contract on an EVM chain.
 *
 * @param text 0x and 40 lower-case hexadecimal digits, so that addresses sort by their number
 */
public record ChainAddress(String text) implements Comparable<ChainAddress> {
    /** Length in bytes. */
    public static final int LENGTH = 20;

    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{40}");

    /** Checks the form. */
    public ChainAddress {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "address must be 0x and 40 lower-case hexadecimal digits; have \"" + text + "\"");
        }
    }

    /** From its 20 bytes. */
    public static ChainAddress of(byte[] bytes) {
        return new ChainAddress("0x" + HexFormat.of().formatHex(bytes));
    }

    /** The 20 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(text, 2, text.length());
    }

    /** With the capitals that are its checksum (EIP-55). */
    public String checksummed() {
        String digits = text.substring(2);
        String hash = HexFormat.of().formatHex(Secp256k1.keccak256(digits.getBytes(StandardCharsets.US_ASCII)));
        StringBuilder said = new StringBuilder("0x");
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            said.append(Character.digit(hash.charAt(i), 16) >= 8 ? Character.toUpperCase(digit) : digit);
        }
        return said.toString();
    }

    /** CAIP-10 identifier on a chain, in lower case: what scopes and challenges of contracts are made of. */
    public String caip10(long chainId) {
        return "eip155:" + Long.toUnsignedString(chainId) + ":" + text;
    }

    @Override
    public int compareTo(ChainAddress other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
