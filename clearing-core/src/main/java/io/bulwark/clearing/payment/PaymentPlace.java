package io.bulwark.clearing.payment;

import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.document.Digest;
import java.math.BigInteger;

/** A place that the founders name, of which money in the fund can be shown better than by an operator's word. */
public sealed interface PaymentPlace {
    /** Its name in receipts. */
    String place();

    /**
     * A bank or a custodian that signs what it has received.
     *
     * @param place its name in receipts
     * @param key Ed25519, 64 lower-case hexadecimal digits
     */
    record Custodian(String place, String key) implements PaymentPlace {
        /** Checks name and key. */
        public Custodian {
            requireName(place);
            if (!key.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("key must be 64 lower-case hexadecimal digits; have " + key);
            }
        }

        /** The key as bytes. */
        public Digest signer() {
            return Digest.parse(key);
        }
    }

    /**
     * The house's own address on a chain, whose balance of one token is proved from storage.
     *
     * @param place CAIP-10 of the address
     * @param contract the token, 0x and 40 lower-case digits
     * @param balances slot of its mapping of balances
     * @param unitsPerU units of the token in one u = 10⁻⁴ USD, a whole number above 0
     */
    record Token(String place, String contract, int balances, String unitsPerU) implements PaymentPlace {
        /** Checks forms. */
        public Token {
            if (PlaceControl.address(place).isEmpty()) {
                throw new IllegalArgumentException("place of a token must be eip155:CHAIN:ADDRESS; have " + place);
            }
            if (!contract.matches("0x[0-9a-f]{40}") || balances < 0 || !unitsPerU.matches("[1-9]\\d{0,76}")) {
                throw new IllegalArgumentException(
                        "a token must have a contract of 0x and 40 lower-case digits, a slot >= 0 and whole units > 0; have "
                                + contract + ", " + balances + ", " + unitsPerU);
            }
        }

        /** Units of the token in one u. */
        public BigInteger units() {
            return new BigInteger(unitsPerU);
        }
    }

    private static void requireName(String place) {
        if (place.isBlank() || !place.codePoints().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("place must be printable ASCII without spaces; have \"" + place + "\"");
        }
    }
}
