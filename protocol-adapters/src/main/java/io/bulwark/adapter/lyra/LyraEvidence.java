package io.bulwark.adapter.lyra;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.lyra.LyraPayload.Position;
import io.bulwark.adapter.lyra.LyraPayload.Strike;
import io.bulwark.clearing.position.Horizon;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Proves from the block's own hash what the views said: how many positions the account has, that each of these is its own, different from the others, and holds
 * what was said; the price of every strike, its board, and the board's expiry. As many different positions of its own as it has are all that it has.
 */
final class LyraEvidence {
    private final LyraPayload payload;
    private final String user;
    private final StorageProof token;
    private final StorageProof market;

    LyraEvidence(
            LyraConfiguration configuration,
            EvmAnswers answers,
            LyraPayload payload,
            Horizon.Block block,
            String user) {
        this.payload = payload;
        this.user = user;
        BlockHeader header = BlockHeader.of(
                LyraConfiguration.VENUE, answers.result(BlockHeader.METHOD, BlockHeader.parametersAt(block)), block);
        this.token = StorageProof.verified(
                LyraConfiguration.VENUE,
                answers.result(StorageProof.METHOD, token(configuration, payload, user, block)),
                configuration.contracts().token(),
                header);
        this.market = StorageProof.verified(
                LyraConfiguration.VENUE,
                answers.result(StorageProof.METHOD, market(configuration, payload, block)),
                configuration.contracts().market(),
                header);
    }

    /** The question for the words of the option token. */
    static String token(LyraConfiguration configuration, LyraPayload payload, String user, Horizon.Block block) {
        List<BigInteger> ids =
                payload.positions().stream().map(Position::id).distinct().toList();
        return StorageProof.parametersAt(configuration.contracts().token(), LyraCalls.tokenSlots(user, ids), block);
    }

    /** The question for the words of the market. */
    static String market(LyraConfiguration configuration, LyraPayload payload, Horizon.Block block) {
        List<BigInteger> slots = new ArrayList<>();
        TreeSet<BigInteger> boards = new TreeSet<>();
        payload.strikes().forEach((number, strike) -> {
            slots.add(LyraCalls.strikePriceSlot(number));
            slots.add(LyraCalls.strikeBoardSlot(number));
            boards.add(strike.board());
        });
        boards.forEach(board -> slots.add(LyraCalls.boardExpirySlot(board)));
        return StorageProof.parametersAt(configuration.contracts().market(), slots, block);
    }

    /**
     * Checks everything.
     *
     * @throws PayloadRefused if the proved storage says otherwise than the views
     */
    void require() {
        long different =
                payload.positions().stream().map(Position::id).distinct().count();
        require("balanceOf", BigInteger.valueOf(different), token.word(LyraCalls.countSlot(user)));
        payload.positions().forEach(this::require);
        payload.strikes().forEach(this::require);
    }

    private void require(Position position) {
        String of = " of position " + position.id();
        require("owner" + of, EvmAddress.number(user), token.word(LyraCalls.ownerSlot(position.id())));
        require("positionId" + of, position.id(), word(position, 0));
        require("strikeId" + of, position.strike(), word(position, 1));
        require("optionType" + of, position.type().word(), word(position, 2));
        require("amount" + of, position.amount(), word(position, 3));
        require("collateral" + of, position.collateral(), word(position, 4));
        require("state" + of, BigInteger.valueOf(position.state()), word(position, 5));
    }

    private void require(BigInteger number, Strike strike) {
        String of = " of strike " + number;
        require("strikePrice" + of, strike.price(), market.word(LyraCalls.strikePriceSlot(number)));
        require("boardId" + of, strike.board(), market.word(LyraCalls.strikeBoardSlot(number)));
        require("expiry" + of, strike.expiry(), market.word(LyraCalls.boardExpirySlot(strike.board())));
    }

    private BigInteger word(Position position, int word) {
        return token.word(LyraCalls.positionSlot(position.id(), word));
    }

    private static void require(String field, BigInteger viewed, BigInteger proved) {
        if (!viewed.equals(proved)) {
            throw LyraPayload.refused(field, viewed.toString(), "must be " + proved + " as the storage proves");
        }
    }
}
