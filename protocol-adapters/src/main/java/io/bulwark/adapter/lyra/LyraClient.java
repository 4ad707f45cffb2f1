package io.bulwark.adapter.lyra;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockInquiry;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a node for all that is needed of an account in four round trips. */
record LyraClient(LyraVenue.Configuration configuration, LyraCalls calls) implements BlockReader {
    LyraClient(LyraVenue.Configuration configuration) {
        this(configuration, new LyraCalls(configuration));
    }

    @Override
    public void market(BlockInquiry at) throws VenueException {
        at.call(calls.marketOpening());
        BigInteger[] boards = at.answers().tuple(calls.liveBoards()).get(0);
        at.call(Arrays.stream(boards).map(calls::board).toList());
        EvmAnswers answers = at.answers();
        List<EvmCall> strikes = new ArrayList<>();
        for (BigInteger board : boards) {
            Tuple details = answers.tuple(calls.board(board)).get(0);
            Arrays.stream(details.<BigInteger[]>get(4)).map(calls::strike).forEach(strikes::add);
        }
        at.call(strikes);
    }

    @Override
    public void account(String user, BlockInquiry at) throws VenueException {
        at.call(calls.accountOpening(user));
        at.call(calls.strikes(LyraPayload.strikes(LyraPayload.positions(calls, at.answers(), user))));
        EvmAnswers answers = at.answers();
        LyraPayload payload = LyraPayload.of(calls, answers, user);
        at.call(payload.positions().stream()
                .flatMap(position ->
                        LyraPayload.leastCollateral(calls, answers, position, payload.strike(position)).stream())
                .distinct()
                .toList());
        if (configuration.proofs()) {
            Map<String, List<BigInteger>> slots = new LinkedHashMap<>();
            slots.put(configuration.contracts().token(), LyraEvidence.tokenSlots(payload, user));
            slots.put(configuration.contracts().market(), LyraEvidence.marketSlots(payload));
            at.prove(slots);
        }
    }
}
