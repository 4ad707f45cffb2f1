package io.bulwark.insurance.vault;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.Commodity;
import io.bulwark.clearing.ledger.LedgerAccount;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import java.math.BigInteger;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands in the fund.
 *
 * @param contributions of each member, u = 10⁻⁴ USD, ≥ 0
 */
public record Vault(SortedMap<String, Long> contributions) {
    /** A fund into which nobody has paid. */
    public static final Vault EMPTY = new Vault(new TreeMap<>());

    private static final String WRITTEN = "global-risk-vault/";

    /** What the names of the funds begin with in which it stands what was received. */
    public static final String RECEIVED = "vault-received/";

    private static final LedgerAccount BANK = new LedgerAccount.Settlement("vault-bank", new Commodity.Cash());

    /** Copies the contributions and checks their signs. */
    public Vault {
        contributions = Collections.unmodifiableSortedMap(new TreeMap<>(contributions));
        contributions.forEach((member, units) -> {
            if (units < 0) {
                throw new IllegalArgumentException("contribution of " + member + " must be >= 0; have " + units);
            }
        });
    }

    /**
     * Where contributions were written down before receipts were asked for, in USD: nothing shows that money is there, and none of it
     * counts.
     */
    public static LedgerAccount written(String member) {
        return new LedgerAccount.Fund(WRITTEN + member, new Commodity.Cash());
    }

    /** Where what was received of a payer stands, in USD. */
    public static LedgerAccount received(String payer) {
        return new LedgerAccount.Fund(RECEIVED + payer, new Commodity.Cash());
    }

    /** Through which a default calls for what is not prefunded, in USD: in and out again, so that nothing of it stands in the fund. */
    public static LedgerAccount called(String payer) {
        return new LedgerAccount.Fund("vault-called/" + payer, new Commodity.Cash());
    }

    /** The ledger account through which money comes and goes. */
    public static LedgerAccount bank() {
        return BANK;
    }

    /** A member's contribution, u. */
    public long contribution(String member) {
        return contributions.getOrDefault(member, 0L);
    }

    /** All contributions together, u. */
    public long total() {
        return contributions.values().stream().reduce(0L, Math::addExact);
    }

    /**
     * The movement that changes what stands in an account of the fund: in through the bank, or back out.
     *
     * @param id of the transfer
     * @param account of the fund, in USD
     * @param change u, not 0; above 0 is paid in
     * @param paidIn purpose where it is paid in
     * @param paidBack purpose where it is paid back
     */
    public static Transfer change(Digest id, LedgerAccount account, long change, String paidIn, String paidBack) {
        return new Transfer(
                id,
                change > 0 ? BANK : account,
                change > 0 ? account : BANK,
                new Amount(BigInteger.valueOf(Math.absExact(change)), Usd.SCALE),
                change > 0 ? paidIn : paidBack);
    }
}
