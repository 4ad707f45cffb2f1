package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.recording.DerivativesBed.Protocol;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;

/** A venue of on-chain derivatives as number 0 of a house that lists what trades there: played on a local chain, or from its recording. */
public final class DerivativesHouse implements AutoCloseable {
    /** The test bed. */
    public static final Path BED = Path.of("src/test/anvil");

    /** 2024-06-28 08:00 UTC. */
    private static final long EXPIRY = 1_719_561_600_000L;

    private final OpenVenue adapter;
    private final JsonNode market;
    private final JsonNode accounts;
    private final Runnable stop;

    private DerivativesHouse(OpenVenue adapter, JsonNode market, JsonNode accounts, Runnable stop) {
        this.adapter = adapter;
        this.market = market;
        this.accounts = accounts;
        this.stop = stop;
    }

    /** On real contracts; skips the test with a printed line where Node is absent. */
    public static DerivativesHouse live(Protocol protocol) throws IOException {
        String missing = DerivativesBed.missing(protocol, BED);
        if (!missing.isEmpty()) {
            System.out.println("skipped: " + protocol.venue() + " on a local chain needs " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        DerivativesBed bed = DerivativesBed.play(protocol, BED);
        return new DerivativesHouse(
                OpenVenue.of(bed.connected(0), Endpoint.recorded(bed.endpoint())),
                bed.market(),
                bed.market().get("accounts"),
                bed::close);
    }

    /** From the recording. */
    public static DerivativesHouse recorded(Protocol protocol) throws IOException {
        RecordedVenues venues = RecordedVenues.bundled();
        Recording recording = Recording.bundled(protocol.venue());
        return new DerivativesHouse(
                BundledVenues.derivatives(0, protocol, venues.endpoint(protocol.venue())),
                recording.about("market"),
                recording.about("accounts"),
                venues::close);
    }

    /** What the contracts say of the market. */
    public BigInteger stated(String figure) {
        return new BigInteger(market.get(figure).asText());
    }

    /** What the contracts say of an account. */
    public JsonNode account(String name) {
        return accounts.get(name);
    }

    /** Reads an account at the finalised block. */
    public RawSnapshot read(String name) throws VenueException {
        return adapter.read(new VenueAccount(0, account(name).get("account").asText()), adapter.finalised());
    }

    /** Reads the market at the finalised block. */
    public VenueSnapshot market() throws VenueException {
        return normalised(adapter.market(adapter.finalised()));
    }

    /** What a snapshot says. */
    public VenueSnapshot normalised(RawSnapshot raw) {
        return adapter.normalise(raw, listing(EXPIRY));
    }

    /** What a snapshot says to a house whose options expire at another time. */
    public VenueSnapshot normalised(RawSnapshot raw, long expiryMillis) {
        return adapter.normalise(raw, listing(expiryMillis));
    }

    /** The same snapshot as somebody tells it who changes the answers of one method. */
    public static RawSnapshot told(RawSnapshot raw, String method, UnaryOperator<String> lie) {
        List<Reading> readings = new ArrayList<>();
        for (Reading reading : raw.readings()) {
            String told = new String(reading.result(), StandardCharsets.UTF_8);
            readings.add(
                    reading.method().equals(method)
                            ? new Reading(
                                    method,
                                    reading.parameters(),
                                    lie.apply(told).getBytes(StandardCharsets.UTF_8))
                            : reading);
        }
        return new RawSnapshot(raw.account(), raw.horizon(), readings);
    }

    /** A signed number as a word of the ABI. */
    public static String word(BigInteger number) {
        return "%064x".formatted(number.mod(BigInteger.TWO.pow(256)));
    }

    @Override
    public void close() {
        adapter.close();
        stop.run();
    }

    private static Listing listing(long expiry) {
        return new Listing(
                List.of(new ListedVenue(0, "venue", "eip155:31337", 900_000, EvidenceGrade.UNSIGNED)),
                List.of(new RiskGroup(0, "ETH"), new RiskGroup(1, "USD")),
                List.of(
                        asset(0, "USDC", 1, "USDC", EvidenceGrade.UNSIGNED),
                        asset(1, "WETH", 0, "WETH", EvidenceGrade.UNSIGNED),
                        asset(2, "sUSD", 1, "sUSD", EvidenceGrade.UNSIGNED),
                        asset(3, "sUSD proved", 1, "sUSD", EvidenceGrade.STORAGE_PROOF),
                        asset(4, "sETH proved", 0, "sETH", EvidenceGrade.STORAGE_PROOF)),
                List.of(
                        new ListedInstrument(
                                0, "perpetual", 0, "ETH", 0, new Instrument.Perpetual("ETH", "USDC", false), lot()),
                        option(1, "1-P", OptionRight.PUT, 3_600, expiry),
                        option(2, "2-C", OptionRight.CALL, 3_800, expiry),
                        option(3, "2-P", OptionRight.PUT, 3_800, expiry),
                        option(4, "3-C", OptionRight.CALL, 4_000, expiry)));
    }

    private static ListedAsset asset(int number, String name, int group, String form, EvidenceGrade grade) {
        return new ListedAsset(
                number, name, group, new Instrument.Spot(form), lot(), AssetTier.MAJOR, 30_000, 10_000, grade);
    }

    private static ListedInstrument option(int number, String symbol, OptionRight right, long strike, long expiry) {
        Instrument contract = new Instrument.Option("ETH", "sUSD", right, Amount.of(strike), expiry);
        return new ListedInstrument(number, symbol, 0, symbol, 0, contract, lot());
    }

    private static Amount lot() {
        return Amount.of("0.001");
    }
}
