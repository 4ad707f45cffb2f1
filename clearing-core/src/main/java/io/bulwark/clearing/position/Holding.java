package io.bulwark.clearing.position;

import io.bulwark.clearing.money.Amount;
import java.util.Objects;
import java.util.Optional;

/** One thing held or owed, at the venue's own scale, in the house's numbers. Signed quantity and unsigned price only. */
public sealed interface Holding {
    /** The quantity at the venue's own scale. */
    Amount quantity();

    /**
     * A derivative.
     *
     * @param instrument the instrument's number
     * @param quantity signed, in units of the underlying (contracts × contract size); long &gt; 0
     * @param settledPrice the price up to which gains are already paid (entry, or the last settlement); empty for options
     * @param accruedFunding funding accrued and not yet paid, signed, in the settlement asset; &gt; 0 is owed to the account
     */
    record Derivative(int instrument, Amount quantity, Optional<Amount> settledPrice, Amount accruedFunding)
            implements Holding {
        /** Checks presence. */
        public Derivative {
            Objects.requireNonNull(quantity, "quantity");
            Objects.requireNonNull(settledPrice, "settledPrice");
            Objects.requireNonNull(accruedFunding, "accruedFunding");
        }
    }

    /**
     * An asset held.
     *
     * @param asset the asset's number
     * @param quantity ≥ 0
     * @param claim in whose books and in whose name it stands, where those are public; empty where only the venue knows
     */
    record Collateral(int asset, Amount quantity, Optional<HeldClaim> claim) implements Holding {
        /** Checks the sign. */
        public Collateral {
            requireNotNegative("collateral", quantity);
            Objects.requireNonNull(claim, "claim");
        }

        /** In books that only the venue knows. */
        public Collateral(int asset, Amount quantity) {
            this(asset, quantity, Optional.empty());
        }
    }

    /**
     * An asset owed.
     *
     * @param asset the asset's number
     * @param quantity ≥ 0, after interest accrued to the horizon, rounded up where the venue rounds
     */
    record Debt(int asset, Amount quantity) implements Holding {
        /** Checks the sign. */
        public Debt {
            requireNotNegative("debt", quantity);
        }
    }

    /**
     * USD itself, as a balance of the house.
     *
     * @param quantity in USD, signed; &lt; 0 is owed
     */
    record Cash(Amount quantity) implements Holding {}

    private static void requireNotNegative(String field, Amount quantity) {
        if (quantity.signum() < 0) {
            throw new IllegalArgumentException(field + " must be >= 0; have " + quantity);
        }
    }
}
