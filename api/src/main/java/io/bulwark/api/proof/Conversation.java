package io.bulwark.api.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Scope;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Who asks whom for a proof, as text. Prover and verifier compute challenge and scope from these four, so a text must have one spelling: what could be written in two
 * ways is refused, never mended, since the other side may mend it differently.
 *
 * @param verifier an https origin in lower case with nothing behind it, or a CAIP-10 identifier (an address of eip155 in lower case)
 * @param purpose what the verifier uses the proof for
 * @param beneficiary who shows the proof, or whom it serves
 * @param nonce what the verifier has not seen before
 */
public record Conversation(String verifier, String purpose, String beneficiary, String nonce) {
    /** Longest text, bytes of UTF-8: what the contracts take. */
    public static final int BYTES_MAX = 255;

    private static final Pattern ORIGIN = Pattern.compile("https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?");
    private static final Pattern CAIP_10 = Pattern.compile("[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}:[-.%a-zA-Z0-9]{1,128}");
    private static final Pattern ETHEREUM = Pattern.compile("eip155:[1-9][0-9]*:0x[0-9a-f]{40}");
    private static final String HTTPS_PORT = ":443";

    /**
     * Refuses a text with two spellings.
     *
     * @throws BadInput naming the text and its rule
     */
    public Conversation {
        requireVerifier(verifier);
        requireText("purpose", purpose);
        requireText("beneficiary", beneficiary);
        requireText("nonce", nonce);
    }

    /** Refuses what names no verifier, or could be written in two ways. */
    public static void requireVerifier(String verifier) {
        requireText("verifier", verifier);
        boolean origin = ORIGIN.matcher(verifier).matches() && !verifier.endsWith(HTTPS_PORT);
        boolean account = CAIP_10.matcher(verifier).matches()
                && (!verifier.startsWith("eip155:")
                        || ETHEREUM.matcher(verifier).matches());
        if (!origin && !account) {
            throw new BadInput(
                    "verifier",
                    verifier,
                    "must be an https origin in lower case with nothing behind it (https://bank.example), or a CAIP-10 identifier (eip155:1:0x… in lower case)");
        }
    }

    /** Refuses a text that could be written in two ways. */
    public static void requireText(String field, String text) {
        int length = text.getBytes(UTF_8).length;
        if (length < 1 || length > BYTES_MAX) {
            throw new BadInput(field, length + " bytes", "must have 1 to " + BYTES_MAX + " bytes of UTF-8");
        }
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            throw new BadInput(field, Normalizer.normalize(text, Normalizer.Form.NFC), "must be in Unicode's form NFC");
        }
        if (!text.strip().equals(text) || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new BadInput(field, text.strip(), "must have no space before or behind it and no control characters");
        }
    }

    /** What ties a proof to this conversation. */
    public Challenge challenge() {
        return Challenge.of(verifier, beneficiary, nonce);
    }

    /** For whom and for what a proof is made. */
    public Scope scope() {
        return Scope.of(verifier, purpose);
    }
}
