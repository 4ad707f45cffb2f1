package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.Doorbell;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.VenueChange;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.hyperliquid.HyperliquidPayload.State;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.regex.Pattern;

/** Hyperliquid's perpetuals. An account's address is its lower-case 0x address; the venue answers for its present only. */
public final class HyperliquidAdapter implements VenueAdapter {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{40}");
    private static final Duration PACE = Duration.ofSeconds(5);

    private final HyperliquidConfiguration configuration;
    private final HyperliquidClient client;
    private final HyperliquidNormalizer normalizer;

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path
     */
    public HyperliquidAdapter(HyperliquidConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        this.client =
                new HyperliquidClient(new VenueTransport(HyperliquidPayload.VENUE, endpoint, configuration.budget()));
        this.normalizer = new HyperliquidNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                HyperliquidPayload.VENUE,
                1,
                "the venue's own time: an answer is final when it is given",
                "decimals in quotes; sizes in the coin, short negative; position values without sign",
                "none: every digit that is shown counts",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }

    @Override
    public Horizon finalised() throws VenueException {
        return horizon(client.clock());
    }

    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        if (!ADDRESS.matcher(account.address()).matches()) {
            throw new IllegalArgumentException(
                    "account must be 0x and 40 lower-case hexadecimal digits; have " + account.address());
        }
        Reading state = client.state(account.address());
        return new RawSnapshot(account, horizon(state), List.of(state));
    }

    @Override
    public RawSnapshot market(Horizon horizon) throws VenueException {
        // The clock is asked first, so that prices are never older than they say.
        Reading clock = client.clock();
        VenueAccount market = new VenueAccount(configuration.venue(), VenueAccount.MARKET);
        return new RawSnapshot(market, horizon(clock), List.of(clock, client.market()));
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

    private static Horizon horizon(Reading state) {
        try {
            return State.of(state.result())
                    .timeMillis()
                    .map(Horizon.VenueTime::new)
                    .orElseThrow(() -> new PayloadRefused(
                            HyperliquidPayload.VENUE, "time", "", "is missing (absent is not zero)"));
        } catch (PayloadRefused e) {
            throw e.in(state.result());
        }
    }
}
