package io.bulwark.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.document.Digest;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.jcajce.provider.digest.Keccak;

/** What {@code eth_signTypedData_v4} hashes of typed data in JSON: written from EIP-712, apart from the product's own hashing. */
final class WalletDigest {
    private WalletDigest() {}

    static Digest of(JsonNode data) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(0x19);
        all.write(0x01);
        all.writeBytes(struct(data, "EIP712Domain", data.path("domain")));
        all.writeBytes(struct(data, data.path("primaryType").asText(), data.path("message")));
        return Digest.of(keccak(all.toByteArray()));
    }

    private static byte[] struct(JsonNode data, String type, JsonNode values) {
        StringBuilder said = new StringBuilder(type).append('(');
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        for (JsonNode field : data.path("types").path(type)) {
            String kind = field.path("type").asText();
            String name = field.path("name").asText();
            said.append(said.charAt(said.length() - 1) == '(' ? "" : ",")
                    .append(kind)
                    .append(' ')
                    .append(name);
            String value = values.path(name).asText();
            words.writeBytes(
                    switch (kind) {
                        case "string" -> keccak(value.getBytes(StandardCharsets.UTF_8));
                        case "bytes32" -> HexFormat.of().parseHex(value.substring(2));
                        default -> word(new BigInteger(value));
                    });
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(keccak(said.append(')').toString().getBytes(StandardCharsets.UTF_8)));
        whole.writeBytes(words.toByteArray());
        return keccak(whole.toByteArray());
    }

    private static byte[] word(BigInteger value) {
        return HexFormat.of().parseHex("%064x".formatted(value));
    }

    private static byte[] keccak(byte[] content) {
        return new Keccak.Digest256().digest(content);
    }
}
