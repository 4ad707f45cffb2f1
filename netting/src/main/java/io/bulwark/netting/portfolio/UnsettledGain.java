package io.bulwark.netting.portfolio;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Holding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a perpetual or future has gained since the venue settled it last, as an exact quotient in units of its settlement
 * asset: from entry or the last settlement price to the table's price, plus accrued funding.
 *
 * @param settlement name of the settlement asset
 * @param numerator of the gain, signed
 * @param denominator of the gain, &gt; 0
 */
record UnsettledGain(String settlement, BigDecimal numerator, BigDecimal denominator) {
    /** The gain of a derivative at the table's price; empty for an option, whose mark is in the table. */
    static Optional<UnsettledGain> of(Holding.Derivative holding, Instrument contract, Amount price) {
        return switch (contract) {
            case Instrument.Perpetual p -> Optional.of(of(holding, p.settlement(), p.inverse(), price));
            case Instrument.Future f -> Optional.of(of(holding, f.settlement(), f.inverse(), price));
            case Instrument.Option ignored -> Optional.empty();
            case Instrument.Spot ignored -> Optional.empty();
            case Instrument.LendingClaim ignored -> Optional.empty();
            case Instrument.Debt ignored -> Optional.empty();
            case Instrument.VaultShare ignored -> Optional.empty();
            case Instrument.LiquidityShare ignored -> Optional.empty();
            case Instrument.Basket ignored -> Optional.empty();
        };
    }

    private static UnsettledGain of(Holding.Derivative holding, String settlement, boolean inverse, Amount price) {
        BigDecimal now = price.toDecimal();
        BigDecimal before = holding.settledPrice().map(Amount::toDecimal).orElse(now);
        BigDecimal moved = holding.quantity().toDecimal().multiply(now.subtract(before));
        // An inverse contract of N dollars gains N(1/before − 1/now) coins.
        BigDecimal denominator = inverse ? before.multiply(now) : BigDecimal.ONE;
        if (denominator.signum() <= 0) {
            throw new IllegalArgumentException("settledPrice must be > 0; have " + before.toPlainString());
        }
        BigDecimal funding = holding.accruedFunding().toDecimal().multiply(denominator);
        return new UnsettledGain(settlement, moved.add(funding), denominator);
    }

    int signum() {
        return numerator.signum();
    }

    /** The size of the gain or loss in whole lots: a gain down, a loss up. */
    BigDecimal lots(Amount lot) {
        RoundingMode mode = signum() > 0 ? RoundingMode.DOWN : RoundingMode.UP;
        return numerator.abs().divide(denominator.multiply(lot.toDecimal()), 0, mode);
    }

    /** The gain rounded down at eighteen places, for people. */
    Amount shown() {
        return Amount.of(numerator.divide(denominator, 18, RoundingMode.FLOOR));
    }
}
