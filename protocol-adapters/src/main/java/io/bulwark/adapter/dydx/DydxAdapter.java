package io.bulwark.adapter.dydx;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** dYdX v4. An account's address is {@code dydx1…/number}: owner and parent subaccount; the indexer answers for its present only. */
public final class DydxAdapter implements VenueAdapter {
    private static final Pattern ADDRESS = Pattern.compile("(dydx1[02-9ac-hj-np-z]{38})/(\\d{1,3})");
    private static final Duration PACE = Duration.ofSeconds(2);

    private final DydxConfiguration configuration;
    private final DydxClient client;
    private final DydxNormalizer normalizer;

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port of an indexer, without a path
     */
    public DydxAdapter(DydxConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        this.client = new DydxClient(new VenueTransport(DydxPayload.VENUE, endpoint, configuration.budget()));
        this.normalizer = new DydxNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                DydxPayload.VENUE,
                1,
                "the height that the indexer has processed: the chain does not reorganise",
                "decimals in quotes; positions signed with the side beside; assets positive, their sign is the side",
                "entry prices are quotients with twenty places; equity is checked within a millionth",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }

    @Override
    public Horizon finalised() throws VenueException {
        return client.height().horizon();
    }

    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        Matcher address = ADDRESS.matcher(account.address());
        if (!address.matches()) {
            throw new IllegalArgumentException("account must be dydx1…/number; have " + account.address());
        }
        DydxClient.Cut cut = client.subaccount(address.group(1), address.group(2));
        return new RawSnapshot(account, cut.horizon(), cut.readings());
    }

    @Override
    public RawSnapshot market(Horizon horizon) throws VenueException {
        DydxClient.Cut cut = client.markets();
        return new RawSnapshot(
                new VenueAccount(configuration.venue(), VenueAccount.MARKET), cut.horizon(), cut.readings());
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
