package io.bulwark.prover.commitment;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What one leaf of the account tree commits to. It changes only when the account does; the margin is not in it.
 * Source of standings: venue risk, section 9.
 *
 * @param format that of all leaves of the tree
 * @param number the account's permanent number, 0 ≤ number &lt; 4^depth of the tree
 * @param owner commitment to the owner's secret, {@link OwnerKey#commitment}
 * @param salt what keeps the leaf from being guessed, {@link #drawSalt}
 * @param account cash and lots
 */
public record AccountLeaf(Format format, long number, FieldElement owner, FieldElement salt, MarginAccount account) {
    private static final String SCHEMA = "bulwark-account";
    private static final int SALT_BYTES = 31;

    /**
     * What a leaf has room for. It follows from the tables of the house and not from the account, so that leaves of
     * both formats never stand in one tree:
     * an account without standings, of a house whose tables list venues, has a leaf {@link #AT_VENUES}.
     */
    public enum Format {
        /** Of a house whose tables list no venues: cash and four lists. */
        WITHOUT_VENUES(1),
        /** Of a house whose tables list venues: with the account's standing at each of them. */
        AT_VENUES(2);

        private final int version;

        Format(int version) {
            this.version = version;
        }

        /** The format of the leaves that are margined over a table. */
        public static Format of(RiskTable table) {
            return table.format() == RiskTable.FORMAT_OF_VENUES ? AT_VENUES : WITHOUT_VENUES;
        }
    }

    /** Refuses a number below 0, and standings in a leaf that has no place for them. */
    public AccountLeaf {
        if (format == Format.WITHOUT_VENUES && !account.standings().isEmpty()) {
            throw new IllegalArgumentException("standings must be none in a leaf without venues; have "
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

    /**
     * The leaf: H_8(1; number, owner, salt, cash, positions, paid, lines), or at venues H_8(33; number + 2^32·(cash
     * + 2^63), owner, salt, positions, paid,
     * lines, standings). Faulty lists, e.g. of falling numbers, are refused.
     */
    public Answer<FieldElement> hash(ProverLibrary library) {
        return library.accountLeaf(encoded().encode());
    }

    /**
     * The canonical ["bulwark-account", 1, number, owner, salt, cash, positions, paid, collateral, debt]; at venues
     * version 2, which ends with the standings
     * [* [venue, distance]]. Cash and distances in u, signed.
     */
    public CanonicalValue encoded() {
        List<CanonicalValue> fields = new ArrayList<>(List.of(
                CanonicalValue.text(SCHEMA),
                CanonicalValue.integer(format.version),
                CanonicalValue.integer(number),
                CanonicalValue.bytes(owner.bytes()),
                CanonicalValue.bytes(salt.bytes()),
                CanonicalValue.integer(account.cash()),
                list(account.positions()),
                list(account.paid()),
                list(account.collateral()),
                list(account.debt())));
        if (format == Format.AT_VENUES) {
            fields.add(CanonicalValue.array(account.standings().stream()
                    .map(standing -> pair(standing.venue(), standing.distance()))
                    .toList()));
        }
        return CanonicalValue.array(fields);
    }

    /**
     * Reads the value that {@link #encoded} gives, of either format; the lists may be faulty, which {@link #hash} refuses.
     *
     * @throws IllegalArgumentException if it is no account's
     */
    public static AccountLeaf of(CanonicalValue value) {
        CanonicalFields head = CanonicalFields.of(SCHEMA, value);
        head.text("schema");
        Format format = head.integer("version", Format.WITHOUT_VENUES.version, Format.AT_VENUES.version)
                        == Format.AT_VENUES.version
                ? Format.AT_VENUES
                : Format.WITHOUT_VENUES;
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, format.version);
        AccountLeaf leaf = new AccountLeaf(
                format,
                fields.integer("number"),
                FieldElement.ofDigest(fields.digest("owner")),
                FieldElement.ofDigest(fields.digest("salt")),
                new MarginAccount(
                        fields.integer("cash"),
                        fields.list("positions", AccountLeaf::entry),
                        fields.list("paid", AccountLeaf::entry),
                        fields.list("collateral", AccountLeaf::entry),
                        fields.list("debt", AccountLeaf::entry),
                        format == Format.AT_VENUES ? fields.list("standings", AccountLeaf::standing) : List.of()));
        fields.end();
        return leaf;
    }

    private static Entry entry(CanonicalFields fields) {
        return new Entry((int) fields.integer("number", 0, Integer.MAX_VALUE), fields.integer("lots"));
    }

    private static Standing standing(CanonicalFields fields) {
        return new Standing((int) fields.integer("venue", 0, Integer.MAX_VALUE), fields.integer("distance"));
    }

    private static CanonicalValue list(List<Entry> entries) {
        return CanonicalValue.array(entries.stream()
                .map(entry -> pair(entry.number(), entry.lots()))
                .toList());
    }

    private static CanonicalValue pair(int number, long amount) {
        return CanonicalValue.array(CanonicalValue.integer(number), CanonicalValue.integer(amount));
    }

    /** The number alone: salt and lots are nobody else's business. */
    @Override
    public String toString() {
        return "AccountLeaf[number=" + number + "]";
    }
}
