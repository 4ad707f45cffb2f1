package io.bulwark.adapter.evm;

import io.bulwark.adapter.Doorbell;
import io.bulwark.adapter.VenueChange;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import java.time.Duration;
import java.util.concurrent.Flow;

/**
 * A venue on a chain, read at finalised blocks. An account's address is its lower-case 0x address.
 *
 * @param profile what the house must know of it
 * @param reader what asks the node
 * @param blockTime how often the chain has a new block
 */
public record BlockVenue(VenueProfile profile, BlockReader reader, Duration blockTime) implements VenueReader {
    @Override
    public Horizon finalised() throws VenueException {
        return reader.node().finalised();
    }

    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        String user = EvmAddress.require("account", account.address());
        return new RawSnapshot(account, horizon, reader.account(user, block(horizon)));
    }

    @Override
    public RawSnapshot market(Horizon horizon) throws VenueException {
        VenueAccount market = new VenueAccount(profile.venue(), VenueAccount.MARKET);
        return new RawSnapshot(market, horizon, reader.market(block(horizon)));
    }

    @Override
    public Flow.Publisher<VenueChange> changes(VenueAccount account, Horizon after) {
        return new Doorbell(this, account, after, blockTime);
    }

    @Override
    public void close() {
        reader.node().close();
    }

    private Horizon.Block block(Horizon horizon) {
        return EvmAnswers.block(profile.name(), horizon);
    }
}
