package io.bulwark.prover.fund;

import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.EpochCommitment;
import java.util.Comparator;
import java.util.List;

/**
 * What the proof of one epoch's fund is asked with.
 *
 * @param epoch the sealed epoch
 * @param accounts every account of its tree
 * @param fund what the fund holds, u = 10⁻⁴ USD, ≥ 0
 */
public record FundRequest(EpochCommitment epoch, List<Account> accounts, long fund) {
    private static final String SCHEMA = "bulwark-fund-prove";
    private static final int VERSION = 1;

    /**
     * One account.
     *
     * @param leaf as it stands in the account tree
     * @param member number of the member who stands behind it; affiliates have one
     * @param initialMargin what the member pays for its losses before the fund does, u; 0 where an account has no margin
     * @param salt hides the two in the root of margins
     */
    public record Account(AccountLeaf leaf, int member, long initialMargin, FieldElement salt) {
        /** Member, margin and salt as the library reads them. */
        public CanonicalValue margin() {
            return CanonicalValue.array(
                    CanonicalValue.integer(member),
                    CanonicalValue.integer(initialMargin),
                    CanonicalValue.bytes(salt.digest()));
        }
    }

    /** Sorts the accounts, and refuses a fund below 0. */
    public FundRequest {
        accounts = accounts.stream()
                .sorted(Comparator.comparingLong(account -> account.leaf().number()))
                .toList();
        if (fund < 0) {
            throw new IllegalArgumentException("fund must be at least 0; have " + fund);
        }
    }

    /** As the library reads it. It holds every account: for the call only. */
    byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(epoch.document()),
                        CanonicalValue.array(accounts.stream()
                                .map(account -> CanonicalValue.bytes(
                                        account.leaf().encoded().encode()))
                                .toList()),
                        CanonicalValue.array(
                                accounts.stream().map(Account::margin).toList()),
                        CanonicalValue.integer(fund))
                .encode();
    }

    /** The epoch's number alone: accounts are nobody else's business. */
    @Override
    public String toString() {
        return "FundRequest[epoch=" + epoch.epoch() + ", accounts=" + accounts.size() + "]";
    }
}
