package io.bulwark.clearing.epoch;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The sealed inputs of one epoch: with the documents that it names, everything from which the epoch follows. Whoever holds it recomputes every margin and root.
 *
 * <p>It holds salts, so it is shown to auditors, not to the public.
 *
 * @param epochTimeMillis the epoch's time, UTC epoch milliseconds; an input, never a clock read in the computation
 * @param snapshots the accepted snapshot of each venue account; kept sorted by venue, then address
 * @param reports identities of the price reports; kept sorted
 * @param documents other documents by name, such as {@code listing} and {@code parameters}: their SHA-256
 * @param accounts the clearing accounts as they stood; kept sorted by number
 */
public record EpochInputs(
        long epochTimeMillis,
        List<SnapshotInput> snapshots,
        List<Digest> reports,
        SortedMap<String, Digest> documents,
        List<AccountInput> accounts) {
    private static final String SCHEMA = "bulwark-inputs";
    private static final long VERSION = 2;

    /** Sorts; nothing may stand twice. */
    public EpochInputs {
        snapshots = sortedOnce(
                "inputs.snapshots", snapshots, Comparator.comparing(SnapshotInput::account, EpochInputs::compare));
        reports = sortedOnce("inputs.reports", reports, Comparator.naturalOrder());
        documents = Collections.unmodifiableSortedMap(new TreeMap<>(documents));
        accounts = sortedOnce("inputs.accounts", accounts, Comparator.comparingInt(AccountInput::number));
    }

    /**
     * The snapshot of one venue account that stands at the epoch.
     *
     * @param account whose
     * @param snapshot the snapshot's id
     */
    public record SnapshotInput(VenueAccount account, Digest snapshot) {}

    /**
     * One clearing account as it stood at the epoch.
     *
     * @param number its number
     * @param member the clearing member behind it
     * @param memberNumber the member's permanent number, given when its first account was opened
     * @param owner owner commitment of the leaf, a field element
     * @param salt salt of the leaf, a field element of 31 random bytes
     * @param venueAccounts its linked venue accounts; kept sorted
     * @param paid its paid-up sleeve; kept sorted by instrument
     */
    public record AccountInput(
            int number,
            String member,
            int memberNumber,
            Digest owner,
            Digest salt,
            List<VenueAccount> venueAccounts,
            List<PaidAllocation> paid) {
        /** Sorts; nothing may stand twice. */
        public AccountInput {
            venueAccounts = sortedOnce("inputs.accounts.venueAccounts", venueAccounts, EpochInputs::compare);
            paid = sortedOnce("inputs.accounts.paid", paid, Comparator.comparingInt(PaidAllocation::instrument));
        }
    }

    /**
     * Lots of one instrument that their owner keeps fully paid, outside the margined book.
     *
     * @param instrument the instrument's number
     * @param lots 1 to 2³¹ − 1
     */
    public record PaidAllocation(int instrument, long lots) {
        /** Checks the bounds. */
        public PaidAllocation {
            if (instrument < 0 || lots < 1 || lots > Integer.MAX_VALUE) {
                throw new CanonicalException(
                        "paid",
                        "[" + instrument + ", " + lots + "]",
                        "must be an instrument >= 0 and lots in 1…2147483647");
            }
        }
    }

    /** The member behind each account, by the account's number. */
    public SortedMap<Integer, String> members() {
        SortedMap<Integer, String> members = new TreeMap<>();
        accounts.forEach(account -> members.put(account.number(), account.member()));
        return members;
    }

    /** The tree of epoch-inputs.cddl. */
    public CanonicalValue canonical() {
        return array(
                text(SCHEMA),
                integer(VERSION),
                integer(epochTimeMillis),
                each(
                        snapshots,
                        s -> array(
                                integer(s.account().venue()), text(s.account().address()), bytes(s.snapshot()))),
                each(reports, CanonicalValue::bytes),
                CanonicalValue.map(asValues(documents)),
                each(accounts, EpochInputs::canonical));
    }

    private static CanonicalValue canonical(AccountInput account) {
        return array(
                integer(account.number()),
                text(account.member()),
                integer(account.memberNumber()),
                bytes(account.owner()),
                bytes(account.salt()),
                each(account.venueAccounts(), v -> array(integer(v.venue()), text(v.address()))),
                each(account.paid(), p -> array(integer(p.instrument()), integer(p.lots()))));
    }

    /**
     * Reads what {@link #canonical()} wrote.
     *
     * @throws CanonicalException if the value is not sealed inputs in their one order
     */
    public static EpochInputs of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        EpochInputs inputs = new EpochInputs(
                fields.integer("epochTime"),
                fields.list("snapshots", f -> new SnapshotInput(venueAccount(f), f.digest("snapshot"))),
                fields.digests("reports"),
                documents(fields),
                fields.list("accounts", EpochInputs::account));
        fields.end();
        if (!inputs.canonical().equals(value)) {
            throw new CanonicalException(
                    "inputs", inputs.canonical().sha256().hex(), "must list everything in its order");
        }
        return inputs;
    }

    private static AccountInput account(CanonicalFields fields) {
        return new AccountInput(
                number(fields, "number"),
                fields.text("member"),
                number(fields, "memberNumber"),
                fields.digest("owner"),
                fields.digest("salt"),
                fields.list("venueAccounts", EpochInputs::venueAccount),
                fields.list("paid", f -> new PaidAllocation(number(f, "instrument"), f.integer("lots"))));
    }

    private static VenueAccount venueAccount(CanonicalFields fields) {
        return new VenueAccount(number(fields, "venue"), fields.text("address"));
    }

    private static int number(CanonicalFields fields, String field) {
        return (int) fields.integer(field, 0, Integer.MAX_VALUE);
    }

    private static SortedMap<String, Digest> documents(CanonicalFields fields) {
        SortedMap<String, Digest> documents = new TreeMap<>();
        fields.list("documents", pair -> documents.put(pair.text("name"), pair.digest("digest")));
        return documents;
    }

    private static SortedMap<String, CanonicalValue> asValues(SortedMap<String, Digest> digests) {
        SortedMap<String, CanonicalValue> values = new TreeMap<>();
        digests.forEach((name, digest) -> values.put(name, bytes(digest)));
        return values;
    }

    private static <T> CanonicalValue each(List<T> elements, Function<T, CanonicalValue> form) {
        return array(elements.stream().map(form).toList());
    }

    private static int compare(VenueAccount a, VenueAccount b) {
        return Comparator.comparingInt(VenueAccount::venue)
                .thenComparing(VenueAccount::address)
                .compare(a, b);
    }

    private static <T> List<T> sortedOnce(String field, List<T> elements, Comparator<? super T> order) {
        List<T> sorted = new ArrayList<>(elements);
        sorted.sort(order);
        for (int i = 1; i < sorted.size(); i++) {
            if (order.compare(sorted.get(i - 1), sorted.get(i)) == 0) {
                throw new CanonicalException(field, sorted.get(i).toString(), "must not stand twice");
            }
        }
        return List.copyOf(sorted);
    }
}
