package io.bulwark.clearing.instrument;

import io.bulwark.clearing.money.Amount;
import java.util.List;

/** What a holding is a holding of, in the field's terms. Underlyings and settlement assets are named by their listed names. */
public sealed interface Instrument {
    /** The assets that it is a claim on, and that it falls with; none for what is owed, and for what only follows a price. */
    default List<String> claims() {
        return switch (this) {
            case Spot spot -> List.of(spot.asset());
            case LendingClaim claim -> List.of(claim.asset());
            case VaultShare share -> List.of(share.asset());
            case LiquidityShare share -> List.of(share.first(), share.second());
            case Debt _, Basket _, Perpetual _, Future _, Option _ -> List.of();
        };
    }

    /** The asset itself. */
    record Spot(String asset) implements Instrument {}

    /**
     * A perpetual future, settled continuously.
     *
     * @param underlying the risk group whose price it follows
     * @param settlement the asset in which gains are paid
     * @param inverse whether it is quoted in USD contracts and settled in the coin
     */
    record Perpetual(String underlying, String settlement, boolean inverse) implements Instrument {}

    /**
     * A dated future.
     *
     * @param expiryMillis the last settlement, UTC epoch milliseconds
     */
    record Future(String underlying, String settlement, boolean inverse, long expiryMillis) implements Instrument {}

    /**
     * An option on the underlying's price.
     *
     * @param strike in USD per unit of the underlying, &gt; 0
     * @param expiryMillis UTC epoch milliseconds
     * @param exercise when the right may be used
     */
    record Option(
            String underlying,
            String settlement,
            OptionRight right,
            Amount strike,
            long expiryMillis,
            Exercise exercise)
            implements Instrument {
        /** Checks the strike. */
        public Option {
            if (strike.signum() <= 0) {
                throw new IllegalArgumentException("strike must be > 0; have " + strike);
            }
        }

        /** A European option. */
        public Option(String underlying, String settlement, OptionRight right, Amount strike, long expiryMillis) {
            this(underlying, settlement, right, strike, expiryMillis, Exercise.EUROPEAN);
        }
    }

    /** A claim on a lending pool for an asset supplied to it, such as an aToken. */
    record LendingClaim(String asset) implements Instrument {}

    /** An asset owed. */
    record Debt(String asset) implements Instrument {}

    /** A share of a vault over one asset. */
    record VaultShare(String asset) implements Instrument {}

    /** A share of a liquidity pool over two assets. */
    record LiquidityShare(String first, String second) implements Instrument {}

    /** A fixed composition of assets. */
    record Basket(List<Component> components) implements Instrument {
        /** Copies the components. */
        public Basket {
            components = List.copyOf(components);
        }
    }

    /** So much of one asset in one unit of a basket. */
    record Component(String asset, Amount quantity) {}

    /** Call or put. */
    enum OptionRight {
        CALL,
        PUT
    }

    /** At expiry only, or at any time until then. */
    enum Exercise {
        EUROPEAN,
        AMERICAN
    }
}
