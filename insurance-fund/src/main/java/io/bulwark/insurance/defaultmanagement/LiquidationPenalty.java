package io.bulwark.insurance.defaultmanagement;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.ledger.Commodity;
import io.bulwark.clearing.ledger.LedgerAccount;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.money.Usd;
import io.bulwark.insurance.vault.Vault;
import java.math.BigInteger;

/**
 * What an account pays for being closed. It is charged last, out of the margin that the close-out left, so that it never makes or deepens a shortfall; and it goes to an
 * account of the fund that pays losses and nothing else: the house gains nothing by closing anybody.
 */
public final class LiquidationPenalty {
    private static final LedgerAccount ACCOUNT = new LedgerAccount.Fund("liquidation-penalties", new Commodity.Cash());

    private LiquidationPenalty() {}

    /** Where penalties stand in the ledger, in USD. */
    public static LedgerAccount account() {
        return ACCOUNT;
    }

    /**
     * What an account is charged: its share of MM rounded up, at most what is left.
     *
     * @param maintenance MM, u; below zero charges nothing
     * @param left of the account's margin after loss and cost, u, ≥ 0
     * @param parameters governed numbers of the epoch
     * @return u
     */
    static long of(long maintenance, long left, ParameterSet parameters) {
        BigInteger share = BigInteger.valueOf(Math.max(0, maintenance))
                .multiply(BigInteger.valueOf(parameters.value(DefaultParameters.LIQUIDATION_PENALTY)));
        return Math.min(left, Rounding.exactLong(Rounding.cdiv(share, BigInteger.valueOf(Rounding.PPM))));
    }

    /** The movement into the fund, from the bank to which the account's margin is paid. */
    static Transfer transfer(Digest declaration, PortfolioCloseOut closeOut) {
        ClosedAccount account = closeOut.account();
        return new Transfer(
                array(text("bulwark-liquidation-penalty"), integer(1), bytes(declaration), integer(account.number()))
                        .sha256(),
                Vault.bank(),
                ACCOUNT,
                new Amount(BigInteger.valueOf(closeOut.penalty()), Usd.SCALE),
                account.member() + " pays the liquidation penalty of account " + account.number() + " in the default "
                        + declaration.hex().substring(0, 16));
    }
}
