package io.bulwark.adapter.morpho;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockInquiry;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks a node for an account's positions in three round trips. */
record MorphoClient(MorphoVenue.Configuration configuration, MorphoCalls calls) implements BlockReader {
    MorphoClient(MorphoVenue.Configuration configuration) {
        this(configuration, new MorphoCalls(configuration));
    }

    @Override
    public void account(String user, BlockInquiry at) throws VenueException {
        Set<String> markets = configuration.markets().keySet();
        at.call(calls.opening(markets, user));
        EvmAnswers answers = at.answers();
        Set<EvmCall> ofMarkets = new LinkedHashSet<>();
        for (String market : markets) {
            MorphoPayload.rate(calls, answers, market).ifPresent(ofMarkets::add);
            MorphoPayload.price(calls, answers, market, user).ifPresent(ofMarkets::add);
        }
        at.call(List.copyOf(ofMarkets));
        if (configuration.proofs()) {
            at.prove(Map.of(configuration.morpho(), MorphoCalls.slots(markets, user)));
        }
    }

    /** A market's oracle prices one token in another, never in USD, so the venue reports no price. */
    @Override
    public void market(BlockInquiry at) {}
}
