package io.bulwark.clearing.attestation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What an owner signs: that a venue account belongs to one clearing account of one house, or no longer does. House, chain, number used once and end of validity stand in
 * what is signed, in each of its forms, so that no signature serves another house, chain, account or day, nor twice.
 *
 * @param action whether the link begins or ends
 * @param house the house's id
 * @param clearingAccount number of the clearing account
 * @param venueName the venue's name in the listing, for whoever reads what they sign
 * @param venueAccount the account at the venue
 * @param chainId EIP-155 number of the chain of the signing wallet, &ge; 1
 * @param nonce higher than that of every statement before about the clearing account, &ge; 1
 * @param expiresMillis until when a house may take it, UTC epoch milliseconds
 */
public record LinkStatement(
        Action action,
        Digest house,
        int clearingAccount,
        String venueName,
        VenueAccount venueAccount,
        long chainId,
        long nonce,
        long expiresMillis)
        implements LinkSignature.Signable {
    /** Type of the EIP-712 struct. */
    public static final String TYPE =
            "AccountLink(string action,bytes32 house,uint32 clearingAccount,uint32 venue,string venueName,string venueAccount,uint64 nonce,uint64 expiresMillis)";

    /** Name of the EIP-712 domain. */
    public static final String DOMAIN_NAME = "Bulwark account link";

    /** Version of the domain, the text and the canonical form. */
    public static final int VERSION = 1;

    /** Whether the link begins or ends. */
    public enum Action {
        LINK,
        REVOKE
    }

    /** Checks the ranges, and that nothing in the text can be taken for another line of it. */
    public LinkStatement {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(house, "house");
        require("clearingAccount", clearingAccount, 0);
        require("chainId", chainId, 1);
        require("nonce", nonce, 1);
        require("expiresMillis", expiresMillis, 1);
        requireOneLine("venueName", venueName);
        requireOneLine("venueAccount", venueAccount.address());
    }

    @Override
    public String text() {
        return """
                Bulwark account link, version %d

                %s

                House: %s
                Clearing account: %d
                Venue: %d %s
                Venue account: %s
                Chain: eip155:%d
                Nonce: %d
                Valid until: %s (%d)""".formatted(
                        VERSION,
                        switch (action) {
                            case LINK ->
                                "LINK: I own this venue account. The house may read it and count it to this clearing account.";
                            case REVOKE ->
                                "REVOKE: The house may no longer read this venue account. What it is good for fades, what it owes stands.";
                        },
                        house.hex(),
                        clearingAccount,
                        venueAccount.venue(),
                        venueName,
                        venueAccount.address(),
                        chainId,
                        nonce,
                        Instant.ofEpochMilli(expiresMillis),
                        expiresMillis);
    }

    @Override
    public Optional<Digest> typed() {
        return Optional.of(typedDigest());
    }

    /** What {@code eth_signTypedData_v4} of {@link #TYPE} signs (EIP-712). */
    public Digest typedDigest() {
        Digest domain = TypedData.struct("EIP712Domain(string name,string version,uint256 chainId)")
                .text(DOMAIN_NAME)
                .text(Integer.toString(VERSION))
                .number(chainId)
                .hash();
        return TypedData.struct(TYPE)
                .text(action.name())
                .word(house)
                .number(clearingAccount)
                .number(venueAccount.venue())
                .text(venueName)
                .text(venueAccount.address())
                .number(nonce)
                .number(expiresMillis)
                .digest(domain);
    }

    /** ["bulwark-account-link", version, action, house, account, venue, venue name, venue account, chain, nonce, end]: what the books keep. */
    public CanonicalValue canonical() {
        return array(
                CanonicalValue.text("bulwark-account-link"),
                integer(VERSION),
                CanonicalValue.text(action.name()),
                bytes(house),
                integer(clearingAccount),
                integer(venueAccount.venue()),
                CanonicalValue.text(venueName),
                CanonicalValue.text(venueAccount.address()),
                integer(chainId),
                integer(nonce),
                integer(expiresMillis));
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws IllegalArgumentException if it is no such statement
     */
    public static LinkStatement of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, "bulwark-account-link", VERSION);
        Action action = Action.valueOf(fields.text("action"));
        Digest house = fields.digest("house");
        int account = (int) fields.integer("clearingAccount", 0, Integer.MAX_VALUE);
        int venue = (int) fields.integer("venue", 0, Integer.MAX_VALUE);
        String name = fields.text("venueName");
        LinkStatement statement = new LinkStatement(
                action,
                house,
                account,
                name,
                new VenueAccount(venue, fields.text("venueAccount")),
                fields.integer("chainId"),
                fields.integer("nonce"),
                fields.integer("expiresMillis"));
        fields.end();
        return statement;
    }

    private static void require(String field, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(field + " must be at least " + least + "; have " + value);
        }
    }

    private static void requireOneLine(String field, String value) {
        if (value.isBlank() || !value.codePoints().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    field + " must be printable ASCII without spaces; have \"" + value + "\"");
        }
    }
}
