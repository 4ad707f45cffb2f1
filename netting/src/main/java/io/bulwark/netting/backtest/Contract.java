package io.bulwark.netting.backtest;

import io.bulwark.clearing.instrument.Instrument.OptionRight;

/** What a book holds, relative to the price of its underlying at the beginning of a window: every window begins with fresh contracts. */
public sealed interface Contract {
    /** Index of the underlying in the history; −1 of dollars, which have none. */
    int asset();

    /** A perpetual: gains and losses in proportion to the price. */
    record Perpetual(int asset) implements Contract {}

    /** The underlying itself, held as collateral. */
    record Collateral(int asset) implements Contract {}

    /** A stable coin, held or owed: it never moves here. */
    record Dollars() implements Contract {
        @Override
        public int asset() {
            return -1;
        }
    }

    /**
     * A European option on one unit.
     *
     * @param strike over the price at the beginning, 1 is at the money
     * @param days to expiry at the beginning
     */
    record Option(int asset, OptionRight right, double strike, int days) implements Contract {
        /** Checks the ranges. */
        public Option {
            if (!(strike > 0) || days < 1) {
                throw new IllegalArgumentException(
                        "option must have strike > 0 and days >= 1; have " + strike + " and " + days);
            }
        }
    }
}
