package io.bulwark.adapter.lyra;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.lyra.LyraPayload.Position;
import io.bulwark.adapter.lyra.LyraPayload.Strike;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Proves from the block's own hash what the views said: how many positions the account has, that each of these is its own, different from the others, and holds
 * what was said; the price of every strike, its board, and the board's expiry. As many different positions of its own as it has are all that it has.
 */
final class LyraEvidence {
    private final EvmAnswers answers;
    private final LyraPayload payload;
    private final String user;
    private final StorageProof token;
    private final StorageProof market;

    LyraEvidence(LyraVenue.Configuration.Contracts contracts, EvmAnswers answers, LyraPayload payload, String user) {
        this.answers = answers;
        this.payload = payload;
        this.user = user;
        this.token = answers.proved(contracts.token(), tokenSlots(payload, user));
        this.market = answers.proved(contracts.market(), marketSlots(payload));
    }

    /** The words of the option token. */
    static List<BigInteger> tokenSlots(LyraPayload payload, String user) {
        List<BigInteger> ids =
                payload.positions().stream().map(Position::id).distinct().toList();
        return LyraCalls.tokenSlots(user, ids);
    }

    /** The words of the market. */
    static List<BigInteger> marketSlots(LyraPayload payload) {
        List<BigInteger> slots = new ArrayList<>();
        TreeSet<BigInteger> boards = new TreeSet<>();
        payload.strikes().forEach((number, strike) -> {
            slots.add(LyraCalls.strikePriceSlot(number));
            slots.add(LyraCalls.strikeBoardSlot(number));
            boards.add(strike.board());
        });
        boards.forEach(board -> slots.add(LyraCalls.boardExpirySlot(board)));
        return slots;
    }

    /**
     * Checks everything.
     *
     * @throws PayloadRefused if the proved storage says otherwise than the views
     */
    void require() {
        long different =
                payload.positions().stream().map(Position::id).distinct().count();
        answers.requireProved("balanceOf", BigInteger.valueOf(different), token.word(LyraCalls.countSlot(user)));
        payload.positions().forEach(this::require);
        payload.strikes().forEach(this::require);
    }

    private void require(Position position) {
        String of = " of position " + position.id();
        answers.requireProved("owner" + of, EvmAddress.number(user), token.word(LyraCalls.ownerSlot(position.id())));
        answers.requireProved("positionId" + of, position.id(), word(position, 0));
        answers.requireProved("strikeId" + of, position.strike(), word(position, 1));
        answers.requireProved("optionType" + of, position.type().word(), word(position, 2));
        answers.requireProved("amount" + of, position.amount(), word(position, 3));
        answers.requireProved("collateral" + of, position.collateral(), word(position, 4));
        answers.requireProved("state" + of, BigInteger.valueOf(position.state()), word(position, 5));
    }

    private void require(BigInteger number, Strike strike) {
        String of = " of strike " + number;
        answers.requireProved("strikePrice" + of, strike.price(), market.word(LyraCalls.strikePriceSlot(number)));
        answers.requireProved("boardId" + of, strike.board(), market.word(LyraCalls.strikeBoardSlot(number)));
        answers.requireProved("expiry" + of, strike.expiry(), market.word(LyraCalls.boardExpirySlot(strike.board())));
    }

    private BigInteger word(Position position, int word) {
        return token.word(LyraCalls.positionSlot(position.id(), word));
    }
}
