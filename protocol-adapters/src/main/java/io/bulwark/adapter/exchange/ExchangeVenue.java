package io.bulwark.adapter.exchange;

import io.bulwark.adapter.Doorbell;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.VenueChange;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.time.Duration;
import java.util.concurrent.Flow;

/**
 * A venue that answers for its present only: the snapshot says which moment that was, whatever horizon was asked for. A room says who asks, what its profile is, and
 * what the bytes mean.
 */
public abstract class ExchangeVenue implements VenueAdapter {
    private final VenueProfile profile;
    private final ExchangeReader reader;
    private final Meaning meaning;
    private final Duration pace;

    /** What sealed bytes say: pure. */
    @FunctionalInterface
    public interface Meaning {
        /** Says it, or refuses by field, value and rule. */
        VenueSnapshot of(RawSnapshot raw, Listing listing);
    }

    /**
     * A venue.
     *
     * @param profile what the house must know of it
     * @param reader what asks it
     * @param meaning what its bytes say
     * @param pace the pause between two looks for something new
     */
    protected ExchangeVenue(VenueProfile profile, ExchangeReader reader, Meaning meaning, Duration pace) {
        this.profile = profile;
        this.reader = reader;
        this.meaning = meaning;
        this.pace = pace;
    }

    @Override
    public final VenueProfile profile() {
        return profile;
    }

    @Override
    public final Horizon finalised() throws VenueException {
        return reader.now();
    }

    @Override
    public final RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        ExchangeReader.Cut cut = reader.account(account.address());
        return new RawSnapshot(account, cut.horizon(), cut.readings());
    }

    @Override
    public final RawSnapshot market(Horizon horizon) throws VenueException {
        ExchangeReader.Cut cut = reader.market();
        return new RawSnapshot(new VenueAccount(profile.venue(), VenueAccount.MARKET), cut.horizon(), cut.readings());
    }

    @Override
    public final VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        return meaning.of(raw, listing);
    }

    @Override
    public final Flow.Publisher<VenueChange> changes(VenueAccount account, Horizon after) {
        return new Doorbell(this, account, after, pace);
    }

    @Override
    public final void close() {
        reader.close();
    }
}
