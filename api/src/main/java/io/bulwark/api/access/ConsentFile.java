package io.bulwark.api.access;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.TypedDataJson;
import io.bulwark.clearing.access.Consent;
import io.bulwark.clearing.access.Consent.Action;
import io.bulwark.clearing.access.Consent.Scope;
import io.bulwark.clearing.access.OversightRegister.Given;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A consent with its signature, as the body of a request.
 *
 * @param consent what is signed
 * @param signature of the account's owner; empty of one that is to be signed
 */
record ConsentFile(Consent consent, Optional<LinkSignature> signature) {
    private static final int TEXT_MAX = 2_000;
    private static final int TYPED_MAX = 10_000;
    private static final long MILLIS_MAX = 253_402_300_799_999L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * A consent that is asked for.
     *
     * @param action give or revoke
     * @param grantee name of a token's holder, a wallet's lower-case address, or an Ed25519 key
     * @param scope margin or positions
     * @param days how long it lasts, 1 to 366
     */
    @Serdeable
    record Asked(String action, int account, String grantee, String scope, int days) {
        private static final int DAYS_MAX = 366;

        static Asked read(JsonFields fields) {
            Asked asked = new Asked(
                    fields.text("action", TEXT_MAX),
                    (int) fields.wholeNumber("account", 0, Integer.MAX_VALUE),
                    fields.text("grantee", TEXT_MAX),
                    fields.text("scope", TEXT_MAX),
                    (int) fields.wholeNumber("days", 1, DAYS_MAX));
            fields.nothingElse();
            return asked;
        }

        ConsentFile file(Access access) {
            return new ConsentFile(
                    new Consent(
                            named("action", action, Action.values()),
                            access.houseId(),
                            account,
                            grantee,
                            named("scope", scope, Scope.values()),
                            access.oversight().nextNonce(account),
                            access.now().plus(Duration.ofDays(days))),
                    Optional.empty());
        }
    }

    /**
     * Reads one that is signed.
     *
     * @throws BadInput naming field, value and rule
     */
    static ConsentFile read(byte[] json) {
        JsonFields file = JsonFields.read(json);
        Consent consent = consent(file);
        Scheme scheme = named("scheme", file.text("scheme", TEXT_MAX), Scheme.values());
        String signer = file.text("signer", TEXT_MAX);
        byte[] bytes = file.bytes("signature", 1, LinkSignature.BYTES_MAX);
        file.nothingElse();
        return new ConsentFile(
                consent,
                Optional.of(BadInput.refusing("signer", signer, () -> new LinkSignature(scheme, signer, bytes))));
    }

    /** Reads one that is to be signed. */
    static ConsentFile toBeSigned(byte[] json) {
        JsonFields file = JsonFields.read(json);
        Consent consent = consent(file);
        file.nothingElse();
        return new ConsentFile(consent, Optional.empty());
    }

    private static Consent consent(JsonFields file) {
        file.wholeNumber("version", Consent.VERSION, Consent.VERSION);
        Consent consent = new Consent(
                named("action", file.text("action", TEXT_MAX), Action.values()),
                Digest.of(file.bytes("house", Digest.LENGTH, Digest.LENGTH)),
                (int) file.wholeNumber("clearingAccount", 0, Integer.MAX_VALUE),
                file.text("grantee", TEXT_MAX),
                named("scope", file.text("scope", TEXT_MAX), Scope.values()),
                (int) file.wholeNumber("nonce", 1, Integer.MAX_VALUE),
                Instant.ofEpochMilli(file.wholeNumber("expiresMillis", 1, MILLIS_MAX)));
        if (file.has("text") && !file.text("text", TEXT_MAX).equals(consent.text())) {
            throw file.refuse("text", "must be the text of the other fields, or be left out");
        }
        if (file.has("typed")) {
            file.text("typed", TYPED_MAX);
        }
        return consent;
    }

    private static <T extends Enum<T>> T named(String field, String word, T[] values) {
        List<String> words = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!words.contains(word)) {
            throw new BadInput(field, word, "must be one of " + words);
        }
        return values[words.indexOf(word)];
    }

    /** Has the house take it. */
    Given takenBy(Access access) {
        LinkSignature by = signature.orElseThrow(() -> new BadInput("signature", "", "must be there"));
        int number = access.take(consent, by);
        return new Given(
                number,
                consent.action(),
                consent.clearingAccount(),
                consent.grantee(),
                consent.scope(),
                consent.until());
    }

    /** The same with a signature. */
    ConsentFile with(LinkSignature by) {
        return new ConsentFile(consent, Optional.of(by));
    }

    /** As a body that {@link #read} reads once it is signed, with what is to be signed in it. */
    String json() {
        ObjectNode file = JSON.createObjectNode();
        file.put("version", Consent.VERSION);
        file.put("action", consent.action().name().toLowerCase(Locale.ROOT));
        file.put("house", consent.house().hex());
        file.put("clearingAccount", consent.clearingAccount());
        file.put("grantee", consent.grantee());
        file.put("scope", consent.scope().name().toLowerCase(Locale.ROOT));
        file.put("nonce", consent.nonce());
        file.put("expiresMillis", consent.until().toEpochMilli());
        file.put("text", consent.text());
        file.put("typed", typedData());
        signature.ifPresent(by -> file.put("scheme", by.scheme().name().toLowerCase(Locale.ROOT))
                .put("signer", by.signer())
                .put("signature", "0x" + HexFormat.of().formatHex(by.bytes())));
        return file.toPrettyString() + "\n";
    }

    private String typedData() {
        ObjectNode message = JSON.createObjectNode();
        message.put("action", consent.action().name())
                .put("house", "0x" + consent.house().hex())
                .put("clearingAccount", consent.clearingAccount())
                .put("grantee", consent.grantee())
                .put("scope", consent.scope().name())
                .put("nonce", consent.nonce())
                .put("expiresMillis", Long.toString(consent.until().toEpochMilli()));
        return TypedDataJson.of(Consent.TYPE, Consent.DOMAIN_NAME, Consent.VERSION, consent.chainId(), message);
    }
}
