package io.bulwark.adapter.morpho;

import com.esaulpaugh.headlong.abi.ABIType;
import com.esaulpaugh.headlong.abi.Address;
import com.esaulpaugh.headlong.abi.Tuple;
import com.esaulpaugh.headlong.abi.TypeFactory;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.Keccak256;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the contract says of one account at one block, in its own units.
 *
 * @param markets every configured market, by id
 */
record MorphoPayload(List<Market> markets) {
    private static final String NOBODY = "0x" + "0".repeat(40);
    private static final ABIType<Tuple> PARAMETERS = TypeFactory.create("(address,address,address,address,uint256)");

    MorphoPayload {
        markets = List.copyOf(markets);
    }

    /**
     * A market and the account's part in it, all in token units and shares.
     *
     * @param id the market's id
     * @param loanToken the token that is lent
     * @param collateralToken the token that secures it
     * @param stored its totals as stored, as old as its last accrual
     * @param expected its totals with interest to the block's time
     * @param supplyShares of the account
     * @param borrowShares of the account
     * @param collateral of the account, which earns nothing
     */
    record Market(
            String id,
            String loanToken,
            String collateralToken,
            Totals stored,
            Totals expected,
            BigInteger supplyShares,
            BigInteger borrowShares,
            BigInteger collateral) {
        /** What the account could withdraw if all of it were there. */
        BigInteger supplied() {
            return MorphoShares.assetsDown(supplyShares, expected.supplyAssets(), expected.supplyShares());
        }

        /** What the account owes. */
        BigInteger owed() {
            return MorphoShares.assetsUp(borrowShares, expected.borrowAssets(), expected.borrowShares());
        }

        /** Whether what is owed rests on the rate contract's word. */
        boolean restsOnRate() {
            return !stored.borrowAssets().equals(expected.borrowAssets());
        }
    }

    /**
     * Totals of a market.
     *
     * @param updated when interest was last accrued, seconds
     * @param fee the share of interest that the fee's recipient gets, 10⁻¹⁸
     */
    record Totals(
            BigInteger supplyAssets,
            BigInteger supplyShares,
            BigInteger borrowAssets,
            BigInteger borrowShares,
            long updated,
            BigInteger fee) {
        static Totals of(Tuple answer) {
            return new Totals(
                    answer.get(0),
                    answer.get(1),
                    answer.get(2),
                    answer.get(3),
                    answer.<BigInteger>get(4).longValueExact(),
                    answer.get(5));
        }

        /** With interest accrued, as {@code MorphoBalancesLib.expectedMarketBalances} does it. */
        Totals accrued(BigInteger rate, long seconds) {
            BigInteger interest = MorphoShares.interest(borrowAssets, rate, seconds);
            BigInteger supplied = supplyAssets.add(interest);
            BigInteger feeAmount = MorphoShares.wadDown(interest, fee);
            BigInteger feeShares = fee.signum() == 0
                    ? BigInteger.ZERO
                    : MorphoShares.sharesDown(feeAmount, supplied.subtract(feeAmount), supplyShares);
            return new Totals(
                    supplied,
                    supplyShares.add(feeShares),
                    borrowAssets.add(interest),
                    borrowShares,
                    updated + seconds,
                    fee);
        }
    }

    /** Reads an account's answers. */
    static MorphoPayload of(
            MorphoVenue.Configuration configuration, MorphoCalls calls, EvmAnswers answers, String user) {
        return new MorphoPayload(configuration.markets().keySet().stream()
                .map(id -> market(calls, answers, id, user))
                .toList());
    }

    /**
     * The question for a market's rate; empty where no interest can have run: nothing is borrowed, or the market has no rate contract.
     *
     * @throws PayloadRefused if the market's parameters do not hash to its id
     */
    static Optional<EvmCall> rate(MorphoCalls calls, EvmAnswers answers, String id) {
        Tuple parameters = answers.tuple(calls.parameters(id));
        requireId(answers, id, parameters);
        String rateContract = EvmCall.text(parameters.<Address>get(3));
        Tuple totals = answers.tuple(calls.totals(id));
        boolean idle = Totals.of(totals).borrowAssets().signum() == 0;
        return idle || rateContract.equals(NOBODY)
                ? Optional.empty()
                : Optional.of(calls.rate(rateContract, parameters, totals));
    }

    /** The question for the price by which a market liquidates the account; empty where the account owes nothing there. */
    static Optional<EvmCall> price(MorphoCalls calls, EvmAnswers answers, String id, String user) {
        Tuple position = answers.tuple(calls.position(id, user));
        return position.<BigInteger>get(1).signum() == 0
                ? Optional.empty()
                : Optional.of(MorphoCalls.price(
                        EvmCall.text(answers.tuple(calls.parameters(id)).<Address>get(2))));
    }

    private static void requireId(EvmAnswers answers, String id, Tuple parameters) {
        byte[] encoded = PARAMETERS.encode(parameters).array();
        String hash = "0x" + HexFormat.of().formatHex(Keccak256.of(encoded));
        if (!hash.equals(id)) {
            throw answers.refused("idToMarketParams of " + id, hash, "must hash to the market's id");
        }
    }

    private static Market market(MorphoCalls calls, EvmAnswers answers, String id, String user) {
        Totals stored = Totals.of(answers.tuple(calls.totals(id)));
        Tuple position = answers.tuple(calls.position(id, user));
        long seconds = answers.seconds() - stored.updated();
        if (seconds < 0) {
            throw answers.refused(
                    "lastUpdate of " + id, Long.toString(stored.updated()), "must not be after the block's time");
        }
        Totals expected = rate(calls, answers, id)
                .map(call -> stored.accrued(answers.number(call), seconds))
                .orElse(stored);
        Tuple parameters = answers.tuple(calls.parameters(id));
        return new Market(
                id,
                EvmCall.text(parameters.<Address>get(0)),
                EvmCall.text(parameters.<Address>get(1)),
                stored,
                expected,
                position.get(0),
                position.get(1),
                position.get(2));
    }
}
