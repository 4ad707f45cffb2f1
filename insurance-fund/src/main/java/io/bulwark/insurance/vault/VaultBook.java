package io.bulwark.insurance.vault;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.payment.PaymentReceipt.Direction;
import io.bulwark.clearing.payment.PaymentReceipt.Evidence;
import io.bulwark.clearing.payment.PaymentReceipt.Grade;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fund by who pays into it: what follows from its acts in order, and from nothing else. Only what was received counts.
 *
 * @param payers each that was ever asked or paid, by name
 * @param payments identities of all payments that came or went
 * @param onChain what was shown by the balance of each place, by who paid, less what went back from it and what defaults took, u;
 *     without zeros
 */
public record VaultBook(
        SortedMap<String, PayerAccount> payers,
        Set<Digest> payments,
        SortedMap<String, SortedMap<String, Long>> onChain) {
    /** A fund of which nothing was asked. */
    public static final VaultBook EMPTY = new VaultBook(new TreeMap<>(), Set.of(), new TreeMap<>());

    /** Copies. */
    public VaultBook {
        payers = Collections.unmodifiableSortedMap(new TreeMap<>(payers));
        payments = Set.copyOf(payments);
        onChain = Collections.unmodifiableSortedMap(copied(onChain));
    }

    private static TreeMap<String, SortedMap<String, Long>> copied(SortedMap<String, SortedMap<String, Long>> shown) {
        TreeMap<String, SortedMap<String, Long>> copies = new TreeMap<>();
        shown.forEach((place, payers) -> copies.put(place, Collections.unmodifiableSortedMap(new TreeMap<>(payers))));
        return copies;
    }

    /** What was shown by the balance of a place and is there, u. */
    public long shownAt(String place) {
        return onChain.getOrDefault(place, Collections.emptySortedMap()).values().stream()
                .reduce(0L, Math::addExact);
    }

    /**
     * Which balances so much of a payer comes out of, by place, u: what is shown best leaves first. What is not shown by a balance comes
     * out of none.
     */
    public SortedMap<String, Long> outOf(String payer, long units) {
        return outOf(onChain, payer, units);
    }

    private static SortedMap<String, Long> outOf(
            SortedMap<String, ? extends SortedMap<String, Long>> shown, String payer, long units) {
        TreeMap<String, Long> parts = new TreeMap<>();
        long left = units;
        for (Map.Entry<String, ? extends SortedMap<String, Long>> place : shown.entrySet()) {
            long part = Math.min(left, place.getValue().getOrDefault(payer, 0L));
            if (part > 0) {
                parts.put(place.getKey(), part);
                left -= part;
            }
        }
        return parts;
    }

    /**
     * The book after more acts.
     *
     * @throws BadInput if one of them cannot follow those before it
     */
    public VaultBook after(List<? extends VaultAct> acts) {
        Following following = new Following(this);
        acts.forEach(following::take);
        return new VaultBook(following.payers, following.payments, following.onChain);
    }

    /** The account of a payer; of one of whom nothing was asked, nothing. */
    public PayerAccount of(String payer) {
        return payers.getOrDefault(payer, PayerAccount.NONE);
    }

    /** What members have in the fund: what was received of them. */
    public Vault vault() {
        TreeMap<String, Long> standing = new TreeMap<>();
        payers.forEach((payer, account) -> {
            if (!payer.equals(VaultAct.HOUSE)) {
                standing.put(payer, account.total());
            }
        });
        return new Vault(standing);
    }

    /** What the house itself has in it, u. */
    public long houseCapital() {
        return of(VaultAct.HOUSE).total();
    }

    /** Everything that was received and is in the fund, u. */
    public long total() {
        return Math.addExact(vault().total(), houseCapital());
    }

    /** Members who are frozen, by name. */
    public SortedSet<String> frozen() {
        TreeSet<String> frozen = new TreeSet<>();
        payers.forEach((payer, account) -> {
            if (account.frozen().isPresent()) {
                frozen.add(payer);
            }
        });
        return frozen;
    }

    /** What stands of all, by how well it is shown, u; without zeros. */
    public Map<Grade, Long> standing() {
        EnumMap<Grade, Long> sums = new EnumMap<>(Grade.class);
        payers.values()
                .forEach(account ->
                        account.standing().forEach((grade, units) -> sums.merge(grade, units, Math::addExact)));
        return sums;
    }

    /** The movement of a payment in the books: in through the bank, or out through it. */
    public static Transfer transfer(VaultAct.Paid act) {
        Statement said = act.receipt().statement();
        boolean in = said.direction() == Direction.RECEIVED;
        return Vault.change(
                said.payment(),
                Vault.received(said.payer()),
                in ? said.units() : -said.units(),
                "received of " + said.payer() + ", " + act.receipt().evidence().words(),
                "returned to " + said.payer() + ", " + act.receipt().evidence().words());
    }

    /** The book while acts are taken, one after another. */
    private static final class Following {
        private final TreeMap<String, PayerAccount> payers;
        private final Set<Digest> payments;
        private final TreeMap<String, SortedMap<String, Long>> onChain = new TreeMap<>();

        Following(VaultBook book) {
            payers = new TreeMap<>(book.payers);
            payments = new HashSet<>(book.payments);
            book.onChain.forEach((place, shown) -> onChain.put(place, new TreeMap<>(shown)));
        }

        void take(VaultAct act) {
            PayerAccount account = payers.getOrDefault(act.payer(), PayerAccount.NONE);
            payers.put(
                    act.payer(),
                    switch (act) {
                        case VaultAct.Asked asked -> account.asked(asked);
                        case VaultAct.Paid paid -> paid(account, paid.receipt(), paid.at());
                        case VaultAct.Drawn drawn -> drawn(account, drawn);
                        case VaultAct.Frozen frozen -> account.frozen(frozen);
                        case VaultAct.Readmitted readmitted -> account.readmitted(readmitted);
                    });
        }

        private PayerAccount paid(PayerAccount account, PaymentReceipt receipt, Instant at) {
            Statement said = receipt.statement();
            if (payments.contains(said.payment())) {
                throw new BadInput(
                        "reference",
                        said.reference(),
                        "must be of a payment that was not shown before; " + said.place() + " has it already");
            }
            PayerAccount changed = said.direction() == Direction.RECEIVED
                    ? account.received(
                            said.payer(), said.units(), receipt.evidence().grade(), at)
                    : account.returned(said.payer(), said.units());
            payments.add(said.payment());
            if (said.direction() == Direction.RETURNED) {
                back(said.place(), said.payer(), said.units());
            } else if (receipt.evidence() instanceof Evidence.OnChain) {
                onChain.computeIfAbsent(said.place(), place -> new TreeMap<>())
                        .merge(said.payer(), said.units(), Math::addExact);
            }
            return changed;
        }

        private PayerAccount drawn(PayerAccount account, VaultAct.Drawn act) {
            PayerAccount changed = account.drawn(act.payer(), act.units());
            outOf(onChain, act.payer(), act.units()).forEach((place, units) -> less(place, act.payer(), units));
            return changed;
        }

        /** What went back left the place, whoever it was shown for: its payer first. */
        private void back(String place, String payer, long units) {
            long left = units - less(place, payer, units);
            for (String other :
                    List.copyOf(onChain.getOrDefault(place, new TreeMap<>()).keySet())) {
                left -= less(place, other, left);
            }
        }

        private long less(String place, String payer, long most) {
            SortedMap<String, Long> shown = onChain.getOrDefault(place, new TreeMap<>());
            long part = Math.min(most, shown.getOrDefault(payer, 0L));
            if (part > 0) {
                shown.computeIfPresent(payer, (name, units) -> units == part ? null : units - part);
            }
            return part;
        }
    }
}
