package io.bulwark.adapter.uniswap;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the contracts say of one holder at one block.
 *
 * @param count how many positions the holder has
 * @param ids of those that are looked at, in the manager's order
 * @param positions of the configured pools, by id
 * @param pools by address
 */
record UniswapPayload(
        BigInteger count,
        List<BigInteger> ids,
        SortedMap<BigInteger, Position> positions,
        SortedMap<String, Pool> pools) {
    /** Positions of one holder that are looked at: anybody may give anybody one, and later ones only add to what is held. */
    static final int LOOKED_AT_MAX = 64;

    /**
     * A position.
     *
     * @param pool the pool's address
     * @param lower tick of its lower price
     * @param upper tick of its upper price
     * @param liquidity in the protocol's unit
     * @param firstOwed units of the first coin that the manager owes it
     * @param secondOwed units of the second
     */
    record Position(
            String pool, int lower, int upper, BigInteger liquidity, BigInteger firstOwed, BigInteger secondOwed) {}

    /**
     * A pool's prices.
     *
     * @param first its first coin
     * @param second its second
     * @param rootPrice √(raw units of the second coin for one of the first) · 2^96
     * @param tick of the spot price
     * @param meanTick of the average
     */
    record Pool(String first, String second, BigInteger rootPrice, int tick, int meanTick) {}

    static UniswapPayload of(
            UniswapVenue.Configuration configuration, UniswapCalls calls, EvmAnswers answers, String user) {
        Map<Key, String> byKey = new TreeMap<>();
        SortedMap<String, Pool> pools = new TreeMap<>();
        configuration.pools().forEach((address, known) -> {
            Key key = new Key(
                    answers.address(calls.first(address)),
                    answers.address(calls.second(address)),
                    answers.tuple(calls.fee(address)).get(0));
            byKey.put(key, address);
            pools.put(address, pool(calls, answers, address, known, key));
        });
        List<BigInteger> ids = ids(calls, answers, user);
        SortedMap<BigInteger, Position> positions = new TreeMap<>();
        for (BigInteger id : ids) {
            position(byKey, answers.tuple(calls.position(id))).ifPresent(held -> positions.put(id, held));
        }
        return new UniswapPayload(answers.number(calls.balance(user)), ids, positions, pools);
    }

    /** The ids that are looked at. */
    static List<BigInteger> ids(UniswapCalls calls, EvmAnswers answers, String user) {
        List<BigInteger> ids = new ArrayList<>();
        for (EvmCall call : held(calls, answers, user)) {
            ids.add(answers.number(call));
        }
        return ids;
    }

    /** The questions for them. */
    static List<EvmCall> held(UniswapCalls calls, EvmAnswers answers, String user) {
        int looked = answers.number(calls.balance(user))
                .min(BigInteger.valueOf(LOOKED_AT_MAX))
                .intValueExact();
        List<EvmCall> held = new ArrayList<>();
        for (int index = 0; index < looked; index++) {
            held.add(calls.held(user, index));
        }
        return held;
    }

    private static Pool pool(
            UniswapCalls calls, EvmAnswers answers, String address, UniswapVenue.Configuration.Pool known, Key key) {
        Tuple spot = answers.tuple(calls.spot(address));
        long[] ticks = answers.tuple(calls.observations(address, known)).get(0);
        return new Pool(
                key.first(),
                key.second(),
                spot.get(0),
                spot.get(1),
                PoolPrice.mean(Math.subtractExact(ticks[1], ticks[0]), known.windowSeconds()));
    }

    private static Optional<Position> position(Map<Key, String> pools, Tuple said) {
        Key key = new Key(EvmCall.text(said.get(2)), EvmCall.text(said.get(3)), said.get(4));
        return Optional.ofNullable(pools.get(key))
                .map(pool -> new Position(pool, said.get(5), said.get(6), said.get(7), said.get(10), said.get(11)));
    }

    /** What tells a pool of the factory from another. */
    private record Key(String first, String second, int fee) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return toString().compareTo(other.toString());
        }
    }
}
