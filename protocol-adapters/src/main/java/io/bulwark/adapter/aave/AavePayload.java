package io.bulwark.adapter.aave;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.aave.AaveCalls.ReserveTokens;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import java.math.BigInteger;
import java.util.List;

/**
 * What the protocol says of one account at one block, in its own units: rays for indexes, token units for balances, the oracle's unit for prices.
 *
 * @param generation which rounding and storage the pool has
 * @param reserves every reserve of the pool, in the pool's order
 * @param eMode the account's efficiency mode, 0 for none
 * @param collateralBase the account's collateral as the pool states it, in the oracle's unit
 * @param debtBase its debt as the pool states it
 * @param threshold the average share of its collateral up to which it may owe, basis points, cut; in an efficiency mode by that mode's
 *     threshold
 * @param health collateral · threshold / debt as the pool states it, 10⁻¹⁸; 2²⁵⁶ − 1 without debt
 */
record AavePayload(
        AaveGeneration generation,
        List<Reserve> reserves,
        long eMode,
        BigInteger collateralBase,
        BigInteger debtBase,
        BigInteger threshold,
        BigInteger health) {
    AavePayload {
        reserves = List.copyOf(reserves);
    }

    /**
     * A reserve and the account's part in it.
     *
     * @param address of the underlying token
     * @param tokens its supply and debt tokens
     * @param configuration the reserve's configuration word: decimals, threshold and more in fixed bits
     * @param income index of supply at the block, ray
     * @param debtIndex index of variable debt at the block, ray
     * @param price in the oracle's unit
     * @param scaledSupply the account's supply at index one, token units
     * @param scaledDebt the account's variable debt at index one, token units
     * @param stableDebt the account's stable debt, token units
     * @param available what could be paid out at once, token units: collateral is worth no more than that in a hurry
     * @param deficit what the reserve lost and nobody owes, token units; 0 in generations where the account goes on owing it
     * @param collateral whether the account uses its supply as collateral
     */
    record Reserve(
            String address,
            ReserveTokens tokens,
            BigInteger configuration,
            BigInteger income,
            BigInteger debtIndex,
            BigInteger price,
            BigInteger scaledSupply,
            BigInteger scaledDebt,
            BigInteger stableDebt,
            BigInteger available,
            BigInteger deficit,
            boolean collateral) {
        /** Places of the underlying token. */
        int decimals() {
            return field(configuration, 48, 8);
        }

        /** The liquidation threshold in basis points; 0 means that it never counts as collateral. */
        long threshold() {
            return field(configuration, 16, 16);
        }
    }

    /** Reads an account's answers. */
    static AavePayload of(AaveCalls calls, EvmAnswers answers, String user) {
        AaveGeneration generation = generation(calls, answers);
        List<String> addresses = answers.addresses(calls.reserves());
        BigInteger configuration = answers.number(calls.userConfiguration(user));
        Tuple totals = answers.tuple(calls.userTotals(user));
        return new AavePayload(
                generation,
                addresses.stream()
                        .map(a -> reserve(generation, calls, answers, a, user, configuration))
                        .toList(),
                eMode(calls, answers, user),
                totals.get(0),
                totals.get(1),
                totals.get(3),
                totals.get(5));
    }

    /** The tokens of a reserve. */
    static ReserveTokens tokens(AaveCalls calls, EvmAnswers answers, String reserve) {
        Tuple state = answers.tuple(calls.reserve(reserve));
        return new ReserveTokens(EvmCall.text(state.get(8)), EvmCall.text(state.get(9)), EvmCall.text(state.get(10)));
    }

    /**
     * The pool's generation.
     *
     * @throws PayloadRefused if its layout is not known
     */
    static AaveGeneration generation(AaveCalls calls, EvmAnswers answers) {
        return AaveGeneration.of(answers.number(calls.revision()));
    }

    private static long eMode(AaveCalls calls, EvmAnswers answers, String user) {
        BigInteger category = answers.number(calls.userEMode(user));
        if (category.bitLength() > 8) {
            throw answers.refused("getUserEMode", category.toString(), "must be a category up to 255");
        }
        return category.longValue();
    }

    private static Reserve reserve(
            AaveGeneration generation,
            AaveCalls calls,
            EvmAnswers answers,
            String address,
            String user,
            BigInteger configuration) {
        Tuple state = answers.tuple(calls.reserve(address));
        BigInteger bits = state.get(0);
        int id = state.<Integer>get(7);
        ReserveTokens tokens = tokens(calls, answers, address);
        return new Reserve(
                address,
                tokens,
                bits,
                answers.number(calls.income(address)),
                answers.number(calls.debt(address)),
                answers.number(calls.price(address)),
                answers.number(calls.scaledBalance(tokens.supply(), user)),
                answers.number(calls.scaledBalance(tokens.variableDebt(), user)),
                tokens.hasStableDebt() ? answers.number(calls.balance(tokens.stableDebt(), user)) : BigInteger.ZERO,
                answers.number(calls.available(generation, address, tokens)),
                generation.countsDeficit() ? answers.number(calls.deficit(address)) : BigInteger.ZERO,
                configuration.testBit(2 * id + 1));
    }

    /** A field of the reserve's configuration word: threshold at bit 16 of 16, decimals at bit 48 of 8. */
    private static int field(BigInteger bits, int from, int length) {
        return bits.shiftRight(from).mod(BigInteger.TWO.pow(length)).intValueExact();
    }
}
