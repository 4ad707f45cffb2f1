package io.bulwark.netting.comparison;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.market.Market;
import java.math.BigDecimal;
import java.util.Optional;

/** What one lot is a contract on, as far as a method without a model needs it. All amounts in u, exact. */
public sealed interface ContractTerms {
    /** Value of what one lot follows. */
    BigDecimal notional();

    /**
     * What a long lot would pay if it were settled at once with the price moved.
     *
     * @param movePpm relative move, ppm
     */
    BigDecimal settled(long movePpm);

    /** A perpetual or future, settled and worth nothing at an unmoved price. */
    record Linear(BigDecimal notional) implements ContractTerms {
        @Override
        public BigDecimal settled(long movePpm) {
            return notional.multiply(BigDecimal.valueOf(movePpm, 6));
        }
    }

    /**
     * An option.
     *
     * @param right call or put
     * @param notional underlying in one lot at its price now
     * @param strike underlying in one lot at the strike
     */
    record Option(OptionRight right, BigDecimal notional, BigDecimal strike) implements ContractTerms {
        @Override
        public BigDecimal settled(long movePpm) {
            BigDecimal moved = notional.add(notional.multiply(BigDecimal.valueOf(movePpm, 6)));
            BigDecimal inside = moved.subtract(strike);
            return (right == OptionRight.CALL ? inside : inside.negate()).max(BigDecimal.ZERO);
        }
    }

    /** The terms of a listed instrument at a market's prices; empty where the price of the underlying is not known. */
    static Optional<ContractTerms> of(ListedInstrument listed, Market market) {
        return switch (listed.contract()) {
            case Instrument.Perpetual perpetual -> linear(listed, perpetual.inverse(), market);
            case Instrument.Future future -> linear(listed, future.inverse(), market);
            case Instrument.Option option ->
                market.groupPrice(listed.group())
                        .map(spot -> new Option(
                                option.right(),
                                units(spot.times(listed.lot())),
                                units(option.strike().times(listed.lot()))));
            case Instrument.Spot ignored -> Optional.empty();
            case Instrument.LendingClaim ignored -> Optional.empty();
            case Instrument.Debt ignored -> Optional.empty();
            case Instrument.VaultShare ignored -> Optional.empty();
            case Instrument.LiquidityShare ignored -> Optional.empty();
            case Instrument.Basket ignored -> Optional.empty();
        };
    }

    private static Optional<ContractTerms> linear(ListedInstrument listed, boolean inverse, Market market) {
        return market.instrumentPrice(listed.number())
                .map(price ->
                        new Linear(units(inverse ? listed.lot() : listed.lot().times(price))));
    }

    private static BigDecimal units(Amount usd) {
        return usd.toDecimal().multiply(BigDecimal.valueOf(Usd.UNITS));
    }
}
