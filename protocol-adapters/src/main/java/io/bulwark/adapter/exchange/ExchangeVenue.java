package io.bulwark.adapter.exchange;

import io.bulwark.adapter.Doorbell;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.VenueChange;
import io.bulwark.adapter.VenueException;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import java.time.Duration;
import java.util.concurrent.Flow;

/** A venue that answers for its present only: the snapshot says which moment that was, whatever horizon was asked for. */
public interface ExchangeVenue extends VenueAdapter {
    /** What asks the venue. */
    ExchangeReader reader();

    /** The pause between two looks for something new. */
    Duration pace();

    @Override
    default Horizon finalised() throws VenueException {
        return reader().now();
    }

    @Override
    default RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        ExchangeReader.Cut cut = reader().account(account.address());
        return new RawSnapshot(account, cut.horizon(), cut.readings());
    }

    @Override
    default RawSnapshot market(Horizon horizon) throws VenueException {
        ExchangeReader.Cut cut = reader().market();
        return new RawSnapshot(new VenueAccount(profile().venue(), VenueAccount.MARKET), cut.horizon(), cut.readings());
    }

    @Override
    default Flow.Publisher<VenueChange> changes(VenueAccount account, Horizon after) {
        return new Doorbell(this, account, after, pace());
    }

    @Override
    default void close() {
        reader().close();
    }
}
