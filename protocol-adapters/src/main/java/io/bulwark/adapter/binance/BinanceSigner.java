package io.bulwark.adapter.binance;

import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.exchange.HmacSha256;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Signs a query as the venue asks: HMAC-SHA-256 in hexadecimal, or Ed25519 in base64 where the key is one of PKCS#8. */
final class BinanceSigner {
    private static final String HEAD = "-----BEGIN PRIVATE KEY-----";
    private static final String FOOT = "-----END PRIVATE KEY-----";

    private BinanceSigner() {}

    /** The signature of a query, as it stands in a URL. */
    static String signature(ReadingKey key, String query) {
        return key.secret().startsWith(HEAD)
                ? URLEncoder.encode(Base64.getEncoder().encodeToString(edwards(key, query)), StandardCharsets.US_ASCII)
                : HmacSha256.hex(key.secret(), query);
    }

    private static byte[] edwards(ReadingKey key, String query) {
        try {
            String body = key.secret().replace(HEAD, "").replace(FOOT, "").replaceAll("\\s", "");
            PrivateKey secret = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(query.getBytes(StandardCharsets.US_ASCII));
            return signer.sign();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // What is wrong with it is not said: the text of an error must hold nothing of a key.
            throw new IllegalArgumentException("secret of key " + key.id() + " must be an Ed25519 key in PKCS#8 (PEM)");
        }
    }
}
