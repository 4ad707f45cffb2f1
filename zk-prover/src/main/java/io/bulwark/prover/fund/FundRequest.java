package io.bulwark.prover.fund;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginLeaf;
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
    private static final int VERSION = 2;

    /**
     * One account, as the epoch seals it twice.
     *
     * @param leaf as it stands in the account tree
     * @param margin as it stands in the margin tree
     */
    public record Account(AccountLeaf leaf, MarginLeaf margin) {
        /** Refuses leaves of different accounts. */
        public Account {
            if (leaf.number() != margin.number()) {
                throw new IllegalArgumentException(
                        "margin must be of account " + leaf.number() + "; is of " + margin.number());
            }
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
                        CanonicalValue.array(accounts.stream()
                                .map(account -> account.margin().encoded())
                                .toList()),
                        CanonicalValue.integer(fund))
                .encode();
    }

    /** The epoch's number alone: accounts are nobody else's business. */
    @Override
    public String toString() {
        return "FundRequest[epoch=" + epoch.epoch() + ", accounts=" + accounts.size() + "]";
    }
}
