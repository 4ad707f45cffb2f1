package io.bulwark.api.venue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.TypedDataJson;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.attestation.LinkStatement;
import io.bulwark.clearing.attestation.LinkStatement.Action;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A statement of an owner with its signatures, as a file or the body of a request.
 *
 * @param statement what is signed
 * @param signatures of the owner, and of the wallet whose account it is
 */
public record LinkFile(LinkStatement statement, List<LinkSignature> signatures) {
    /** Longest file, bytes. */
    public static final int BYTES_MAX = 1 << 17;

    private static final int NAME_MAX = 200;
    private static final int SIGNATURES_MAX = 4;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Copies. */
    public LinkFile {
        signatures = List.copyOf(signatures);
    }

    /**
     * Reads it.
     *
     * @throws BadInput naming field, value and rule
     */
    public static LinkFile read(byte[] json) {
        JsonFields file = JsonFields.read(json, BYTES_MAX);
        file.wholeNumber("version", LinkStatement.VERSION, LinkStatement.VERSION);
        Action action = named(file, "action", Action.values());
        LinkStatement statement = BadInput.refusing(
                "statement",
                "",
                () -> new LinkStatement(
                        action,
                        Digest.of(file.bytes("house", Digest.LENGTH, Digest.LENGTH)),
                        (int) file.wholeNumber("clearingAccount", 0, Integer.MAX_VALUE),
                        file.text("venueName", NAME_MAX),
                        new VenueAccount(
                                (int) file.wholeNumber("venue", 0, Integer.MAX_VALUE),
                                file.text("venueAccount", NAME_MAX)),
                        file.wholeNumber("chainId", 1, Long.MAX_VALUE),
                        file.wholeNumber("nonce", 1, Long.MAX_VALUE),
                        file.wholeNumber("expiresMillis", 1, 253_402_300_799_999L)));
        List<LinkSignature> signatures = new ArrayList<>();
        for (JsonFields signature : file.objects("signatures", SIGNATURES_MAX)) {
            signatures.add(signature(signature));
        }
        if (file.has("text") && !file.text("text", BYTES_MAX).equals(statement.text())) {
            throw file.refuse("text", "must be the text of the other fields, or be left out");
        }
        file.nothingElse();
        return new LinkFile(statement, signatures);
    }

    private static LinkSignature signature(JsonFields fields) {
        try {
            LinkSignature signature = new LinkSignature(
                    named(fields, "scheme", Scheme.values()),
                    fields.text("signer", NAME_MAX),
                    fields.bytes("signature", 1, LinkSignature.BYTES_MAX));
            fields.nothingElse();
            return signature;
        } catch (IllegalArgumentException e) {
            throw new BadInput(fields.at("signer"), "", String.valueOf(e.getMessage()));
        }
    }

    private static <T extends Enum<T>> T named(JsonFields fields, String name, T[] values) {
        String text = fields.text(name, NAME_MAX);
        return Arrays.stream(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> fields.refuse(
                        name,
                        "must be one of "
                                + Arrays.stream(values)
                                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                                        .toList()));
    }

    /** With one signature more. */
    public LinkFile with(LinkSignature signature) {
        List<LinkSignature> all = new ArrayList<>(signatures);
        all.add(signature);
        return new LinkFile(statement, all);
    }

    /** As a file that {@link #read} reads, with the text to be signed in it. */
    public String json() {
        ObjectNode file = JSON.createObjectNode();
        file.put("version", LinkStatement.VERSION);
        file.put("action", statement.action().name().toLowerCase(Locale.ROOT));
        file.put("house", statement.house().hex());
        file.put("clearingAccount", statement.clearingAccount());
        file.put("venue", statement.venueAccount().venue());
        file.put("venueName", statement.venueName());
        file.put("venueAccount", statement.venueAccount().address());
        file.put("chainId", statement.chainId());
        file.put("nonce", statement.nonce());
        file.put("expiresMillis", statement.expiresMillis());
        file.put("text", statement.text());
        ArrayNode list = file.putArray("signatures");
        signatures.forEach(s -> list.addObject()
                .put("scheme", s.scheme().name().toLowerCase(Locale.ROOT))
                .put("signer", s.signer())
                .put("signature", "0x" + HexFormat.of().formatHex(s.bytes())));
        return file.toPrettyString() + "\n";
    }

    /** What {@code eth_signTypedData_v4} takes. */
    public String typedData() {
        ObjectNode message = JSON.createObjectNode();
        message.put("action", statement.action().name())
                .put("house", "0x" + statement.house().hex())
                .put("clearingAccount", statement.clearingAccount())
                .put("venue", statement.venueAccount().venue())
                .put("venueName", statement.venueName())
                .put("venueAccount", statement.venueAccount().address())
                .put("nonce", Long.toString(statement.nonce()))
                .put("expiresMillis", Long.toString(statement.expiresMillis()));
        return TypedDataJson.of(
                LinkStatement.TYPE, LinkStatement.DOMAIN_NAME, LinkStatement.VERSION, statement.chainId(), message);
    }
}
