package io.bulwark.clearing.access;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;

import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.TypedData;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an owner signs: that somebody may look at one account of one house until a day, or no longer may. House, account, grantee, number
 * used once and end
 * stand in what is signed, in each of its forms.
 *
 * @param action whether it is given or taken back
 * @param house the house's id
 * @param clearingAccount number of the account
 * @param grantee the name of a token's holder, a wallet's lower-case address, or an Ed25519 key in hexadecimal
 * @param scope how much of it
 * @param nonce one more than that of the consent before about the account, 1 in the first
 * @param until when it ends, whole milliseconds; of one that takes back: until when a house may take it
 */
public record Consent(
        Action action, Digest house, int clearingAccount, String grantee, Scope scope, int nonce, Instant until)
        implements LinkSignature.Signable {
    /** Type of the EIP-712 struct. */
    public static final String TYPE =
            "AccountConsent(string action,bytes32 house,uint32 clearingAccount,string grantee,string scope,uint32 "
                    + "nonce,uint64 expiresMillis)";

    /** Name of the EIP-712 domain. */
    public static final String DOMAIN_NAME = "Bulwark account consent";

    /** Version of the domain, the text and the canonical form. */
    public static final int VERSION = 1;

    private static final Pattern GRANTEE = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

    /** Whether it is given or taken back. */
    public enum Action {
        GIVE,
        REVOKE
    }

    /** How much of an account is shown. */
    public enum Scope {
        /** Equity, margin and state. */
        MARGIN,
        /** All of it: what it holds, where, and what would become of it. */
        POSITIONS
    }

    /** Checks the ranges and the grantee's form. */
    public Consent {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(house, "house");
        Objects.requireNonNull(scope, "scope");
        require("clearingAccount", clearingAccount, 0);
        require("nonce", nonce, 1);
        require("until", until.toEpochMilli(), 1);
        if (!GRANTEE.matcher(grantee).matches()) {
            throw new BadInput(
                    "grantee",
                    grantee,
                    "must be a token holder's name, a wallet's lower-case address, or an Ed25519 key");
        }
        until = Instant.ofEpochMilli(until.toEpochMilli());
    }

    private static void require(String field, long value, long least) {
        if (value < least) {
            throw new BadInput(field, Long.toString(value), "must be at least " + least);
        }
    }

    @Override
    public String text() {
        return """
                Bulwark account consent, version %d

                %s

                House: %s
                Clearing account: %d
                Who: %s
                Scope: %s
                Nonce: %d
                Valid until: %s (%d)""".formatted(
                        VERSION,
                        switch (action) {
                            case GIVE ->
                                switch (scope) {
                                    case MARGIN -> "GIVE: May see equity, margin and state of my account.";
                                    case POSITIONS -> "GIVE: May see everything of my account, its positions included.";
                                };
                            case REVOKE -> "REVOKE: May no longer see anything of my account.";
                        },
                        house.hex(),
                        clearingAccount,
                        grantee,
                        scope.name(),
                        nonce,
                        until,
                        until.toEpochMilli());
    }

    /** A consent is of one house and on no chain: its domain names the first. */
    @Override
    public long chainId() {
        return 1;
    }

    @Override
    public Optional<Digest> typed() {
        Digest domain = TypedData.struct("EIP712Domain(string name,string version,uint256 chainId)")
                .text(DOMAIN_NAME)
                .text(Integer.toString(VERSION))
                .number(chainId())
                .hash();
        return Optional.of(TypedData.struct(TYPE)
                .text(action.name())
                .word(house)
                .number(clearingAccount)
                .text(grantee)
                .text(scope.name())
                .number(nonce)
                .number(until.toEpochMilli())
                .digest(domain));
    }

    /** ["bulwark-account-consent", version, action, house, account, grantee, scope, nonce, end]: what the books keep. */
    CanonicalValue canonical() {
        return array(
                CanonicalValue.text("bulwark-account-consent"),
                integer(VERSION),
                CanonicalValue.text(action.name()),
                bytes(house),
                integer(clearingAccount),
                CanonicalValue.text(grantee),
                CanonicalValue.text(scope.name()),
                integer(nonce),
                integer(until.toEpochMilli()));
    }
}
