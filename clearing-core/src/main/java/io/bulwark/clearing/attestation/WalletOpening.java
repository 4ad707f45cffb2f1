package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.Digest;
import java.util.Objects;
import java.util.Optional;

/**
 * What a browser wallet signs so that its signature opens an owner's locked wallet file: EIP-712 typed data of a domain that nothing else
 * has. It names the bundle key, which each wallet file has drawn for itself, so that no signature opens two.
 *
 * @param house the house's id
 * @param bundleKey public half of the key that reads the bundles of the wallet file
 * @param chainId EIP-155 number of the chain that the browser wallet signs for, &ge; 1
 */
public record WalletOpening(Digest house, Digest bundleKey, long chainId) {
    /** Type of the EIP-712 struct. */
    public static final String TYPE = "WalletOpening(string purpose,bytes32 house,bytes32 bundleKey)";

    /** Name of the EIP-712 domain. */
    public static final String DOMAIN_NAME = "Bulwark wallet";

    /** Version of the domain. */
    public static final int VERSION = 1;

    /** The words that stand before whoever signs. */
    public static final String PURPOSE =
            "This signature opens your Bulwark wallet file. Whoever has both can prove in your"
                    + " name. Sign it only in Bulwark, and show it to nobody.";

    /** Checks the chain. */
    public WalletOpening {
        Objects.requireNonNull(house, "house");
        Objects.requireNonNull(bundleKey, "bundleKey");
        if (chainId < 1) {
            throw new IllegalArgumentException("chainId must be at least 1; have " + chainId);
        }
    }

    /** What {@code eth_signTypedData_v4} of {@link #TYPE} signs. */
    public Digest digest() {
        Digest domain = TypedData.struct("EIP712Domain(string name,string version,uint256 chainId)")
                .text(DOMAIN_NAME)
                .text(Integer.toString(VERSION))
                .number(chainId)
                .hash();
        return TypedData.struct(TYPE).text(PURPOSE).word(house).word(bundleKey).digest(domain);
    }

    /**
     * An address's signature of this, in the one form that a key may be derived from: r and the lower s, then v as 27 or 28. Some wallets
     * write v as 0 or 1, and may write it otherwise tomorrow.
     *
     * @param signature 65 bytes
     * @throws IllegalArgumentException saying what the signature must be and whose it is; the message holds none of its bytes
     */
    public ChainSignature signed(ChainAddress address, byte[] signature) {
        byte[] oneForm = signature.clone();
        if (oneForm.length == ChainSignature.LENGTH && (oneForm[ChainSignature.LENGTH - 1] & ~1) == 0) {
            oneForm[ChainSignature.LENGTH - 1] = (byte) (oneForm[ChainSignature.LENGTH - 1] + ChainSignature.EVEN);
        }
        Optional<String> objection = ChainSignature.objection(oneForm, address, digest());
        if (objection.isPresent()) {
            throw new IllegalArgumentException(address + " must sign for chain " + chainId + " and house " + house.hex()
                    + ": signature " + objection.get()
                    + " (a contract's signature, ERC-1271, or one of another request opens nothing)");
        }
        return new ChainSignature(oneForm);
    }
}
