package io.bulwark.insurance.defaultmanagement;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is frozen when members are declared in default. Its digest names the default everywhere.
 *
 * @param event number of the default, ≥ 1; part of the drawn order in which units are rounded
 * @param epoch number of the sealed epoch whose accounts and marks count
 * @param epochDigest digest of that epoch
 * @param row number of the vault table's row at whose prices portfolios are closed; {@link #AS_IT_STANDS} where the epoch itself is what
 *     happened: what was to be sold is sold, and nothing moves any more
 * @param members who failed, at least one
 * @param seed revealed with the declaration, committed to before
 * @param bids in the order of arrival
 * @param houseCapital of the house in the ledger, u
 * @param contributions of every member in the ledger, u
 * @param penalties liquidation penalties that stand in the fund, u; empty in a declaration of version 1, of before they were charged, which charges none
 * @param version of its form, 1 … {@link #NEWEST}: from 2 on penalties are charged; from 3 on only what is pledged to the house or
 *     in its custody
 *     pays of a margin, before that what is only read too; from 4 on contributions and capital are what was received, before that what
 *     was written down; from 5 on an epoch may count as it stands
 */
public record DefaultDeclaration(
        long event,
        long epoch,
        Digest epochDigest,
        int row,
        SortedSet<String> members,
        Digest seed,
        List<PortfolioBid> bids,
        long houseCapital,
        SortedMap<String, Long> contributions,
        OptionalLong penalties,
        int version) {
    /** The version in which defaults are declared now. */
    public static final int NEWEST = 5;

    /** The row of a default of an epoch as it stands. */
    public static final int AS_IT_STANDS = -1;

    private static final String SCHEMA = "bulwark-default";
    private static final int WITHOUT_PENALTIES = 1;
    private static final int WITH_PENALTIES = 2;
    private static final int ONLY_TAKEN = 3;
    private static final int RECEIVED = 4;
    private static final int STANDING = 5;

    /** Copies, and checks ranges. */
    public DefaultDeclaration {
        members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        contributions = Collections.unmodifiableSortedMap(new TreeMap<>(contributions));
        bids = List.copyOf(bids);
        if (event < 1 || epoch < 1 || row < leastRow(version) || members.isEmpty()) {
            throw new IllegalArgumentException("event and epoch must be >= 1, row >= " + leastRow(version)
                    + ", members at least one; have " + event + ", " + epoch + ", " + row + ", " + members);
        }
        if (penalties.orElse(0) < 0) {
            throw new IllegalArgumentException("penalties must be >= 0; have " + penalties.getAsLong());
        }
        if (version < WITHOUT_PENALTIES || version > NEWEST || penalties.isPresent() != (version >= WITH_PENALTIES)) {
            throw new IllegalArgumentException("version must be 1 … " + NEWEST + ", and penalties there from version "
                    + WITH_PENALTIES + " on; have " + version + " and " + penalties);
        }
        if (houseCapital < 0 || contributions.values().stream().anyMatch(units -> units < 0)) {
            throw new IllegalArgumentException(
                    "houseCapital and contributions must be >= 0; have " + houseCapital + ", " + contributions);
        }
    }

    /** ["bulwark-default", version, event, epoch, epochDigest, row, members, seed, bids, houseCapital, contributions], and from version 2 on penalties. */
    public CanonicalValue canonical() {
        List<CanonicalValue> fields = new ArrayList<>(List.of(
                text(SCHEMA),
                integer(version),
                integer(event),
                integer(epoch),
                bytes(epochDigest),
                integer(row),
                array(members.stream().map(m -> array(text(m))).toList()),
                bytes(seed),
                array(bids.stream()
                        .map(b -> array(integer(b.account()), text(b.bidder()), integer(b.price()), integer(b.lots())))
                        .toList()),
                integer(houseCapital),
                array(contributions.entrySet().stream()
                        .map(c -> array(text(c.getKey()), integer(c.getValue())))
                        .toList())));
        penalties.ifPresent(units -> fields.add(integer(units)));
        return new CanonicalValue.Array(fields);
    }

    private static int leastRow(int version) {
        return version >= STANDING ? AS_IT_STANDS : 0;
    }

    /** Whether of a margin pays only what is pledged to the house or in its custody. */
    public boolean onlyTaken() {
        return version >= ONLY_TAKEN;
    }

    /** Whether contributions and capital are what was received. */
    public boolean received() {
        return version >= RECEIVED;
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws CanonicalException if the value is not a declaration in its one order
     */
    public static DefaultDeclaration of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.of(SCHEMA, value);
        if (!fields.text("schema").equals(SCHEMA)) {
            throw new CanonicalException(SCHEMA, "schema", "must be \"" + SCHEMA + "\"");
        }
        int version = (int) fields.integer("version", WITHOUT_PENALTIES, NEWEST);
        DefaultDeclaration declaration = new DefaultDeclaration(
                fields.integer("event", 1, Long.MAX_VALUE),
                fields.integer("epoch", 1, Long.MAX_VALUE),
                fields.digest("epochDigest"),
                (int) fields.integer("row", leastRow(version), Integer.MAX_VALUE),
                new TreeSet<>(fields.list("members", f -> f.text("member"))),
                fields.digest("seed"),
                fields.list(
                        "bids",
                        f -> new PortfolioBid(
                                (int) f.integer("account", 0, Integer.MAX_VALUE),
                                f.text("bidder"),
                                f.integer("price"),
                                (int) f.integer("lots", 1, PortfolioBid.LOTS))),
                fields.integer("houseCapital", 0, Long.MAX_VALUE),
                contributions(fields),
                version >= WITH_PENALTIES
                        ? OptionalLong.of(fields.integer("penalties", 0, Long.MAX_VALUE))
                        : OptionalLong.empty(),
                version);
        fields.end();
        if (!declaration.canonical().equals(value)) {
            throw new CanonicalException(
                    "declaration", declaration.digest().hex(), "must list everything in its order");
        }
        return declaration;
    }

    private static SortedMap<String, Long> contributions(CanonicalFields fields) {
        TreeMap<String, Long> contributions = new TreeMap<>();
        fields.list("contributions", f -> contributions.put(f.text("member"), f.integer("units", 0, Long.MAX_VALUE)));
        return contributions;
    }

    /** What names the default. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * A bid for a part of a failed account's portfolio, on top of its value at the marks of the declared row.
     *
     * @param account number of the failed account
     * @param bidder member who bids
     * @param price u a lot on top of the marked value; negative for a discount
     * @param lots of one per cent of the portfolio, 1 … 100
     */
    public record PortfolioBid(int account, String bidder, long price, int lots) {
        /** How many lots a portfolio has. */
        public static final int LOTS = 100;

        /** Checks the lots. */
        public PortfolioBid {
            if (lots < 1 || lots > LOTS) {
                throw new IllegalArgumentException(
                        "lots of " + bidder + "'s bid must be 1 … " + LOTS + "; have " + lots);
            }
        }
    }
}
