package io.bulwark.insurance.deleveraging;

import java.math.BigInteger;

/**
 * Shares in one of Drift's insurance funds, as the protocol counts them: all divisions round down.
 *
 * @param shares issued, ≥ 0
 * @param vault what the fund holds, in its token's smallest unit, > 0
 */
public record DriftInsurance(BigInteger shares, BigInteger vault) {
    /** Checks both. */
    public DriftInsurance {
        if (vault.signum() <= 0) {
            throw new IllegalArgumentException("vault must be > 0; have " + vault);
        }
        if (shares.signum() < 0) {
            throw new IllegalArgumentException("totalShares must be >= 0; have " + shares);
        }
    }

    /** By which power of ten shares are divided once one of them is worth almost nothing: ⌊log₁₀⌊⌊shares/10⌋/vault⌋⌋, 0 below 10. */
    public int rebaseExponent() {
        BigInteger ratio = shares.divide(BigInteger.TEN).divide(vault);
        return ratio.compareTo(BigInteger.TEN) < 0 ? 0 : ratio.toString().length() - 1;
    }

    /** What a number of shares is worth. */
    public BigInteger amountFor(BigInteger held) {
        return vault.multiply(held).divide(shares);
    }

    /**
     * Shares that an unstaking request forfeits if the fund grew since: it is paid the value of the day of the request.
     *
     * @param requested shares, at most all of them
     * @param value of them when requested, below the vault
     * @return 0 if they are worth no more than then
     */
    public BigInteger sharesLost(BigInteger requested, BigInteger value) {
        if (shares.signum() == 0 || requested.signum() < 0 || requested.compareTo(shares) > 0) {
            throw new IllegalArgumentException("requestShares must be in 0 … " + shares + "; have " + requested);
        }
        if (amountFor(requested).compareTo(value) <= 0) {
            return BigInteger.ZERO;
        }
        BigInteger rest = vault.subtract(value);
        if (rest.signum() <= 0) {
            throw new IllegalArgumentException("requestValue must be below the vault " + vault + "; have " + value);
        }
        return requested.subtract(value.multiply(shares.subtract(requested)).divide(rest));
    }
}
