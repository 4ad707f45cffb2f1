package io.bulwark.adapter.perp;

import com.esaulpaugh.headlong.abi.Function;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.perp.PerpVenue.Configuration.Contracts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The views of the exchange that are read, in one fixed order: client and payload both follow it, so that a replay finds every answer. */
final class PerpCalls {
    /** Over how many seconds the vault averages the price of collateral. */
    private static final BigInteger COLLATERAL_INTERVAL = BigInteger.valueOf(900);

    private static final Function SETTLEMENT_TOKEN = Function.parse("getSettlementToken()", "(address)");
    private static final Function DECIMALS = Function.parse("decimals()", "(uint8)");
    private static final Function COLLATERAL_TOKENS = Function.parse("getCollateralTokens(address)", "(address[])");
    private static final Function BALANCE = Function.parse("getBalanceByToken(address,address)", "(int256)");
    private static final Function ACCOUNT_VALUE = Function.parse("getAccountValue(address)", "(int256)");
    private static final Function REQUIREMENT =
            Function.parse("getMarginRequirementForLiquidation(address)", "(int256)");
    private static final Function BASE_TOKENS = Function.parse("getBaseTokens(address)", "(address[])");
    private static final Function PNL = Function.parse("getPnlAndPendingFee(address)", "(int256,int256,uint256)");
    private static final Function SIZE = Function.parse("getTotalPositionSize(address,address)", "(int256)");
    private static final Function TAKER_NOTIONAL = Function.parse("getTakerOpenNotional(address,address)", "(int256)");
    private static final Function NOTIONAL = Function.parse("getTotalOpenNotional(address,address)", "(int256)");
    private static final Function VALUE = Function.parse("getTotalPositionValue(address,address)", "(int256)");
    private static final Function MARK = Function.parse("getMarkPrice(address)", "(uint256)");
    private static final Function FUNDING = Function.parse("getPendingFundingPayment(address,address)", "(int256)");
    private static final Function ALL_FUNDING = Function.parse("getAllPendingFundingPayment(address)", "(int256)");
    private static final Function ORDERS = Function.parse("getOpenOrderIds(address,address)", "(bytes32[])");
    private static final Function OPEN = Function.parse("isOpen()", "(bool)");
    private static final Function INDEX = Function.parse("getIndexPrice(uint256)", "(uint256)");
    private static final Function COLLATERAL_PRICE = Function.parse("getPrice(address,uint256)", "(uint256)");
    private static final Function COLLATERAL_PRICE_DECIMALS =
            Function.parse("getPriceFeedDecimals(address)", "(uint8)");
    private static final Function COLLATERAL_RULE =
            Function.parse("getCollateralConfig(address)", "((address,uint24,uint24,uint256))");

    private final Contracts contracts;

    PerpCalls(PerpVenue.Configuration configuration) {
        this.contracts = configuration.contracts();
    }

    EvmCall settlementToken() {
        return EvmCall.of(contracts.vault(), SETTLEMENT_TOKEN);
    }

    EvmCall settlementDecimals() {
        return EvmCall.of(contracts.vault(), DECIMALS);
    }

    EvmCall collateralTokens(String user) {
        return EvmCall.of(contracts.vault(), COLLATERAL_TOKENS, user);
    }

    EvmCall accountValue(String user) {
        return EvmCall.of(contracts.vault(), ACCOUNT_VALUE, user);
    }

    /** What the account must be worth so that nobody may liquidate it, 18 places. */
    EvmCall requirement(String user) {
        return EvmCall.of(contracts.accountBalance(), REQUIREMENT, user);
    }

    EvmCall baseTokens(String user) {
        return EvmCall.of(contracts.accountBalance(), BASE_TOKENS, user);
    }

    /** Gains owed, gains not realised, fees not collected. */
    EvmCall gains(String user) {
        return EvmCall.of(contracts.accountBalance(), PNL, user);
    }

    EvmCall allFunding(String user) {
        return EvmCall.of(contracts.exchange(), ALL_FUNDING, user);
    }

    EvmCall balance(String user, String token) {
        return EvmCall.of(contracts.vault(), BALANCE, user, token);
    }

    EvmCall size(String user, String base) {
        return EvmCall.of(contracts.accountBalance(), SIZE, user, base);
    }

    EvmCall takerNotional(String user, String base) {
        return EvmCall.of(contracts.accountBalance(), TAKER_NOTIONAL, user, base);
    }

    EvmCall notional(String user, String base) {
        return EvmCall.of(contracts.accountBalance(), NOTIONAL, user, base);
    }

    EvmCall value(String user, String base) {
        return EvmCall.of(contracts.accountBalance(), VALUE, user, base);
    }

    EvmCall funding(String user, String base) {
        return EvmCall.of(contracts.exchange(), FUNDING, user, base);
    }

    EvmCall orders(String user, String base) {
        return EvmCall.of(contracts.orderBook(), ORDERS, user, base);
    }

    EvmCall mark(String base) {
        return EvmCall.of(contracts.accountBalance(), MARK, base);
    }

    EvmCall open(String base) {
        return EvmCall.of(base, OPEN);
    }

    EvmCall index(String base) {
        return EvmCall.ofValues(base, INDEX, BigInteger.ZERO);
    }

    EvmCall tokenDecimals(String token) {
        return EvmCall.of(token, DECIMALS);
    }

    EvmCall collateralPrice(String token) {
        return EvmCall.ofValues(
                contracts.collateralManager(), COLLATERAL_PRICE, EvmCall.address(token), COLLATERAL_INTERVAL);
    }

    EvmCall collateralPriceDecimals(String token) {
        return EvmCall.of(contracts.collateralManager(), COLLATERAL_PRICE_DECIMALS, token);
    }

    /** Feed, share of the value that counts (ppm), discount, cap. */
    EvmCall collateralRule(String token) {
        return EvmCall.of(contracts.collateralManager(), COLLATERAL_RULE, token);
    }

    /** First of an account: what it has, and what the venue says that it is worth. */
    List<EvmCall> accountOpening(String user) {
        return List.of(
                settlementToken(),
                settlementDecimals(),
                collateralTokens(user),
                baseTokens(user),
                gains(user),
                allFunding(user),
                accountValue(user),
                requirement(user));
    }

    /** Then: its balances, its positions, and what the venue counts them at. */
    List<EvmCall> account(String user, String settlement, List<String> tokens, List<String> bases) {
        List<EvmCall> calls = new ArrayList<>(List.of(balance(user, settlement)));
        for (String token : tokens) {
            calls.addAll(List.of(
                    balance(user, token),
                    tokenDecimals(token),
                    collateralPrice(token),
                    collateralPriceDecimals(token),
                    collateralRule(token)));
        }
        for (String base : bases) {
            calls.addAll(List.of(
                    open(base),
                    mark(base),
                    orders(user, base),
                    size(user, base),
                    takerNotional(user, base),
                    notional(user, base),
                    value(user, base),
                    funding(user, base)));
        }
        return calls;
    }

    /** Of the market: index and mark of every market. */
    List<EvmCall> market(Iterable<String> bases) {
        List<EvmCall> calls = new ArrayList<>();
        for (String base : bases) {
            calls.addAll(List.of(open(base), index(base), mark(base)));
        }
        return calls;
    }
}
