package io.bulwark.adapter.uniswap;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.uniswap.UniswapPayload.Pool;
import io.bulwark.adapter.uniswap.UniswapPayload.Position;
import io.bulwark.clearing.position.Horizon;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/** Proves from the block's own hash what the contracts' views said of positions and spot prices. */
final class UniswapEvidence {
    private static final BigInteger TICK = BigInteger.TWO.pow(24);
    private static final int POOL_BITS = 80;
    private static final int TICK_BITS = 24;
    private static final int OWED_BITS = 128;
    private static final int ROOT_BITS = 160;

    private final EvmAnswers answers;
    private final Horizon.Block block;
    private final BlockHeader header;
    private final String user;
    private final UniswapPayload payload;
    private final StorageProof words;

    UniswapEvidence(
            UniswapConfiguration configuration,
            EvmAnswers answers,
            Horizon.Block block,
            String user,
            UniswapPayload payload) {
        this.answers = answers;
        this.block = block;
        this.user = user;
        this.payload = payload;
        this.header = BlockHeader.of(
                UniswapConfiguration.VENUE, answers.result(BlockHeader.METHOD, BlockHeader.parametersAt(block)), block);
        this.words = proof(configuration.manager(), new UniswapCalls(configuration).slots(user, payload.ids()));
    }

    /**
     * Checks who holds what, and where the pools' prices stand.
     *
     * @throws PayloadRefused if the proved storage says otherwise than the views
     */
    void require() {
        require("balanceOf", payload.count(), words.word(UniswapCalls.countSlot(user)));
        for (int index = 0; index < payload.ids().size(); index++) {
            require(
                    "tokenOfOwnerByIndex " + index,
                    payload.ids().get(index),
                    words.word(UniswapCalls.heldSlot(user, index)));
        }
        payload.positions().forEach(this::require);
        payload.pools().forEach(this::require);
    }

    private void require(BigInteger id, Position position) {
        require(
                "liquidity, ticks and pool of position " + id,
                position.liquidity()
                        .shiftLeft(TICK_BITS)
                        .or(twosComplement(position.upper()))
                        .shiftLeft(TICK_BITS)
                        .or(twosComplement(position.lower()))
                        .shiftLeft(POOL_BITS)
                        .or(words.word(UniswapCalls.poolIdSlot(position.pool()))),
                words.word(UniswapCalls.positionSlot(id, 1)));
        require(
                "tokensOwed of position " + id,
                position.secondOwed().shiftLeft(OWED_BITS).or(position.firstOwed()),
                words.word(UniswapCalls.positionSlot(id, 4)));
    }

    private void require(String address, Pool pool) {
        BigInteger spot = proof(address, List.of(BigInteger.ZERO)).word(BigInteger.ZERO);
        require(
                "slot0 of " + address,
                twosComplement(pool.tick()).shiftLeft(ROOT_BITS).or(pool.rootPrice()),
                spot.mod(BigInteger.TWO.pow(ROOT_BITS + TICK_BITS)));
    }

    private StorageProof proof(String contract, List<BigInteger> slots) {
        String parameters = StorageProof.parametersAt(contract, slots, block);
        return StorageProof.verified(
                UniswapConfiguration.VENUE,
                answers.result(StorageProof.METHOD, parameters),
                contract,
                Objects.requireNonNull(header));
    }

    private static BigInteger twosComplement(int tick) {
        return BigInteger.valueOf(tick).mod(TICK);
    }

    private static void require(String field, BigInteger viewed, BigInteger proved) {
        if (!viewed.equals(proved)) {
            throw new PayloadRefused(
                    UniswapConfiguration.VENUE,
                    field,
                    viewed.toString(),
                    "must be " + proved + " as the storage proves");
        }
    }
}
