package io.bulwark.insurance.stresstest;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a member loses in one row beyond the margin that it really holds.
 *
 * @param member its name
 * @param beyondMargin sum over its accounts of max(0, loss − what the account holds), u = 10⁻⁴ USD
 * @param accounts numbers of the accounts that lose more than they hold, increasing
 */
public record MemberLoss(String member, long beyondMargin, List<Integer> accounts) {
    /** Copies the accounts. */
    public MemberLoss {
        accounts = List.copyOf(accounts);
    }

    /**
     * Losses of single accounts by member: who loses nothing is left out, largest first, then by name; accounts increasing.
     *
     * @param accounts one account each
     */
    public static List<MemberLoss> ofAccounts(List<MemberLoss> accounts) {
        TreeMap<String, MemberLoss> members = new TreeMap<>();
        accounts.stream()
                .filter(account -> account.beyondMargin() > 0)
                .forEach(account -> members.merge(account.member(), account, MemberLoss::with));
        return members.values().stream()
                .sorted(Comparator.comparingLong(MemberLoss::beyondMargin)
                        .reversed()
                        .thenComparing(MemberLoss::member))
                .toList();
    }

    private MemberLoss with(MemberLoss other) {
        return new MemberLoss(
                member,
                Math.addExact(beyondMargin, other.beyondMargin),
                Stream.concat(accounts.stream(), other.accounts.stream())
                        .sorted()
                        .toList());
    }
}
