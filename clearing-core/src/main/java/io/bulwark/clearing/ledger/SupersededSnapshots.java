package io.bulwark.clearing.ledger;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every accepted snapshot that the quorum of a house superseded, in the order in which it did: a wrong one stays in the books, and from the
 * next epoch on the one before it counts. Each list says one more than the list before.
 *
 * @param house whose
 * @param all what was superseded; at least one, each snapshot once
 */
public record SupersededSnapshots(Digest house, List<Superseding> all) {
    private static final String SCHEMA = "bulwark-superseded-snapshots";
    private static final long VERSION = 1;
    private static final int REASON_MAX = 256;

    /**
     * One snapshot that is not believed any more.
     *
     * @param account of which venue account it speaks
     * @param snapshot its id
     * @param reason for people, 1 to 256 printable characters
     */
    public record Superseding(VenueAccount account, Digest snapshot, String reason) {
        /** Checks the reason. */
        public Superseding {
            if (reason.isBlank()
                    || reason.length() > REASON_MAX
                    || reason.chars().anyMatch(Character::isISOControl)) {
                throw new BadInput(
                        "reason",
                        reason.length() + " characters",
                        "must be 1 to " + REASON_MAX + " characters without control characters");
            }
        }
    }

    /** Copies, and checks that no snapshot is named twice. */
    public SupersededSnapshots {
        all = List.copyOf(all);
        Set<Digest> named = new HashSet<>();
        for (Superseding one : all) {
            if (!named.add(one.snapshot())) {
                throw new CanonicalException("superseded", one.snapshot().hex(), "must be superseded once");
            }
        }
        if (all.isEmpty()) {
            throw new CanonicalException("superseded", "nothing", "must name a snapshot");
        }
    }

    /** The list that says one more. */
    public SupersededSnapshots with(Superseding one) {
        List<Superseding> more = new ArrayList<>(all);
        more.add(one);
        return new SupersededSnapshots(house, more);
    }

    /** The list of its first so many. */
    SupersededSnapshots first(int count) {
        return new SupersededSnapshots(house, all.subList(0, count));
    }

    /** Whether a snapshot was superseded. */
    public boolean contains(Digest snapshot) {
        return all.stream().anyMatch(one -> one.snapshot().equals(snapshot));
    }

    /** What was superseded of some venue accounts, in order. */
    public List<Superseding> of(Set<VenueAccount> accounts) {
        return all.stream().filter(one -> accounts.contains(one.account())).toList();
    }

    /** Whether everything that a list said before stands here, in the same order. */
    public boolean follows(SupersededSnapshots before) {
        return house.equals(before.house)
                && before.all.size() <= all.size()
                && all.subList(0, before.all.size()).equals(before.all);
    }

    /** The tree of superseded-snapshots.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                bytes(house),
                array(all.stream()
                        .map(one -> array(
                                integer(one.account().venue()),
                                text(one.account().address()),
                                bytes(one.snapshot()),
                                text(one.reason())))
                        .toList()));
    }

    /** SHA-256 of the canonical form. */
    public Digest digest() {
        return canonical().sha256();
    }

    /**
     * Reads what {@link #canonical} wrote.
     *
     * @throws CanonicalException if the value is no such list
     */
    public static SupersededSnapshots of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        SupersededSnapshots list = new SupersededSnapshots(
                fields.digest("house"),
                fields.list(
                        "superseded",
                        one -> new Superseding(
                                new VenueAccount(
                                        Math.toIntExact(one.integer("venue", 0, Integer.MAX_VALUE)),
                                        one.text("address")),
                                one.digest("snapshot"),
                                one.text("reason"))));
        fields.end();
        return list;
    }
}
