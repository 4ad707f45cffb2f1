package io.bulwark.adapter.aave;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.aave.AaveCalls.ReserveTokens;
import io.bulwark.adapter.evm.BlockInquiry;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a node for all that is needed of an account in four round trips. */
record AaveClient(AaveVenue.Configuration configuration, AaveCalls calls) implements BlockReader {
    AaveClient(AaveVenue.Configuration configuration) {
        this(configuration, new AaveCalls(configuration));
    }

    @Override
    public void market(BlockInquiry at) throws VenueException {
        at.call(calls.marketOpening());
        at.call(calls.market(at.answers().addresses(calls.reserves())));
    }

    @Override
    public void account(String user, BlockInquiry at) throws VenueException {
        at.call(calls.accountOpening());
        List<String> reserves = at.answers().addresses(calls.reserves());
        at.call(calls.states(reserves, user));
        EvmAnswers answers = at.answers();
        AaveGeneration generation = AavePayload.generation(calls, answers);
        List<EvmCall> balances = new ArrayList<>();
        Map<String, List<BigInteger>> slots = new LinkedHashMap<>();
        slots.put(configuration.pool(), AaveCalls.poolSlots(generation, reserves));
        for (String reserve : reserves) {
            ReserveTokens tokens = AavePayload.tokens(calls, answers, reserve);
            balances.addAll(calls.balances(generation, reserve, tokens, user));
            slots.put(tokens.supply(), List.of(AaveCalls.supplySlot(user)));
            slots.put(tokens.variableDebt(), List.of(AaveCalls.debtSlot(user)));
        }
        at.call(balances);
        if (configuration.proofs()) {
            at.prove(slots);
        }
    }
}
