package io.bulwark.adapter.uniswap;

import com.esaulpaugh.headlong.abi.Function;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.StorageProof;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The views that are read, in one fixed order, and the storage words behind them. */
record UniswapCalls(UniswapVenue.Configuration configuration) {
    /** Where the manager keeps whose positions are whose: an enumerable set for each holder. */
    private static final int HOLDERS = 1;

    private static final int POOL_IDS = 10;
    private static final BigInteger POSITIONS = BigInteger.valueOf(12);

    private static final Function BALANCE = Function.parse("balanceOf(address)", "(uint256)");
    private static final Function HELD = Function.parse("tokenOfOwnerByIndex(address,uint256)", "(uint256)");
    private static final Function POSITION = Function.parse(
            "positions(uint256)",
            "(uint96,address,address,address,uint24,int24,int24,uint128,uint256,uint256,uint128,uint128)");
    private static final Function FIRST = Function.parse("token0()", "(address)");
    private static final Function SECOND = Function.parse("token1()", "(address)");
    private static final Function FEE = Function.parse("fee()", "(uint24)");
    private static final Function SPOT = Function.parse("slot0()", "(uint160,int24,uint16,uint16,uint16,uint8,bool)");

    EvmCall balance(String user) {
        return EvmCall.of(configuration.manager(), BALANCE, user);
    }

    EvmCall held(String user, int index) {
        return EvmCall.ofValues(configuration.manager(), HELD, EvmCall.address(user), BigInteger.valueOf(index));
    }

    EvmCall position(BigInteger id) {
        return EvmCall.ofValues(configuration.manager(), POSITION, id);
    }

    EvmCall first(String pool) {
        return EvmCall.of(pool, FIRST);
    }

    EvmCall second(String pool) {
        return EvmCall.of(pool, SECOND);
    }

    EvmCall fee(String pool) {
        return EvmCall.of(pool, FEE);
    }

    EvmCall spot(String pool) {
        return EvmCall.of(pool, SPOT);
    }

    EvmCall observations(String pool, UniswapVenue.Configuration.Pool known) {
        return PoolPrice.observations(pool, known.windowSeconds());
    }

    /** Of an account: how many positions it holds, and every pool's coins and prices. */
    List<EvmCall> opening(String user) {
        List<EvmCall> calls = new ArrayList<>(List.of(balance(user)));
        configuration
                .pools()
                .forEach((pool, known) -> calls.addAll(
                        List.of(first(pool), second(pool), fee(pool), spot(pool), observations(pool, known))));
        return calls;
    }

    /** The word that counts a holder's positions; their ids follow from {@link StorageProof#arraySlot}. */
    static BigInteger countSlot(String user) {
        return StorageProof.mappingSlot(user, HOLDERS);
    }

    static BigInteger heldSlot(String user, int index) {
        return StorageProof.arraySlot(countSlot(user)).add(BigInteger.valueOf(index));
    }

    /** The word that holds a pool's number in the manager. */
    static BigInteger poolIdSlot(String pool) {
        return StorageProof.mappingSlot(EvmAddress.number(pool), BigInteger.valueOf(POOL_IDS));
    }

    /** The words of a position: 1 liquidity ‖ upper ‖ lower ‖ pool; 4 owed of both coins. */
    static BigInteger positionSlot(BigInteger id, int word) {
        return StorageProof.mappingSlot(id, POSITIONS).add(BigInteger.valueOf(word));
    }

    /** All words of the manager that are proved of an account. */
    List<BigInteger> slots(String user, Collection<BigInteger> ids) {
        List<BigInteger> slots = new ArrayList<>(List.of(countSlot(user)));
        configuration.pools().keySet().forEach(pool -> slots.add(poolIdSlot(pool)));
        int index = 0;
        for (BigInteger id : ids) {
            slots.addAll(List.of(heldSlot(user, index++), positionSlot(id, 1), positionSlot(id, 4)));
        }
        return slots;
    }
}
