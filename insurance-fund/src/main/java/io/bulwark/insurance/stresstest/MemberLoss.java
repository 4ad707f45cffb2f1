package io.bulwark.insurance.stresstest;

import java.util.List;

/**
 * What a member loses beyond margin in one row.
 *
 * @param member its name
 * @param beyondMargin sum over its accounts of max(0, loss − IM), u = 10⁻⁴ USD
 * @param accounts numbers of the accounts that lose beyond their margin, increasing
 */
public record MemberLoss(String member, long beyondMargin, List<Integer> accounts) {
    /** Copies the accounts. */
    public MemberLoss {
        accounts = List.copyOf(accounts);
    }
}
