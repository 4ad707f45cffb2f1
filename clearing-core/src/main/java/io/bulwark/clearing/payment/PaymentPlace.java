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

    /** A place whose balance of one token is proved from storage. */
    sealed interface OnChain extends PaymentPlace {
        /** The token, 0x and 40 lower-case digits. */
        String contract();

        /** Slot of its mapping of balances. */
        int balances();

        /** Units of the token in one u = 10⁻⁴ USD, a whole number above 0. */
        String unitsPerU();

        /** The same as a number. */
        default BigInteger units() {
            return new BigInteger(unitsPerU());
        }

        private static void require(String place, String contract, int balances, String unitsPerU) {
            if (PlaceControl.address(place).isEmpty()) {
                throw new IllegalArgumentException("place of a balance must be eip155:CHAIN:ADDRESS; have " + place);
            }
            if (!contract.matches("0x[0-9a-f]{40}") || balances < 0 || !unitsPerU.matches("[1-9]\\d{0,76}")) {
                throw new IllegalArgumentException(
                        "a token must have a contract of 0x and 40 lower-case digits, a slot >= 0 and whole units > 0; have "
                                + contract + ", " + balances + ", " + unitsPerU);
            }
        }
    }

    /**
     * The house's own address on a chain, and a token there. Whose payment its balance is, the operator says.
     *
     * @param place CAIP-10 of the address
     * @param contract the token
     * @param balances slot of its mapping of balances
     * @param unitsPerU units of the token in one u
     */
    record Token(String place, String contract, int balances, String unitsPerU) implements OnChain {
        /** Checks forms. */
        public Token {
            OnChain.require(place, contract, balances, unitsPerU);
        }
    }

    /**
     * A payer's own address on a chain, and the vault whose shares it holds there: shares of the vault are burned for what their owner
     * loses in a default, and the balance is nobody else's payment.
     *
     * @param place CAIP-10 of the address
     * @param payer whose it is: a member, or the house
     * @param contract the vault
     * @param balances slot of its mapping of balances
     * @param unitsPerU shares for one u: 10⁶ for each unit of the vault's asset
     */
    record Shares(String place, String payer, String contract, int balances, String unitsPerU) implements OnChain {
        /** Decimals that a share has more than the vault's asset. */
        private static final int MORE_DECIMALS = 6;

        /** Checks forms. */
        public Shares {
            if (payer.isBlank()) {
                throw new IllegalArgumentException("payer of shares must be named");
            }
            OnChain.require(place, contract, balances, unitsPerU);
            if (new BigInteger(unitsPerU).mod(sharesPerUnit()).signum() != 0) {
                throw new IllegalArgumentException(
                        "unitsPerU of shares must be a multiple of " + sharesPerUnit() + "; have " + unitsPerU);
            }
        }

        /** Units of the vault's asset in one u. */
        public BigInteger assetUnits() {
            return units().divide(sharesPerUnit());
        }

        /** How many shares the vault gives for a unit of its asset. */
        private static BigInteger sharesPerUnit() {
            return BigInteger.TEN.pow(MORE_DECIMALS);
        }
    }

    private static void requireName(String place) {
        if (place.isBlank() || !place.codePoints().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("place must be printable ASCII without spaces; have \"" + place + "\"");
        }
    }
}
