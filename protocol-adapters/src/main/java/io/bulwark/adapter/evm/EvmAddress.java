package io.bulwark.adapter.evm;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** The one form of an address in the house: 0x and forty lower-case hexadecimal digits. */
public final class EvmAddress {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");

    private EvmAddress() {}

    /**
     * The address itself if it has the form.
     *
     * @param field names it in the error
     * @throws IllegalArgumentException if it has not
     */
    public static String require(String field, String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    field + " must be 0x and 40 lower-case hexadecimal digits; have " + address);
        }
        return address;
    }

    /** The address as the number that a storage word holds. */
    public static BigInteger number(String address) {
        return new BigInteger(address.substring(2), 16);
    }
}
