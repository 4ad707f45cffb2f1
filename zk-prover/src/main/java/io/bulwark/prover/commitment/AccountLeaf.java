package io.bulwark.prover.commitment;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.security.SecureRandom;
import java.util.List;

/**
 * What one leaf of the account tree commits to. It changes only when the account does; the margin is not in it.
 *
 * @param number the account's permanent number, 0 ≤ number &lt; 4^depth of the tree
 * @param owner commitment to the owner's secret, {@link OwnerKey#commitment}
 * @param salt what keeps the leaf from being guessed, {@link #drawSalt}
 * @param account cash and lots
 */
public record AccountLeaf(long number, FieldElement owner, FieldElement salt, MarginAccount account) {
    private static final String SCHEMA = "bulwark-account";
    private static final int VERSION = 1;
    private static final int SALT_BYTES = 31;

    /** Refuses a number below 0, and standings, for which this leaf has no place. */
    public AccountLeaf {
        if (!account.standings().isEmpty()) {
            throw new IllegalArgumentException("standings must be none in a leaf of format 2; have "
                    + account.standings().size());
        }
        if (number < 0) {
            throw new IllegalArgumentException("account number must be at least 0; have " + number);
        }
    }

    /** A fresh salt: 31 bytes of a secure generator. */
    public static FieldElement drawSalt(SecureRandom random) {
        byte[] bytes = new byte[SALT_BYTES];
        random.nextBytes(bytes);
        return FieldElement.ofShortBytes(bytes);
    }

    /** The leaf: H_8(1; number, owner, salt, cash, positions, paid, lines). Faulty lists, e.g. of falling numbers, are refused. */
    public Answer<FieldElement> hash(ProverLibrary library) {
        return library.accountLeaf(encoded().encode());
    }

    /** The canonical ["bulwark-account", 1, number, owner, salt, cash, positions, paid, collateral, debt]. */
    public CanonicalValue encoded() {
        return CanonicalValue.array(
                CanonicalValue.text(SCHEMA),
                CanonicalValue.integer(VERSION),
                CanonicalValue.integer(number),
                CanonicalValue.bytes(owner.bytes()),
                CanonicalValue.bytes(salt.bytes()),
                CanonicalValue.integer(account.cash()),
                list(account.positions()),
                list(account.paid()),
                list(account.collateral()),
                list(account.debt()));
    }

    /**
     * Reads the value that {@link #encoded} gives.
     *
     * @throws IllegalArgumentException if it is no account's
     */
    public static AccountLeaf of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        AccountLeaf leaf = new AccountLeaf(
                fields.integer("number"),
                FieldElement.ofDigest(fields.digest("owner")),
                FieldElement.ofDigest(fields.digest("salt")),
                new MarginAccount(
                        fields.integer("cash"),
                        fields.list("positions", AccountLeaf::entry),
                        fields.list("paid", AccountLeaf::entry),
                        fields.list("collateral", AccountLeaf::entry),
                        fields.list("debt", AccountLeaf::entry)));
        fields.end();
        return leaf;
    }

    private static Entry entry(CanonicalFields fields) {
        return new Entry((int) fields.integer("number", 0, Integer.MAX_VALUE), fields.integer("lots"));
    }

    private static CanonicalValue list(List<Entry> entries) {
        return CanonicalValue.array(entries.stream()
                .map(entry -> CanonicalValue.array(
                        CanonicalValue.integer(entry.number()), CanonicalValue.integer(entry.lots())))
                .toList());
    }

    /** The number alone: salt and lots are nobody else's business. */
    @Override
    public String toString() {
        return "AccountLeaf[number=" + number + "]";
    }
}
