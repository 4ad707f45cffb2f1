package io.bulwark.adapter.aave;

import com.esaulpaugh.headlong.abi.Function;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.StorageProof;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The views of the protocol that are read, in one fixed order: client and payload both follow it, so that a replay finds every answer. */
final class AaveCalls {
    /** Where the pool keeps the revision that it was last initialised at. */
    static final BigInteger REVISION_SLOT = BigInteger.ZERO;

    /** Where the pool keeps its map of reserves. */
    private static final int RESERVES_SLOT = 52;

    /** Where its supply tokens keep their map of balances. */
    private static final int SUPPLY_SLOT = 52;

    /** Where its debt tokens keep theirs, behind nonces, domain, allowances and underlying. */
    private static final int DEBT_SLOT = 56;

    private static final Function REVISION = Function.parse("POOL_REVISION()", "(uint256)");
    private static final Function RESERVES = Function.parse("getReservesList()", "(address[])");
    private static final Function RESERVE = Function.parse(
            "getReserveData(address)",
            "(uint256,uint128,uint128,uint128,uint128,uint128,uint40,uint16,address,address,address,address,uint128,uint128,uint128)");
    private static final Function INCOME = uint("getReserveNormalizedIncome(address)");
    private static final Function DEBT = uint("getReserveNormalizedVariableDebt(address)");
    private static final Function USER_CONFIGURATION = uint("getUserConfiguration(address)");
    private static final Function USER_EMODE = uint("getUserEMode(address)");
    private static final Function USER_TOTALS =
            Function.parse("getUserAccountData(address)", "(uint256,uint256,uint256,uint256,uint256,uint256)");
    private static final Function PRICE = uint("getAssetPrice(address)");
    private static final Function PRICE_UNIT = Function.parse("BASE_CURRENCY_UNIT()", "(uint256)");
    private static final Function SCALED_BALANCE = uint("scaledBalanceOf(address)");
    private static final Function BALANCE = uint("balanceOf(address)");
    private static final Function VIRTUAL_BALANCE = uint("getVirtualUnderlyingBalance(address)");
    private static final Function DEFICIT = uint("getReserveDeficit(address)");

    private final String pool;
    private final String oracle;

    AaveCalls(AaveVenue.Configuration configuration) {
        this.pool = configuration.pool();
        this.oracle = configuration.oracle();
    }

    EvmCall revision() {
        return EvmCall.of(pool, REVISION);
    }

    EvmCall reserves() {
        return EvmCall.of(pool, RESERVES);
    }

    EvmCall priceUnit() {
        return EvmCall.of(oracle, PRICE_UNIT);
    }

    EvmCall price(String reserve) {
        return EvmCall.of(oracle, PRICE, reserve);
    }

    EvmCall reserve(String reserve) {
        return EvmCall.of(pool, RESERVE, reserve);
    }

    EvmCall income(String reserve) {
        return EvmCall.of(pool, INCOME, reserve);
    }

    EvmCall debt(String reserve) {
        return EvmCall.of(pool, DEBT, reserve);
    }

    EvmCall userConfiguration(String user) {
        return EvmCall.of(pool, USER_CONFIGURATION, user);
    }

    EvmCall userEMode(String user) {
        return EvmCall.of(pool, USER_EMODE, user);
    }

    EvmCall userTotals(String user) {
        return EvmCall.of(pool, USER_TOTALS, user);
    }

    EvmCall scaledBalance(String token, String user) {
        return EvmCall.of(token, SCALED_BALANCE, user);
    }

    EvmCall balance(String token, String user) {
        return EvmCall.of(token, BALANCE, user);
    }

    /** What of a reserve could be paid out at once. */
    EvmCall available(AaveGeneration generation, String reserve, ReserveTokens tokens) {
        return generation.countsDeficit()
                ? EvmCall.of(pool, VIRTUAL_BALANCE, reserve)
                : balance(reserve, tokens.supply());
    }

    /** What of a reserve was lost and is owed by nobody. */
    EvmCall deficit(String reserve) {
        return EvmCall.of(pool, DEFICIT, reserve);
    }

    /** First of an account: which layout, what reserves. */
    List<EvmCall> accountOpening() {
        return List.of(revision(), reserves());
    }

    /** First of the market: what reserves, in what unit they are priced. */
    List<EvmCall> marketOpening() {
        return List.of(reserves(), priceUnit());
    }

    /** Of the market: every reserve's price. */
    List<EvmCall> market(List<String> reserves) {
        return reserves.stream().map(this::price).toList();
    }

    /** Of an account: every reserve's state and the account's own words. */
    List<EvmCall> states(List<String> reserves, String user) {
        List<EvmCall> calls = new ArrayList<>();
        for (String reserve : reserves) {
            calls.addAll(List.of(reserve(reserve), income(reserve), debt(reserve), price(reserve)));
        }
        calls.addAll(List.of(userConfiguration(user), userEMode(user), userTotals(user)));
        return calls;
    }

    /** Of an account: its balances, and what of each reserve could be paid out at once and was lost. */
    List<EvmCall> balances(AaveGeneration generation, String reserve, ReserveTokens tokens, String user) {
        List<EvmCall> calls = new ArrayList<>(List.of(
                scaledBalance(tokens.supply(), user),
                scaledBalance(tokens.variableDebt(), user),
                available(generation, reserve, tokens)));
        if (generation.countsDeficit()) {
            calls.add(deficit(reserve));
        }
        if (tokens.hasStableDebt()) {
            calls.add(balance(tokens.stableDebt(), user));
        }
        return calls;
    }

    /** The words of the pool behind these reserves. */
    static List<BigInteger> poolSlots(AaveGeneration generation, List<String> reserves) {
        List<BigInteger> slots = new ArrayList<>();
        if (generation.countsDeficit()) {
            slots.add(REVISION_SLOT);
        }
        for (String reserve : reserves) {
            generation.reserveWords().forEach(word -> slots.add(reserveSlot(reserve, word)));
        }
        return slots;
    }

    /** One word of a reserve in the pool's storage. */
    static BigInteger reserveSlot(String reserve, int word) {
        return StorageProof.mappingSlot(reserve, RESERVES_SLOT)
                .add(BigInteger.valueOf(word))
                .mod(BigInteger.TWO.pow(256));
    }

    /** The word of a supply token that holds a user's scaled balance in its low bits. */
    static BigInteger supplySlot(String user) {
        return StorageProof.mappingSlot(user, SUPPLY_SLOT);
    }

    /** The word of a variable debt token that holds a user's scaled balance in its low bits. */
    static BigInteger debtSlot(String user) {
        return StorageProof.mappingSlot(user, DEBT_SLOT);
    }

    private static Function uint(String signature) {
        return Function.parse(signature, "(uint256)");
    }

    /** The tokens of a reserve. */
    record ReserveTokens(String supply, String stableDebt, String variableDebt) {
        private static final String NONE = "0x" + "0".repeat(40);

        /** Generations from V3.2 on have none. */
        boolean hasStableDebt() {
            return !stableDebt.equals(NONE);
        }
    }
}
