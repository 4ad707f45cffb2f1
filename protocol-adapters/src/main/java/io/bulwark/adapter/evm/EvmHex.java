package io.bulwark.adapter.evm;

import io.bulwark.adapter.PayloadRefused;
import java.math.BigInteger;
import java.util.HexFormat;

/** The hexadecimal of JSON-RPC: quantities without leading zeros, data in whole bytes. */
final class EvmHex {
    private EvmHex() {}

    /** 0x data. */
    static byte[] bytes(String venue, String field, String hex) {
        if (!hex.startsWith("0x") || hex.length() % 2 != 0 || !digits(hex)) {
            throw new PayloadRefused(venue, field, hex, "must be 0x and whole bytes in hexadecimal");
        }
        return HexFormat.of().parseHex(hex.substring(2));
    }

    /** 0x data of exactly this length. */
    static byte[] bytes(String venue, String field, String hex, int length) {
        byte[] bytes = bytes(venue, field, hex);
        if (bytes.length != length) {
            throw new PayloadRefused(venue, field, hex, "must have " + length + " bytes");
        }
        return bytes;
    }

    /** A 0x quantity ≥ 0. */
    static BigInteger quantity(String venue, String field, String hex) {
        boolean quantity = hex.startsWith("0x") && hex.length() > 2 && hex.length() <= 66 && digits(hex);
        if (!quantity || (hex.length() > 3 && hex.charAt(2) == '0')) {
            throw new PayloadRefused(venue, field, hex, "must be 0x and a quantity without leading zeros");
        }
        return new BigInteger(hex.substring(2), 16);
    }

    /** A 0x quantity within int64. */
    static long whole(String venue, String field, String hex) {
        BigInteger value = quantity(venue, field, hex);
        if (value.bitLength() > 63) {
            throw new PayloadRefused(venue, field, hex, "must fit 63 bits");
        }
        return value.longValue();
    }

    private static boolean digits(String hex) {
        return hex.chars()
                .skip(2)
                .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
    }
}
