package io.bulwark.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is signed to come in (EIP-4361; for Ed25519 keys the same form, CAIP-122). The door writes it whole, and marks its nonce with a
 * code over everything
 * else in it, so that it need not remember what it wrote: of a text that comes back changed, or was written by another door, the code
 * does not hold.
 *
 * @param origin of the door: its domain and URI
 * @param signer a wallet's lower-case address, or 64 hexadecimal digits of an Ed25519 key
 * @param chainId EIP-155 number of the chain on which a contract wallet is asked
 * @param issued when it was written, whole seconds
 * @param nonce 32 hexadecimal digits that were drawn, and 32 of the code
 */
record SignInText(URI origin, String signer, long chainId, Instant issued, String nonce)
        implements LinkSignature.Signable {
    /** How long it may be used. */
    static final Duration VALID = Duration.ofMinutes(5);

    private static final HexFormat HEX = HexFormat.of();
    private static final int DRAWN = 16;
    private static final int LENGTH_MAX = 2_000;
    private static final Pattern SIGNER = Pattern.compile("0x[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern FORM =
            Pattern.compile("(?s)[^\\n]{1,300} wants you to sign in with your (?:Ethereum|Ed25519) "
                    + "account:\\n([0-9A-Fa-fx]{42,64})\\n\\n.*\\nNonce: ([0-9a-f]{64})\\nIssued At: (\\S{20})\\nExpiration "
                    + "Time: \\S{20}");

    /** Writes one. */
    static SignInText of(URI origin, String signer, long chain, Instant now, byte[] key, SecureRandom random) {
        if (!SIGNER.matcher(signer).matches()) {
            throw new BadInput(
                    "signer",
                    signer,
                    "must be a wallet's address, 0x and 40 lower-case hexadecimal digits, or 64 of an Ed25519 key");
        }
        byte[] drawn = new byte[DRAWN];
        random.nextBytes(drawn);
        return marked(origin, signer, chain, now.truncatedTo(ChronoUnit.SECONDS), HEX.formatHex(drawn), key);
    }

    private static SignInText marked(URI origin, String signer, long chain, Instant issued, String drawn, byte[] key) {
        String without = new SignInText(origin, signer, chain, issued, drawn).text();
        try {
            Mac code = Mac.getInstance("HmacSHA256");
            code.init(new SecretKeySpec(key, "HmacSHA256"));
            return new SignInText(
                    origin,
                    signer,
                    chain,
                    issued,
                    drawn + HEX.formatHex(code.doFinal(without.getBytes(UTF_8)), 0, DRAWN));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /**
     * Reads one that this door wrote.
     *
     * @param origin of the door to which it came
     * @param chain of the door's contract wallets
     * @throws BadInput if the door did not write it so, or it is not valid now
     */
    static SignInText read(String text, URI origin, long chain, Instant now, byte[] key) {
        Matcher form = FORM.matcher(text.length() > LENGTH_MAX ? "" : text);
        SignInText written = Optional.of(form)
                .filter(Matcher::matches)
                .flatMap(said -> instant(said.group(3))
                        .map(issued -> marked(
                                origin,
                                said.group(1).toLowerCase(Locale.ROOT),
                                chain,
                                issued,
                                said.group(2).substring(0, 2 * DRAWN),
                                key)))
                .filter(own -> MessageDigest.isEqual(own.text().getBytes(UTF_8), text.getBytes(UTF_8)))
                .orElseThrow(() ->
                        new BadInput("text", "", "must be the text of POST /access/challenge of this door, unchanged"));
        if (now.isBefore(written.issued) || !now.isBefore(written.expires())) {
            throw new BadInput("text", written.issued.toString(), "must be valid now: ask for another");
        }
        return written;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Instant expires() {
        return issued.plus(VALID);
    }

    @Override
    public String text() {
        boolean wallet = LinkSignature.isWallet(signer);
        return """
                %s wants you to sign in with your %s account:
                %s

                Sign in to Bulwark. This signs nothing else and moves nothing.

                URI: %s
                Version: 1
                Chain ID: %d
                Nonce: %s
                Issued At: %s
                Expiration Time: %s""".formatted(
                        origin.getAuthority(),
                        wallet ? "Ethereum" : "Ed25519",
                        wallet ? new ChainAddress(signer).checksummed() : signer,
                        origin,
                        chainId(),
                        nonce,
                        issued,
                        expires());
    }

    @Override
    public Optional<Digest> typed() {
        return Optional.empty();
    }
}
