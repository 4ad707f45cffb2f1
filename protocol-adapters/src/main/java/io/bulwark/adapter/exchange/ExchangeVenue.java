package io.bulwark.adapter.exchange;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;

/**
 * A venue that answers for its present only: the snapshot says which moment that was, whatever horizon was asked for.
 *
 * @param profile what the house must know of it
 * @param reader what asks it
 */
public record ExchangeVenue(VenueProfile profile, ExchangeReader reader) implements VenueReader {
    @Override
    public Horizon finalised() throws VenueException {
        return reader.now();
    }

    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        ExchangeReader.Cut cut = reader.account(account.address());
        return new RawSnapshot(account, cut.horizon(), cut.readings());
    }

    @Override
    public RawSnapshot market(Horizon horizon) throws VenueException {
        ExchangeReader.Cut cut = reader.market();
        return new RawSnapshot(new VenueAccount(profile.venue(), VenueAccount.MARKET), cut.horizon(), cut.readings());
    }

    @Override
    public void close() {
        reader.close();
    }
}
