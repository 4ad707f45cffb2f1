package io.bulwark.clearing.epoch;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;

/**
 * What one epoch commits to. Its epoch digest is H_16(11; these fields in this order), made by the prover's library; what a house does not have is {@link Digest#ZERO}.
 *
 * @param house first 31 bytes of SHA-256 of the founding document, behind a zero byte
 * @param number from 1, consecutive
 * @param previous epoch digest of the epoch before; zero in the first
 * @param accountRoot Poseidon2 root of the account tree
 * @param tableRoot Poseidon2 root of the risk-table tree
 * @param tableSha256 SHA-256 of the table's canonical encoding
 * @param parametersSha256 SHA-256 of the parameter set's canonical encoding
 * @param inputsSha256 SHA-256 of the {@link EpochInputs}' canonical encoding
 * @param venueRoot root of the venues' attestations
 * @param vaultTableRoot root of the vault's table
 * @param buffer digest of the contagion buffer's vectors
 * @param marginRoot root of the margin tree: members, margins, equity and buffers at the places of the account tree
 */
public record Epoch(
        Digest house,
        long number,
        Digest previous,
        Digest accountRoot,
        Digest tableRoot,
        Digest tableSha256,
        Digest parametersSha256,
        Digest inputsSha256,
        Digest venueRoot,
        Digest vaultTableRoot,
        Digest buffer,
        Digest marginRoot) {
    private static final String SCHEMA = "bulwark-epoch";
    private static final long VERSION = 2;

    /** Checks the number, and that exactly the first epoch has no predecessor. */
    public Epoch {
        if (number < 1) {
            throw new CanonicalException("epoch.number", String.valueOf(number), "must be >= 1");
        }
        if ((number == 1) != previous.isZero()) {
            throw new CanonicalException("epoch.previous", previous.hex(), "must be zero in epoch 1 and only there");
        }
    }

    /** The tree of epoch.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                bytes(house),
                integer(number),
                bytes(previous),
                bytes(accountRoot),
                bytes(tableRoot),
                bytes(tableSha256),
                bytes(parametersSha256),
                bytes(inputsSha256),
                bytes(venueRoot),
                bytes(vaultTableRoot),
                bytes(buffer),
                bytes(marginRoot));
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws CanonicalException if the value is not an epoch
     */
    public static Epoch of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        Epoch epoch = new Epoch(
                fields.digest("house"),
                fields.integer("number"),
                fields.digest("previous"),
                fields.digest("accountRoot"),
                fields.digest("tableRoot"),
                fields.digest("tableSha256"),
                fields.digest("parametersSha256"),
                fields.digest("inputsSha256"),
                fields.digest("venueRoot"),
                fields.digest("vaultTableRoot"),
                fields.digest("buffer"),
                fields.digest("marginRoot"));
        fields.end();
        return epoch;
    }
}
