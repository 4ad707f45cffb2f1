package io.bulwark.adapter.perp;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockInquiry;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.EvmAnswers;

/** Asks a node for all that is needed of an account in two round trips. */
record PerpClient(PerpVenue.Configuration configuration, PerpCalls calls) implements BlockReader {
    PerpClient(PerpVenue.Configuration configuration) {
        this(configuration, new PerpCalls(configuration));
    }

    @Override
    public void market(BlockInquiry at) throws VenueException {
        at.call(calls.market(configuration.markets().keySet()));
    }

    @Override
    public void account(String user, BlockInquiry at) throws VenueException {
        at.call(calls.accountOpening(user));
        EvmAnswers answers = at.answers();
        at.call(calls.account(
                user,
                answers.address(calls.settlementToken()),
                answers.addresses(calls.collateralTokens(user)),
                answers.addresses(calls.baseTokens(user))));
    }
}
