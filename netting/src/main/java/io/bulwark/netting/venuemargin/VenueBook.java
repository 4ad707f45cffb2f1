package io.bulwark.netting.venuemargin;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.List;

/**
 * What an account holds, in the units that venues margin: units of an underlying and USD, at the prices that the risk table was built from.
 *
 * @param underlyings per risk group with a holding, by number
 * @param leftOut what no venue's rule is applied to, one sentence each
 */
public record VenueBook(List<Underlying> underlyings, List<String> leftOut) {
    /** Copies the lists. */
    public VenueBook {
        underlyings = List.copyOf(underlyings);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * The holdings of an account. Paid-up lots count like margined ones: a venue knows no sleeve. Collateral of a group counts as units of its underlying; cash, stable
     * collateral and debts are equity and have no requirement of their own here.
     *
     * @throws IllegalArgumentException if the table's builder does not state contracts and prices, or the account holds what the table does not list
     */
    public static VenueBook of(RiskTable table, MarginAccount account) {
        return new ContractReader(table).book(account);
    }

    /**
     * What is held of one underlying.
     *
     * @param name of the risk group, such as BTC
     * @param spot USD, &gt; 0
     * @param linear perpetuals and futures
     * @param options options
     * @param base units of the underlying held as collateral, ≥ 0
     */
    public record Underlying(
            String name, double spot, List<LinearHolding> linear, List<OptionHolding> options, double base) {
        /** Copies the lists. */
        public Underlying {
            linear = List.copyOf(linear);
            options = List.copyOf(options);
        }
    }

    /**
     * A perpetual or future.
     *
     * @param id the listed name
     * @param size units of the underlying at the mark, short below 0
     * @param mark USD, &gt; 0
     * @param years to expiry, 0 for a perpetual
     */
    public record LinearHolding(String id, double size, double mark, double years) {}

    /**
     * An option.
     *
     * @param id the listed name
     * @param right call or put
     * @param strike USD
     * @param size units of the underlying, short below 0
     * @param forward of its expiry, USD
     * @param volatility implied volatility, a fraction a year
     * @param years to expiry
     */
    public record OptionHolding(
            String id,
            OptionRight right,
            double strike,
            double size,
            double forward,
            double volatility,
            double years) {}
}
