package io.bulwark.adapter.perp;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAnswers;
import java.math.BigInteger;
import java.util.List;

/**
 * What the exchange says of one account at one block. Numbers without a unit of their own have 18 places; balance and account value those of the settlement token.
 *
 * @param settlement the settlement token
 * @param decimals its places
 * @param balance what of it lies in the vault, signed: a loss that was realised can make it negative
 * @param owedGains realised and not yet booked to the balance, signed
 * @param unrealised Σ (position value + open notional), signed
 * @param pendingFees of liquidity, not collected
 * @param pendingFunding over all markets; &gt; 0 is owed by the account
 * @param accountValue as the vault states it
 * @param collateral other tokens in the vault
 * @param positions by market
 */
record PerpPayload(
        String settlement,
        int decimals,
        BigInteger balance,
        BigInteger owedGains,
        BigInteger unrealised,
        BigInteger pendingFees,
        BigInteger pendingFunding,
        BigInteger accountValue,
        List<Collateral> collateral,
        List<Position> positions) {
    private static final int DECIMALS_MAX = 18;

    PerpPayload {
        collateral = List.copyOf(collateral);
        positions = List.copyOf(positions);
        if (decimals > DECIMALS_MAX) {
            throw new PayloadRefused(PerpVenue.KIND, "decimals", Integer.toString(decimals), "must be 18 at most");
        }
    }

    /**
     * A token in the vault.
     *
     * @param token its address
     * @param balance in the token's units
     * @param decimals its places
     * @param price time-weighted, in the settlement token, with {@code priceDecimals} places
     * @param priceDecimals of the price
     * @param ratio the share of its value that the venue counts, ppm
     */
    record Collateral(
            String token, BigInteger balance, int decimals, BigInteger price, int priceDecimals, BigInteger ratio) {}

    /**
     * A position.
     *
     * @param base the market's virtual base token
     * @param open whether the market trades
     * @param mark the venue's mark price
     * @param orders how many ranges of liquidity the account has there
     * @param size of the base, signed
     * @param takerNotional what was paid (&lt; 0) or received for what was traded
     * @param notional the same with liquidity
     * @param value as the venue states it, signed
     * @param pendingFunding &gt; 0 is owed by the account
     */
    record Position(
            String base,
            boolean open,
            BigInteger mark,
            int orders,
            BigInteger size,
            BigInteger takerNotional,
            BigInteger notional,
            BigInteger value,
            BigInteger pendingFunding) {}

    /** Reads an account's answers. */
    static PerpPayload of(PerpCalls calls, EvmAnswers answers, String user) {
        String settlement = answers.address(calls.settlementToken());
        Tuple gains = answers.tuple(calls.gains(user));
        return new PerpPayload(
                settlement,
                answers.small(calls.settlementDecimals()),
                answers.number(calls.balance(user, settlement)),
                gains.get(0),
                gains.get(1),
                gains.get(2),
                answers.number(calls.allFunding(user)),
                answers.number(calls.accountValue(user)),
                answers.addresses(calls.collateralTokens(user)).stream()
                        .map(token -> collateral(calls, answers, user, token))
                        .toList(),
                answers.addresses(calls.baseTokens(user)).stream()
                        .map(base -> position(calls, answers, user, base))
                        .toList());
    }

    private static Collateral collateral(PerpCalls calls, EvmAnswers answers, String user, String token) {
        Tuple rule = answers.tuple(calls.collateralRule(token)).get(0);
        return new Collateral(
                token,
                answers.number(calls.balance(user, token)),
                answers.small(calls.tokenDecimals(token)),
                answers.number(calls.collateralPrice(token)),
                answers.small(calls.collateralPriceDecimals(token)),
                BigInteger.valueOf(rule.<Integer>get(1)));
    }

    private static Position position(PerpCalls calls, EvmAnswers answers, String user, String base) {
        Object[] orders = answers.tuple(calls.orders(user, base)).get(0);
        return new Position(
                base,
                answers.flag(calls.open(base)),
                answers.number(calls.mark(base)),
                orders.length,
                answers.number(calls.size(user, base)),
                answers.number(calls.takerNotional(user, base)),
                answers.number(calls.notional(user, base)),
                answers.number(calls.value(user, base)),
                answers.number(calls.funding(user, base)));
    }
}
