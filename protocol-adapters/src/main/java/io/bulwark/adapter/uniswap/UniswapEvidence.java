package io.bulwark.adapter.uniswap;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.uniswap.UniswapPayload.Pool;
import io.bulwark.adapter.uniswap.UniswapPayload.Position;
import java.math.BigInteger;
import java.util.List;

/** Proves from the block's own hash what the contracts' views said of positions and spot prices. */
final class UniswapEvidence {
    private static final BigInteger TICK = BigInteger.TWO.pow(24);
    private static final int POOL_BITS = 80;
    private static final int TICK_BITS = 24;
    private static final int OWED_BITS = 128;
    private static final int ROOT_BITS = 160;

    private final EvmAnswers answers;
    private final String user;
    private final UniswapPayload payload;
    private final StorageProof words;

    UniswapEvidence(UniswapVenue.Configuration configuration, EvmAnswers answers, String user, UniswapPayload payload) {
        this.answers = answers;
        this.user = user;
        this.payload = payload;
        this.words =
                answers.proved(configuration.manager(), new UniswapCalls(configuration).slots(user, payload.ids()));
    }

    /**
     * Checks who holds what, and where the pools' prices stand.
     *
     * @throws PayloadRefused if the proved storage says otherwise than the views
     */
    void require() {
        answers.requireProved("balanceOf", payload.count(), words.word(UniswapCalls.countSlot(user)));
        for (int index = 0; index < payload.ids().size(); index++) {
            answers.requireProved(
                    "tokenOfOwnerByIndex " + index,
                    payload.ids().get(index),
                    words.word(UniswapCalls.heldSlot(user, index)));
        }
        payload.positions().forEach(this::require);
        payload.pools().forEach(this::require);
    }

    private void require(BigInteger id, Position position) {
        answers.requireProved(
                "liquidity, ticks and pool of position " + id,
                position.liquidity()
                        .shiftLeft(TICK_BITS)
                        .or(twosComplement(position.upper()))
                        .shiftLeft(TICK_BITS)
                        .or(twosComplement(position.lower()))
                        .shiftLeft(POOL_BITS)
                        .or(words.word(UniswapCalls.poolIdSlot(position.pool()))),
                words.word(UniswapCalls.positionSlot(id, 1)));
        answers.requireProved(
                "tokensOwed of position " + id,
                position.secondOwed().shiftLeft(OWED_BITS).or(position.firstOwed()),
                words.word(UniswapCalls.positionSlot(id, 4)));
    }

    private void require(String address, Pool pool) {
        BigInteger spot = answers.proved(address, List.of(BigInteger.ZERO)).word(BigInteger.ZERO);
        answers.requireProved(
                "slot0 of " + address,
                twosComplement(pool.tick()).shiftLeft(ROOT_BITS).or(pool.rootPrice()),
                spot.mod(BigInteger.TWO.pow(ROOT_BITS + TICK_BITS)));
    }

    private static BigInteger twosComplement(int tick) {
        return BigInteger.valueOf(tick).mod(TICK);
    }
}
