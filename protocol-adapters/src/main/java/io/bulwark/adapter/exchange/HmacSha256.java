package io.bulwark.adapter.exchange;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with a shared secret (RFC 2104 over SHA-256), in the two forms in which venues take it. */
public final class HmacSha256 {
    private static final String ALGORITHM = "HmacSHA256";

    private HmacSha256() {}

    /** In lower-case hexadecimal. */
    public static String hex(String secret, String text) {
        return HexFormat.of().formatHex(signed(secret, text));
    }

    /** In base64 with padding. */
    public static String base64(String secret, String text) {
        return Base64.getEncoder().encodeToString(signed(secret, text));
    }

    private static byte[] signed(String secret, String text) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("secret must not be empty");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every platform has HMAC-SHA-256, which takes any key", e);
        }
    }
}
