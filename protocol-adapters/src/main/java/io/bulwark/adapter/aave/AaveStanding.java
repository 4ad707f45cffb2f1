package io.bulwark.adapter.aave;

import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigInteger;

/**
 * How far an account is from liquidation, as the pool counts it, in its reference currency of eight places, which is the US dollar since
 * its third generation. Outside an
 * efficiency mode it follows from the proved words; in one the pool counts by the mode's own threshold, of which it tells the average
 * alone.
 *
 * @param collateral Σ of supplies that secure, at the pool's price, 10⁻⁸ USD
 * @param secured Σ ⌊supply · threshold⌋: what may be owed before the pool acts
 * @param debt Σ of what is owed, rounded as the pool does
 */
record AaveStanding(BigInteger collateral, BigInteger secured, BigInteger debt) {
    private static final int PLACES = 8;
    private static final BigInteger BASIS_POINTS = BigInteger.valueOf(10_000);
    private static final int PPM_OF_BASIS_POINT = 100;
    private static final BigInteger WAD = BigInteger.TEN.pow(18);

    static AaveStanding of(AavePayload payload) {
        if (payload.eMode() != 0) {
            BigInteger secured =
                    payload.collateralBase().multiply(payload.threshold()).divide(BASIS_POINTS);
            return new AaveStanding(payload.collateralBase(), secured, payload.debtBase());
        }
        BigInteger collateral = BigInteger.ZERO;
        BigInteger secured = BigInteger.ZERO;
        for (AavePayload.Reserve reserve : payload.reserves()) {
            BigInteger value = value(payload, reserve);
            collateral = collateral.add(value);
            secured = secured.add(
                    value.multiply(BigInteger.valueOf(reserve.threshold())).divide(BASIS_POINTS));
        }
        // The sum of the debts has been held to the pool's own words (requireStatedTotals).
        return new AaveStanding(collateral, secured, payload.debtBase());
    }

    /** What a supply that secures is worth at the pool's price; 0 of one that does not. */
    private static BigInteger value(AavePayload payload, AavePayload.Reserve reserve) {
        if (!reserve.collateral() || reserve.threshold() == 0) {
            return BigInteger.ZERO;
        }
        return payload.generation()
                .supply(reserve.scaledSupply(), reserve.income())
                .multiply(reserve.price())
                .divide(BigInteger.TEN.pow(reserve.decimals()));
    }

    /** The share of its price at which the pool counts a supply, ppm. */
    static int weight(AavePayload payload, AavePayload.Reserve reserve) {
        if (!reserve.collateral() || reserve.threshold() == 0) {
            return 0;
        }
        long basisPoints = payload.eMode() == 0
                ? reserve.threshold()
                : payload.threshold().min(BASIS_POINTS).longValueExact();
        return Math.toIntExact(basisPoints * PPM_OF_BASIS_POINT);
    }

    /** Equity is supply less debt; what is required of it is the part of the supply that secures nothing. */
    VenueStanding said() {
        return VenueStanding.of(new VenueStanding.Told(
                VenueStanding.USD, dollars(collateral.subtract(debt)), dollars(collateral.subtract(secured))));
    }

    /**
     * The pool tells the average threshold and the health that it acts by; both must follow from what was read. Outside an efficiency
     * mode the average is the sum by parts,
     * cut to a basis point. Health is rounded by each generation in its own way, and by the average that is cut: it must agree within a
     * basis point of the collateral.
     */
    void requireStated(EvmAnswers answers, AavePayload payload) {
        if (secured.compareTo(collateral) > 0) {
            throw answers.refused(
                    "currentLiquidationThreshold",
                    payload.threshold().toString(),
                    "must be at most " + BASIS_POINTS + ": no more may be owed than is held");
        }
        if (payload.eMode() == 0 && collateral.signum() > 0) {
            BigInteger weighted = BigInteger.ZERO;
            for (AavePayload.Reserve reserve : payload.reserves()) {
                weighted = weighted.add(value(payload, reserve).multiply(BigInteger.valueOf(reserve.threshold())));
            }
            answers.requireStated("currentLiquidationThreshold", payload.threshold(), weighted.divide(collateral));
        }
        if (debt.signum() > 0) {
            BigInteger off = payload.health()
                    .multiply(debt)
                    .divide(WAD)
                    .subtract(secured)
                    .abs();
            if (off.compareTo(collateral.divide(BASIS_POINTS).add(BigInteger.TWO)) > 0) {
                throw answers.refused(
                        "healthFactor",
                        payload.health().toString(),
                        "must be collateral at its thresholds over debt: " + secured + " over " + debt);
            }
        }
    }

    private static Amount dollars(BigInteger base) {
        return new Amount(base, PLACES);
    }
}
