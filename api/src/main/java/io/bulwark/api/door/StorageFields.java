package io.bulwark.api.door;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.HoldingEvidence;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** A storage proof and a digest, as people and programs write them down in JSON. */
public final class StorageFields {
    private static final int TEXT_MAX = 256;
    private static final int PIECE_MAX = 1 << 20;

    private StorageFields() {}

    /** The fields of a storage proof: contract, balances, unitsPerLot, block, time, hash, header, proof. */
    public static HoldingEvidence.Storage storage(JsonFields fields) {
        return new HoldingEvidence.Storage(
                fields.text("contract", TEXT_MAX),
                (int) fields.wholeNumber("balances", 0, Integer.MAX_VALUE),
                whole(fields),
                fields.wholeNumber("block", 0, Long.MAX_VALUE),
                fields.wholeNumber("time", 0, Long.MAX_VALUE),
                digest(fields, "hash"),
                fields.text("header", PIECE_MAX).getBytes(StandardCharsets.UTF_8),
                fields.text("proof", PIECE_MAX).getBytes(StandardCharsets.UTF_8));
    }

    private static BigInteger whole(JsonFields fields) {
        String text = fields.text("unitsPerLot", TEXT_MAX);
        if (!text.matches("[1-9]\\d{0,77}")) {
            throw fields.refuse("unitsPerLot", "must be a whole number above 0");
        }
        return new BigInteger(text);
    }

    /** 32 bytes, with or without 0x. */
    public static Digest digest(JsonFields fields, String name) {
        String text = fields.text(name, TEXT_MAX);
        try {
            return Digest.parse(text.startsWith("0x") ? text.substring(2) : text);
        } catch (IllegalArgumentException e) {
            throw fields.refuse(name, "must be 64 lower-case hexadecimal digits");
        }
    }
}
