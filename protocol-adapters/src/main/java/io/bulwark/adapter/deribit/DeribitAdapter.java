package io.bulwark.adapter.deribit;

import io.bulwark.adapter.Doorbell;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.VenueChange;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.regex.Pattern;

/** Deribit. An account's address is its subaccount's user number; the venue answers for its present only. */
public final class DeribitAdapter implements VenueAdapter {
    private static final Pattern SUBACCOUNT = Pattern.compile("[1-9]\\d{0,11}");
    private static final Duration PACE = Duration.ofSeconds(5);

    private final DeribitConfiguration configuration;
    private final DeribitClient client;
    private final DeribitNormalizer normalizer;

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path
     */
    public DeribitAdapter(DeribitConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        this.client = new DeribitClient(
                configuration, new VenueTransport(DeribitPayload.VENUE, endpoint, configuration.budget()));
        this.normalizer = new DeribitNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                DeribitPayload.VENUE,
                1,
                "the venue's own time: an answer is final when it is given; an account is read between two equal lists of positions",
                "JSON numbers; sizes signed, options in the coin, inverse futures in USD; option marks in the coin; volatility in per cent",
                "coins are shown with eight places; equity is checked within four of the last",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }

    @Override
    public Horizon finalised() throws VenueException {
        return new Horizon.VenueTime(client.timeMillis());
    }

    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        if (!SUBACCOUNT.matcher(account.address()).matches()) {
            throw new IllegalArgumentException("account must be a subaccount's user number; have " + account.address());
        }
        DeribitClient.Cut cut = client.account(account.address());
        return new RawSnapshot(account, new Horizon.VenueTime(cut.timeMillis()), cut.readings());
    }

    @Override
    public RawSnapshot market(Horizon horizon) throws VenueException {
        DeribitClient.Cut cut = client.market();
        return new RawSnapshot(
                new VenueAccount(configuration.venue(), VenueAccount.MARKET),
                new Horizon.VenueTime(cut.timeMillis()),
                cut.readings());
    }

    @Override
    public VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        return normalizer.normalise(raw, listing);
    }

    @Override
    public Flow.Publisher<VenueChange> changes(VenueAccount account, Horizon after) {
        return new Doorbell(this, account, after, PACE);
    }

    @Override
    public void close() {
        client.close();
    }
}
