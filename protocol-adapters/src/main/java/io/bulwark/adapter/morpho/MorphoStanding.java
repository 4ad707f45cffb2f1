package io.bulwark.adapter.morpho;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.morpho.MorphoPayload.Market;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigInteger;
import java.util.Optional;

/**
 * How far an account is from liquidation in one market, as the contract counts it ({@code Morpho._isHealthy}), in units of the loan token.
 *
 * @param collateral ⌊collateral · price⌋
 * @param borrowable ⌊collateral · price · LLTV⌋: what may be owed before anybody may liquidate
 * @param owed with interest to the block's time, rounded up
 * @param weight the share of its price at which the market counts the collateral, ppm, rounded up: more of it moves with the price
 */
record MorphoStanding(BigInteger collateral, BigInteger borrowable, BigInteger owed, int weight) {
    private static final BigInteger PRICE_UNIT = BigInteger.TEN.pow(36);
    private static final BigInteger WAD = BigInteger.TEN.pow(18);
    private static final BigInteger WAD_OF_PPM = BigInteger.TEN.pow(12);

    /** Of a market in which something is owed; empty where the snapshot does not say what its oracle says. */
    static Optional<MorphoStanding> of(MorphoCalls calls, EvmAnswers answers, Market market, String user) {
        return MorphoPayload.price(calls, answers, market.id(), user)
                .filter(answers::asked)
                .map(price -> of(calls, answers, market, price));
    }

    private static MorphoStanding of(MorphoCalls calls, EvmAnswers answers, Market market, EvmCall price) {
        Tuple parameters = answers.tuple(calls.parameters(market.id()));
        BigInteger lltv = parameters.get(4);
        BigInteger collateral =
                market.collateral().multiply(answers.number(price)).divide(PRICE_UNIT);
        return new MorphoStanding(
                collateral,
                collateral.multiply(lltv).divide(WAD),
                market.owed(),
                Rounding.cdiv(lltv, WAD_OF_PPM).intValueExact());
    }

    /** Equity is collateral less debt; what is required of it is the part of the collateral against which nothing may be owed. */
    VenueStanding.Told told(String loan, int decimals) {
        return new VenueStanding.Told(
                loan,
                new Amount(collateral.subtract(owed), decimals),
                new Amount(collateral.subtract(borrowable), decimals));
    }
}
