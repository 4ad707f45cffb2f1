package io.bulwark.adapter.evm;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;

/**
 * A venue on a chain, read at finalised blocks. An account's address is its lower-case 0x address.
 *
 * @param profile what the house must know of it
 * @param node a node of the chain
 * @param reader what asks it
 */
record BlockVenue(VenueProfile profile, EvmNode node, BlockReader reader) implements VenueReader {
    @Override
    public Horizon finalised() throws VenueException {
        return node.finalised();
    }

    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        String user = EvmAddress.require("account", account.address());
        BlockInquiry at = at(horizon);
        reader.account(user, at);
        return new RawSnapshot(account, horizon, at.readings());
    }

    @Override
    public RawSnapshot market(Horizon horizon) throws VenueException {
        BlockInquiry at = at(horizon);
        reader.market(at);
        return new RawSnapshot(new VenueAccount(profile.venue(), VenueAccount.MARKET), horizon, at.readings());
    }

    @Override
    public void close() {
        node.close();
    }

    private BlockInquiry at(Horizon horizon) {
        return new BlockInquiry(profile.name(), node, EvmAnswers.block(profile.name(), horizon));
    }
}
